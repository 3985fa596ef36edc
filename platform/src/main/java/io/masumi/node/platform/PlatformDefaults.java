package io.masumi.node.platform;

import java.io.IOException;
import java.io.UncheckedIOException;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.ResourcePropertySource;

/**
 * Puts the platform's defaults below every other source of settings. They cannot stand in an auto-configuration, because
 * Axon's conditions are evaluated on the environment.
 */
public final class PlatformDefaults implements EnvironmentPostProcessor {

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        try {
            environment.getPropertySources().addLast(new ResourcePropertySource("platform defaults",
                    new ClassPathResource("platform-defaults.properties", PlatformDefaults.class)));
        } catch (IOException e) {
            throw new UncheckedIOException("The platform's defaults are missing from its jar", e);
        }
    }
}
