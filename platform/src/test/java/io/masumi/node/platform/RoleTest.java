package io.masumi.node.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Tag("slow")
class RoleTest {

    @Configuration
    static class Parts {

        @Bean
        @ConditionalOnRole("command")
        String decides() {
            return "";
        }

        @Bean
        @ConditionalOnRole({"chain", "command"})
        String sets() {
            return "";
        }

        @Bean
        @ConditionalOnRole("gateway")
        String answers() {
            return "";
        }
    }

    private final ApplicationContextRunner node = new ApplicationContextRunner().withUserConfiguration(Parts.class);

    @Test
    void allArePlayedByDefault() {
        node.run(context -> assertThat(context).hasBean("decides").hasBean("sets").hasBean("answers"));
        node.withPropertyValues("masumi.roles=").run(context -> assertThat(context).hasBean("decides").hasBean("answers"));
    }

    @Test
    void onlyTheNamedOnesArePlayed() {
        node.withPropertyValues("masumi.roles=Query, CHAIN")
                .run(context -> assertThat(context).doesNotHaveBean("decides").hasBean("sets").doesNotHaveBean("answers"));
    }

    @Test
    void anUnknownOneStopsTheStart() {
        node.withPropertyValues("masumi.roles=comand")
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("Unknown role \"comand\"")
                        .hasMessageContaining("command, query, chain, gateway"));
    }
}
