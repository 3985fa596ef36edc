package io.masumi.node.gateway.message;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masumi.node.platform.failure.PartUnavailableException;
import java.time.Duration;
import org.axonframework.queryhandling.DefaultQueryGateway;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class ViewsTest {

    private final SimpleQueryBus bus = SimpleQueryBus.builder().build();
    private final MockEnvironment environment = new MockEnvironment().withProperty("masumi.roles", "gateway")
            .withProperty("axon.axonserver.enabled", "true");
    private final Views views = new Views(DefaultQueryGateway.builder().queryBus(bus).build(), Duration.ofSeconds(2),
            Elsewhere.of(environment));

    /** Whoever takes it for not done sends it again, and has two agents registered. */
    @Test
    void aWriteWasTakenAlthoughNobodyShowsIt() {
        bus.<String>subscribe(String.class.getName(), String.class, _ -> {
            throw new PartUnavailableException("the process that serves views was killed", null);
        });
        assertThatThrownBy(() -> views.one("a record", String.class)).hasMessageContaining("not up");
        assertThatThrownBy(() -> views.atLeast("a record", String.class, _ -> 1, 1)).hasMessageContaining("This was taken");
    }
}
