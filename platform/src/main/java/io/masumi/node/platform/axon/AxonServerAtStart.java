package io.masumi.node.platform.axon;

import java.util.Optional;

import org.axonframework.axonserver.connector.AxonServerConfiguration;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.lifecycle.Phase;

import io.masumi.node.platform.start.StartWaits;

/** Waits for Axon Server before anything is sent to it: the connector itself goes on without, and whatever is sent first fails. */
final class AxonServerAtStart implements ConfigurerModule {

    private final StartWaits waits;

    AxonServerAtStart(StartWaits waits) {
        this.waits = waits;
    }

    @Override
    public void configureModule(Configurer configurer) {
        configurer.onInitialize(axon -> axon.onStart(Phase.EXTERNAL_CONNECTIONS, () -> await(axon)));
    }

    private void await(Configuration axon) {
        AxonServerConnectionManager server = axon.getComponent(AxonServerConnectionManager.class);
        String address = axon.getComponent(AxonServerConfiguration.class).getServers();
        waits.until("Axon Server at " + address, () -> {
            server.getConnection();
            return server.isConnected(server.getDefaultContext()) ? Optional.empty() : Optional.of("it takes no connection");
        });
    }
}
