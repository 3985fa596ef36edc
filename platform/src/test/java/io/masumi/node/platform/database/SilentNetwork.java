package io.masumi.node.platform.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A way to a database that can be cut, and on which everything can get lost in silence, so that neither side hears that the other is gone. */
public final class SilentNetwork implements AutoCloseable {

    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
    private final DatabaseUrl target;
    private volatile boolean silent;
    private volatile boolean cut;

    public SilentNetwork(DatabaseUrl target) throws IOException {
        this.target = target;
        Thread.ofVirtual().start(this::accept);
    }

    /** The database, through this network. */
    public DatabaseUrl url() {
        return new DatabaseUrl(target.jdbcUrl().replaceFirst("//[^/]*/", "//127.0.0.1:" + door.getLocalPort() + "/"), target.user(),
                target.password());
    }

    /** What is on its way from now on never arrives, on any connection that is open. */
    public void silence() {
        silent = true;
    }

    /** Lets new connections through. */
    public void speak() {
        silent = false;
    }

    /** Ends all connections, and lets nobody through until it is mended. */
    public void cut() throws IOException {
        cut = true;
        for (Socket socket : open) {
            socket.close();
        }
    }

    public void mend() {
        cut = false;
    }

    private void accept() {
        try {
            while (true) {
                Socket near = door.accept();
                open.add(near);
                if (cut) {
                    near.close();
                } else if (!silent) {
                    URI server = URI.create(target.jdbcUrl().substring("jdbc:".length()));
                    Socket far = new Socket(server.getHost(), server.getPort());
                    open.add(far);
                    Line line = new Line();
                    Thread.ofVirtual().start(() -> carry(near, far, line));
                    Thread.ofVirtual().start(() -> carry(far, near, line));
                }
            }
        } catch (IOException e) {
            Optional.of(e).filter(_ -> !door.isClosed()).ifPresent(Throwable::printStackTrace);
        }
    }

    private static final class Line {
        private volatile boolean cut;
    }

    private void carry(Socket from, Socket to, Line line) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] some = new byte[8192];
            for (int length = in.read(some); length >= 0; length = in.read(some)) {
                line.cut |= silent;
                if (!line.cut) {
                    out.write(some, 0, length);
                    out.flush();
                }
            }
            if (!line.cut) {
                to.close();
            }
        } catch (IOException e) {
            // One of them hung up.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
