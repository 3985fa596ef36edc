package io.masumi.node.gateway.devnet;

import io.masumi.node.devnet.DevelopmentNetwork;
import io.masumi.node.devnet.DevelopmentNetworkClient;
import io.masumi.node.devnet.control.ContractAdmins;
import io.masumi.node.devnet.control.PublishedContract;
import java.util.Optional;

/** The development network that this node works on: its own, which other nodes may join, or that of another node. */
public final class NetworkInUse implements AutoCloseable {

    private final Optional<DevelopmentNetwork> own;
    private final DevelopmentNetworkClient client;

    private NetworkInUse(Optional<DevelopmentNetwork> own, DevelopmentNetworkClient client) {
        this.own = own;
        this.client = client;
    }

    static NetworkInUse own(DevelopmentNetwork network) {
        return own(network, network.baseUrl());
    }

    /** @param url by which the other processes of this node, and it itself, reach it */
    static NetworkInUse own(DevelopmentNetwork network, String url) {
        return new NetworkInUse(Optional.of(network), new DevelopmentNetworkClient(url));
    }

    static NetworkInUse ofAnotherNode(String url) {
        return new NetworkInUse(Optional.empty(), new DevelopmentNetworkClient(url));
    }

    /** Whether it runs in this process. */
    public boolean isOwn() {
        return own.isPresent();
    }

    /** Where it answers, without a path: what another node joins it by. */
    public String url() {
        return client.url();
    }

    DevelopmentNetworkClient client() {
        return client;
    }

    /** Tells those who join which contract to use. Who keeps a network says so at each start. */
    void publish(PublishedContract contract, ContractAdmins admins) {
        own.orElseThrow().publish(contract, admins);
    }

    @Override
    public void close() {
        own.ifPresent(DevelopmentNetwork::close);
    }
}
