package io.masumi.node.platform;

import static org.awaitility.Awaitility.await;

import java.time.Duration;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.masumi.node.platform.CounterNode.Create;
import io.masumi.node.platform.health.HealthWatch;
import io.masumi.node.testing.NodeTest;

/** A processor whose position somebody deletes stands still until the next start, and must not do so in silence. */
@Tag("slow")
@NodeTest(classes = CounterNode.class)
class LostPositionTest {

    @Autowired
    private CommandGateway commands;
    @Autowired
    private JdbcClient jdbc;
    @Autowired
    private HealthWatch health;

    @Test
    void isSaidInTheHealth() {
        commands.sendAndWait(new Create("before"));
        await().until(() -> health.now().concerns().isEmpty());
        jdbc.sql("DELETE FROM TokenEntry").update();
        commands.sendAndWait(new Create("after"));
        await().atMost(Duration.ofSeconds(30)).until(() -> health.now().concerns().stream()
                .anyMatch(concern -> concern.part().equals("processor")
                        && concern.reason().contains("its position in the event store is gone")));
    }
}
