package io.masumi.node.gateway.node;

import io.masumi.node.platform.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/** Looks whether the port can be had as soon as all settings are known, before a database or a network is started for nothing. */
final class PortCheck implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent prepared) {
        Environment environment = prepared.getEnvironment();
        int port = environment.getProperty("server.port", Integer.class, 0);
        if (port <= 0 || !Role.of(environment).contains(Role.GATEWAY)) {
            return;
        }
        String address = environment.getProperty("server.address", "");
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address.isBlank() ? new InetSocketAddress(port) : new InetSocketAddress(InetAddress.getByName(address), port));
        } catch (IOException e) {
            throw new PortTakenException("Port " + port + (address.isBlank() ? "" : " on " + address) + " cannot be had (" + e.getMessage()
                    + "): stop the program that uses it, or give the node another with --port", e);
        }
    }

    /** After the listeners that read the settings. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }
}
