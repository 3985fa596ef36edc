package io.masumi.node.gateway.status;

import io.masumi.node.platform.Role;
import io.masumi.node.platform.health.HealthAutoConfiguration;
import io.masumi.node.platform.health.HealthWatch;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Health over HTTP for processes that do not play the gateway, which answers for itself. */
@AutoConfiguration(after = HealthAutoConfiguration.class)
@ConditionalOnProperty("masumi.health.port")
@Conditional(HealthPortAutoConfiguration.WithoutGateway.class)
public class HealthPortAutoConfiguration {

    /** @param address blank for this machine only */
    @Bean
    HealthPort healthPort(@Value("${masumi.health.port}") int port, @Value("${server.address:}") String address, HealthWatch watch,
            @Value("${masumi.devnet.enabled:false}") boolean developmentNetwork) throws java.net.UnknownHostException {
        return new HealthPort(new InetSocketAddress(address.isBlank() ? InetAddress.getLoopbackAddress() : InetAddress.getByName(address),
                port), watch, developmentNetwork);
    }

    static final class WithoutGateway extends SpringBootCondition {

        @Override
        public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
            boolean gateway = Role.of(context.getEnvironment()).contains(Role.GATEWAY);
            return new ConditionOutcome(!gateway, ConditionMessage.of("this process plays the gateway: " + gateway));
        }
    }
}
