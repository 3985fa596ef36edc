package io.masumi.node.gateway.access;

import io.masumi.node.chain.cardano.key.EncryptionKey;
import io.masumi.node.credit.CreditRules;
import io.masumi.node.gateway.message.Commands;
import io.masumi.node.gateway.message.StartUp;
import io.masumi.node.gateway.message.Views;
import io.masumi.node.platform.Role;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Checks keys on every request to the API, and makes the first admin's. */
@Configuration(proxyBeanMethods = false)
@Import({ApiKeyController.class, ApiKeyStatusController.class})
public class AccessConfiguration {

    private static final int KEYS_IN_MEMORY = 1000;

    @Bean
    AccessTokens accessTokens(Environment environment) {
        return new AccessTokens(EncryptionKey.of(environment), new SecureRandom());
    }

    @Bean
    KeyChecks keyChecks(Views views) {
        return new KeyChecks(views, KEYS_IN_MEMORY);
    }

    @Bean
    OwnWallets ownWallets(Views views) {
        return new OwnWallets(views);
    }

    @Bean
    Credits credits(Commands commands, CreditRules rules, Clock clock) {
        return new Credits(commands, rules, clock);
    }

    @Bean
    @ConditionalOnMissingBean(EncryptionKey.class)
    SameKey sameKey(Environment environment, AccessTokens tokens, Views views, StartUp startUp,
            @Value("${masumi.admin-key:}") String adminKey) {
        return new SameKey(EncryptionKey.of(environment), tokens, adminKey, views, startUp);
    }

    /** Made by whom a command reaches somebody who decides: a process that only reads beside a full node makes none. */
    @Bean
    AdminKey adminKey(AccessTokens tokens, Commands commands, Views views, StartUp startUp,
            @Value("${masumi.admin-key:}") String token, @Value("${masumi.admin-key-is-generated:false}") boolean generated,
            @Value("${axon.axonserver.enabled}") boolean axonServer, Environment environment) {
        boolean decides = axonServer || Role.of(environment).contains(Role.COMMAND);
        return new AdminKey(tokens, commands, views, startUp, decides ? token : "", generated);
    }

    @Bean
    WebMvcConfigurer accessChecks(AccessTokens tokens, KeyChecks keys) {
        AccessInterceptor interceptor = new AccessInterceptor(tokens, keys);
        return new WebMvcConfigurer() {

            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(interceptor).addPathPatterns("/api/**");
            }

            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(interceptor);
            }
        };
    }
}
