package io.masumi.node.gateway.projection;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The endpoints about projections. */
@Configuration(proxyBeanMethods = false)
@Import(ProjectionController.class)
public class ProjectionConfiguration {}
