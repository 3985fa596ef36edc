package io.masumi.node.platform.axon;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How event processors read.
 *
 * @param batchSize most events that a processor handles in one transaction
 * @param segments  parts into which a new processor divides the events; each is worked by one thread of one process. It
 *                      counts only when a processor first starts: later on segments are split and merged
 */
@ConfigurationProperties("masumi.processors")
public record ProcessorSettings(
        @DefaultValue("200") int batchSize,
        @DefaultValue("1") int segments) {}
