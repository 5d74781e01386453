package uz.ksb.pos.gateway.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One address that leads to one node, and then to another one: as an ingress does when a node goes. */
public final class Forwarder implements AutoCloseable {
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile int target;

    public Forwarder(int target) {
        this.target = target;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread unused = Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** New connections lead there; those that are open are left alone. */
    public void lead(int port) {
        target = port;
    }

    /** Cuts all connections. */
    public void cut() {
        open.forEach(Forwarder::close);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Socket there = new Socket(InetAddress.getLoopbackAddress(), target);
                open.add(client);
                open.add(there);
                Thread unused = Thread.ofVirtual().start(() -> copy(client, there));
                unused = Thread.ofVirtual().start(() -> copy(there, client));
            } catch (IOException gone) {
                // The client tries again.
            }
        }
    }

    private void copy(Socket from, Socket to) {
        try (from;
                to) {
            long unused = from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException cut) {
            // Both ends are closed.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception gone) {
            // Nothing is left to do with it.
        }
    }

    @Override
    public void close() {
        close(server);
        cut();
    }
}
