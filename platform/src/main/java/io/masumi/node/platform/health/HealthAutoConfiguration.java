package io.masumi.node.platform.health;

import java.time.Clock;

import org.axonframework.config.ConfigurerModule;
import org.axonframework.lifecycle.Phase;
import io.masumi.node.platform.start.StartWaits;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

import io.masumi.node.platform.Role;

/** Every process tells how it is, to itself and by query to the others. */
@AutoConfiguration
public class HealthAutoConfiguration {

    @Bean
    StartReporter startReporter(ApplicationAvailability availability, StartWaits waits, Clock clock) {
        return new StartReporter(availability, waits, clock);
    }

    @Bean
    HealthWatch healthWatch(ListableBeanFactory beans, Clock clock) {
        return new HealthWatch(beans.getBeansOfType(HealthReporter.class), clock);
    }

    @Bean
    ConfigurerModule healthByQuery(ObjectProvider<HealthWatch> watch, Environment environment) {
        return configurer -> configurer.onInitialize(axon -> axon.onStart(Phase.LOCAL_MESSAGE_HANDLER_REGISTRATIONS,
                () -> Role.of(environment).forEach(role -> axon.queryBus().<ProcessHealth>subscribe(new FindProcessHealth(role).queryName(),
                        ProcessHealth.class, _ -> watch.getObject().now()))));
    }
}
