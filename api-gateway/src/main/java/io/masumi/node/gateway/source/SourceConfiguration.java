package io.masumi.node.gateway.source;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The endpoints about payment sources. */
@Configuration(proxyBeanMethods = false)
@Import(PaymentSourceController.class)
public class SourceConfiguration {}
