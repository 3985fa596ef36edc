package io.masumi.node.gateway.dispute;

import io.masumi.node.gateway.message.Views;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The endpoints about disputes. */
@Configuration(proxyBeanMethods = false)
@Import(DisputeController.class)
public class DisputeConfiguration {

    @Bean
    DisputeSources disputeSources(Views views) {
        return new DisputeSources(views);
    }
}
