package io.masumi.node.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.yaml.snakeyaml.Yaml;

/** What can be said of docker-compose.yml without a Docker engine: the rules it must keep, and what each process makes of its variables. */
class ComposeTest {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)(:[-?])?([^}]*)}");
    private static final List<String> SECRETS = List.of("ENCRYPTION_KEY", "ADMIN_KEY", "POSTGRES_PASSWORD");
    private static final List<String> SCALED = List.of("command", "query", "chain");

    private final String text = text();
    private final Map<String, Map<String, Object>> services = services(text);

    @Test
    void noSecretHasADefault() {
        List<String> used = VARIABLE.matcher(text).results().filter(each -> SECRETS.contains(each.group(1)))
                .peek(each -> assertThat(each.group(2)).as(each.group()).isEqualTo(":?")).map(each -> each.group(1)).distinct().toList();
        assertThat(used).containsExactlyInAnyOrderElementsOf(SECRETS);
    }

    @Test
    void rolesThatScaleHaveNothingThatThereIsOneOf() {
        for (String role : SCALED) {
            assertThat(services.get(role)).as(role).doesNotContainKeys("ports", "volumes", "container_name", "hostname");
        }
    }

    @Test
    void everythingIsWatchedAndStartedAgain() {
        services.forEach((name, service) -> {
            assertThat(service.get("restart")).as(name).isEqualTo("unless-stopped");
            boolean watched = service.get("healthcheck") instanceof Map<?, ?> check
                    ? check.containsKey("test")
                    : "masumi-node".equals(service.get("image"));
            assertThat(watched).as("health check of " + name).isTrue();
        });
        assertThat(services.get("axonserver").get("image").toString()).contains("axoniq/axonserver:4.6.11");
    }

    @Test
    void whatEachWaitsForToBeWellIsThere() {
        services.forEach((name, service) -> {
            if (service.get("depends_on") instanceof Map<?, ?> others) {
                assertThat(services.keySet()).as(name).containsAll(others.keySet().stream().map(Object::toString).toList());
            }
        });
        assertThat(((Map<?, ?>) services.get("gateway").get("depends_on")).keySet().stream().map(Object::toString))
                .contains("axonserver", "command", "query", "chain");
    }

    /** The very variables, as the process reads them: each is what it should be, has its keys, and keeps files where it has a volume. */
    @Test
    void eachProcessCanStartWithItsVariables() {
        for (String development : List.of("true", "false")) {
            List<String> processes = services.entrySet().stream().filter(each -> "masumi-node".equals(each.getValue().get("image")))
                    .map(Map.Entry::getKey).toList();
            assertThat(processes).containsExactlyInAnyOrder("node", "command", "query", "devnet", "chain", "gateway");
            for (String name : processes) {
                Map<String, String> variables = variables(services.get(name), development);
                NodeOptions options = NodeOptions.parse(new String[0], variables);
                ProcessOfNode process = ProcessOfNode.of(environment(variables), development.equals("true") && options.join().isEmpty());
                assertThat(process.isOneOfSeveral()).as(name).isEqualTo(!name.equals("node"));
                if (process.keepsFiles()) {
                    assertThat((Collection<?>) services.get(name).get("volumes")).as(name).isNotEmpty();
                } else {
                    NodeKeys.of(options, process, Optional.empty());
                }
                if (name.equals("chain")) {
                    assertThat(options.join().isPresent()).isEqualTo(development.equals("true"));
                }
            }
        }
    }

    private static Map<String, String> variables(Map<String, Object> service, String development) {
        Map<String, String> given = Map.of("ENCRYPTION_KEY", "an encryption key of the operator", "ADMIN_KEY",
                "an admin key of the operator",
                "POSTGRES_PASSWORD", "secret", "MASUMI_DEVNET_ENABLED", development);
        Map<String, String> variables = new HashMap<>();
        ((Map<?, ?>) service.get("environment")).forEach((name, value) -> variables.put(name.toString(),
                VARIABLE.matcher(value.toString()).replaceAll(each -> given.getOrDefault(each.group(1), each.group(3)))));
        return variables;
    }

    private static StandardEnvironment environment(Map<String, String> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.copyOf(variables)));
        ConfigurationPropertySources.attach(environment);
        return environment;
    }

    private static String text() {
        try {
            return Stream.of(Path.of("..", "docker-compose.yml"), Path.of("docker-compose.yml")).filter(Files::exists).findFirst()
                    .map(ComposeTest::read).orElseThrow();
        } catch (RuntimeException e) {
            throw new AssertionError("docker-compose.yml cannot be read", e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, Object>> services(String text) {
        return (Map<String, Map<String, Object>>) new Yaml().<Map<String, Object>>load(text).get("services");
    }
}
