package io.masumi.node.chain.cardano.provider;

import io.masumi.node.platform.failure.FailureKind;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** In every process: also one that only asks must know that it was the provider that did not answer. */
@AutoConfiguration
public class ProviderFailureAutoConfiguration {

    @Bean
    FailureKind providerUnavailable() {
        return FailureKind.of("provider-unavailable", ProviderUnavailableException.class, ProviderUnavailableException::new);
    }
}
