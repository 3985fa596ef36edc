package io.masumi.node.gateway.status;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The endpoint about the node itself. */
@Configuration(proxyBeanMethods = false)
@Import(HealthController.class)
public class StatusConfiguration {}
