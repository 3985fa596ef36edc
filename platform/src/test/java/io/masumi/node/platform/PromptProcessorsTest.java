package io.masumi.node.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import java.util.stream.IntStream;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import io.masumi.node.platform.CounterNode.Create;
import io.masumi.node.platform.CounterNode.Increase;
import io.masumi.node.testing.NodeTest;
import io.masumi.node.testing.Processors;

@NodeTest(classes = CounterNode.class)
class PromptProcessorsTest {

    /** How long Axon lets a processor rest that cannot be called. */
    private static final Duration REST = Duration.ofMillis(500);

    @Autowired
    private CommandGateway commands;
    @Autowired
    private Processors processors;

    @Test
    void handleAnEventWithoutLookingForItFirst() {
        String id = UUID.randomUUID().toString();
        commands.sendAndWait(new Create(id));
        processors.awaitCaughtUp("counters");

        // The quickest of several, since the machine may be busy: none of them could be this quick.
        Duration quickest = IntStream.range(0, 5).mapToObj(number -> untilHandled(id)).min(Duration::compareTo).orElseThrow();

        assertThat(quickest).isLessThan(REST.dividedBy(2));
    }

    private Duration untilHandled(String id) {
        long start = System.nanoTime();
        commands.sendAndWait(new Increase(id, 1));
        processors.awaitCaughtUp("counters");
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
