package io.masumi.node.gateway.devnet;

import io.masumi.node.devnet.DevelopmentNetwork;
import io.masumi.node.devnet.DevelopmentNetworkClient;
import io.masumi.node.devnet.DevnetOptions;
import io.masumi.node.gateway.message.Commands;
import io.masumi.node.gateway.message.MessageConfiguration;
import io.masumi.node.gateway.message.StartUp;
import io.masumi.node.gateway.message.Views;
import io.masumi.node.platform.ConditionalOnRole;
import io.masumi.node.chain.cardano.key.EncryptionKey;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** A development network inside the process that works on the chain, or that of another node, when no other is wanted. */
@AutoConfiguration(afterName = "org.axonframework.springboot.autoconfig.AxonAutoConfiguration")
@ConditionalOnRole("chain")
@ConditionalOnProperty("masumi.devnet.enabled")
@Import(MessageConfiguration.class)
public class DevelopmentNetworkAutoConfiguration {

    /**
     * Up before anything follows the chain, and gone after the last of them: its users are started and stopped as lifecycles.
     *
     * @param join URL of the network to join, blank to start one
     * @param served the URL by which other processes reach the one that is started, blank for those of this machine only. It is then served
     *                   on all interfaces
     */
    @Bean(destroyMethod = "close")
    NetworkInUse developmentNetwork(@Value("${masumi.devnet.join:}") String join, @Value("${masumi.devnet.url:}") String served,
            @Value("${masumi.data-dir}") Path data, Clock clock) {
        if (!join.isBlank()) {
            return NetworkInUse.ofAnotherNode(join);
        }
        if (!served.isBlank()) {
            DevelopmentNetworkClient url = new DevelopmentNetworkClient(served);
            return NetworkInUse.own(DevelopmentNetwork.start(DevnetOptions.persistentIn(data.resolve("devnet")).withPort(url.port())
                    .withAddress(new InetSocketAddress(0).getAddress()), clock), url.url());
        }
        StablePort port = StablePort.in(data.resolve("devnet.port"));
        return NetworkInUse.own(port.open(number -> DevelopmentNetwork.start(
                DevnetOptions.persistentIn(data.resolve("devnet")).withPort(number), clock)));
    }

    @Bean
    DevelopmentPaymentSource developmentPaymentSource(NetworkInUse network, EncryptionKey key,
            Commands commands, Views views, StartUp startUp) {
        return new DevelopmentPaymentSource(network, new DevelopmentWallets(key), commands, views, startUp);
    }
}
