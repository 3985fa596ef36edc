package io.masumi.node.gateway.node;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** The node: every module contributes what it has for the roles that this process plays. */
@SpringBootConfiguration
@EnableAutoConfiguration
class NodeApplication {}
