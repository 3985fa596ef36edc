package io.masumi.node.gateway.docs;

import io.masumi.node.gateway.access.Caller;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The generated description behind /docs, and the landing page at /admin. */
@Configuration(proxyBeanMethods = false)
public class DocsConfiguration {

    private static final String KEY = "API-Key";

    @Bean
    OpenAPI description() {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class);
        return new OpenAPI()
                .info(new Info().title("Masumi payment service").version("1")
                        .description("Buys and sells the work of AI agents over an escrow on Cardano. Replies are "
                                + "{\"status\":\"success\",\"data\":…} or {\"status\":\"error\",\"error\":{\"message\":…}}."))
                .components(new Components().addSecuritySchemes(KEY,
                        new SecurityScheme().type(SecurityScheme.Type.APIKEY).in(SecurityScheme.In.HEADER).name("token")))
                .addSecurityItem(new SecurityRequirement().addList(KEY));
    }

    @Bean
    WebMvcConfigurer pages() {
        return new WebMvcConfigurer() {

            @Override
            public void addViewControllers(ViewControllerRegistry registry) {
                registry.addViewController("/admin").setViewName("forward:/admin/index.html");
                registry.addViewController("/admin/").setViewName("forward:/admin/index.html");
                registry.addRedirectViewController("/", "/admin");
            }
        };
    }
}
