package io.masumi.node.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.DefaultPropertiesPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/**
 * Puts the platform's defaults below every other source of settings. They cannot stand in an auto-configuration, because
 * Axon's conditions are evaluated on the environment.
 */
public final class PlatformDefaults implements EnvironmentPostProcessor {

    private static final ClassPathResource FILE = new ClassPathResource("platform-defaults.properties", PlatformDefaults.class);

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        Map<String, Object> defaults = new HashMap<>();
        try {
            PropertiesLoaderUtils.loadProperties(FILE).forEach((name, value) -> defaults.put((String) name, value));
        } catch (IOException e) {
            throw new UncheckedIOException("The platform's defaults are missing from its jar", e);
        }
        // Spring Boot keeps the application's own defaults last whatever is added after them; they shall win over ours.
        MutablePropertySources sources = environment.getPropertySources();
        if (sources.get(DefaultPropertiesPropertySource.NAME) instanceof MapPropertySource own) {
            defaults.putAll(own.getSource());
        }
        DefaultPropertiesPropertySource.addOrMerge(defaults, sources);
    }
}
