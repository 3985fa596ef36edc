package io.masumi.node.platform;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Import;

import io.masumi.node.CommandSideConfiguration;

/** The aggregates in processes that decide. They cannot name this condition themselves: the platform stands on their module. */
@AutoConfiguration
@ConditionalOnRole("command")
@Import(CommandSideConfiguration.class)
public class CommandRoleAutoConfiguration {}
