package io.masumi.node.platform.axon;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How event processors read.
 *
 * @param batchSize most events that a processor handles in one transaction
 * @param segments  parts into which the events of payments and purchases are divided, by record; the processes that play a role share
 *                      them. All processes should say the same; the one that started last is followed
 */
@ConfigurationProperties("masumi.processors")
public record ProcessorSettings(
        @DefaultValue("200") int batchSize,
        @DefaultValue("4") int segments) {

    /** @throws IllegalArgumentException naming the setting that makes no sense */
    public ProcessorSettings {
        if (batchSize < 1 || segments < 1 || segments > 256) {
            throw new IllegalArgumentException("masumi.processors.batch-size must be at least 1, masumi.processors.segments 1 to 256");
        }
    }
}
