package io.masumi.node.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The network between a client and a server on this machine: a port of its own behind which the server is. It can be cut, as when one end is
 * killed, and fall silent, as when a cable is pulled.
 */
public final class Wire implements AutoCloseable {

    private static final int BUFFER = 8192;

    private final int serverPort;
    private final ServerSocket entrance;
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
    private final Object monitor = new Object();
    private boolean cut;
    private boolean silent;

    private Wire(int serverPort) {
        this.serverPort = serverPort;
        try {
            entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.startVirtualThread(this::accept);
    }

    /** To a server on this machine. */
    public static Wire to(int serverPort) {
        return new Wire(serverPort);
    }

    /** Where the client finds the server. */
    public int port() {
        return entrance.getLocalPort();
    }

    /** Resets all connections, and each new one. */
    public void cut() {
        synchronized (monitor) {
            cut = true;
        }
        List.copyOf(ends).forEach(this::reset);
    }

    /** Nothing arrives any more, and nobody is told. */
    public void silence() {
        synchronized (monitor) {
            silent = true;
        }
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket client = entrance.accept();
                ends.add(client);
                Thread.startVirtualThread(() -> connect(client));
            } catch (IOException e) {
                // Closed, or the client has gone before it was here.
            }
        }
    }

    private void connect(Socket client) {
        try {
            awaitCarrying();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
            ends.add(server);
            Thread.startVirtualThread(() -> carry(client, server));
            carry(server, client);
        } catch (IOException e) {
            reset(client);
        }
    }

    private void carry(Socket from, Socket to) {
        try {
            from.setTcpNoDelay(true);
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                awaitCarrying();
                out.write(buffer, 0, read);
            }
            awaitCarrying();
            to.shutdownOutput();
            if (from.isOutputShutdown()) {
                close(from);
                close(to);
            }
        } catch (IOException e) {
            reset(from);
            reset(to);
        }
    }

    private void awaitCarrying() throws IOException {
        synchronized (monitor) {
            while (silent && !cut) {
                try {
                    monitor.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException(e);
                }
            }
            if (cut) {
                throw new IOException("cut");
            }
        }
    }

    private void reset(Socket end) {
        try {
            end.setSoLinger(true, 0);
        } catch (IOException e) {
            // It is closed already.
        }
        close(end);
    }

    private void close(Socket end) {
        ends.remove(end);
        try {
            end.close();
        } catch (IOException e) {
            // Nothing is left to be closed.
        }
    }

    @Override
    public void close() {
        cut();
        try {
            entrance.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
