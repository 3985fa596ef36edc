package io.masumi.node.gateway.source;

import io.masumi.node.gateway.message.Commands;
import io.masumi.node.gateway.message.Views;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The endpoints about payment sources. */
@Configuration(proxyBeanMethods = false)
@Import({PaymentSourceController.class, ReferenceScriptController.class, ReReadController.class})
public class SourceConfiguration {

    @Bean
    ExtendedSources extendedSources(Views views) {
        return new ExtendedSources(views);
    }

    @Bean
    AddingSources addingSources(Commands commands, Views views) {
        return new AddingSources(commands, views);
    }
}
