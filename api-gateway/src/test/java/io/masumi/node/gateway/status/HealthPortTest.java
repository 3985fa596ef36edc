package io.masumi.node.gateway.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.masumi.node.gateway.HttpProbe;
import io.masumi.node.platform.ClockAutoConfiguration;
import io.masumi.node.platform.health.Concern;
import io.masumi.node.platform.health.HealthAutoConfiguration;
import io.masumi.node.platform.health.HealthReporter;
import io.masumi.node.platform.start.StartAutoConfiguration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.availability.ApplicationAvailabilityBean;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class HealthPortTest {

    private final int port = freePort();

    private final ApplicationContextRunner process = new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(
            ClockAutoConfiguration.class, StartAutoConfiguration.class, HealthAutoConfiguration.class, HealthPortAutoConfiguration.class))
            .withBean(ApplicationAvailabilityBean.class)
            .withBean("partUnderTest", HealthReporter.class, () -> () -> List.of(new Concern("saga", "c2", "set aside; retry it", null)))
            .withPropertyValues("masumi.health.port=" + port);

    @Test
    void aRoleWithoutTheGatewayTellsHowItsProcessIs() {
        process.withPropertyValues("masumi.roles=chain").run(context -> {
            HttpProbe http = new HttpProbe(port);
            assertThat(http.get("/api/v1/health", null).status()).as("while it starts").isEqualTo(503);
            assertThat(http.get("/api/v1/health", null).error()).contains("starting");
            AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
            org.awaitility.Awaitility.await().until(() -> http.get("/api/v1/health", null).status() == 200);
            assertThat(http.get("/api/v1/health", null).json().path("status").asString()).isEqualTo("success");
            assertThat(http.get("/api/v1/health", null).data().at("/reasons/0/subject").asString()).isEqualTo("c2");
        });
    }

    @Test
    void theGatewayAnswersForItself() {
        process.withPropertyValues("masumi.roles=query,gateway").run(context -> assertThat(context).doesNotHaveBean(HealthPort.class));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
