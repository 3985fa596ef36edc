package io.masumi.node.query.projection;

import io.masumi.node.platform.ConditionalOnRole;
import io.masumi.node.platform.processes.Announcements;
import java.util.Optional;
import org.axonframework.queryhandling.QueryUpdateEmitter;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

@AutoConfiguration
@ConditionalOnRole("query")
class ViewUpdatesAutoConfiguration {

    @Bean
    ViewUpdates viewUpdates(QueryUpdateEmitter emitter, Announcements announcements,
            @Value("${axon.axonserver.enabled}") boolean throughAxonServer) {
        return new ViewUpdates(emitter, throughAxonServer ? Optional.empty() : Optional.of(announcements));
    }
}
