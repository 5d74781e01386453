package uz.ksb.pos.local.up;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.TreeMap;
import uz.ksb.pos.local.failure.CommandFailed;

/**
 * The ports of one local stack, counted from a base.
 *
 * @param base of the origin; 1024 to 32752, so that all are below the ports that systems give away by themselves
 */
public record Ports(int base) {

    static final int MIN_BASE = 1024;
    static final int MAX_BASE = 32_752;

    /** Between a service's first process and its second. */
    private static final int REPLICA = 10;

    /** The back office's simulator, from the base. */
    static final int SIMULATOR = 6;

    public Ports {
        if (base < MIN_BASE || base > MAX_BASE) {
            throw new CommandFailed("--port-base must be from " + MIN_BASE + " to " + MAX_BASE);
        }
    }

    int of(Service service) {
        return of(service, 1);
    }

    /** @param replica from 1; the second ones stand ten ports further */
    int of(Service service, int replica) {
        return base + service.offset() + REPLICA * (replica - 1);
    }

    public int postgres() {
        return base + 7;
    }

    int simulator() {
        return base + SIMULATOR;
    }

    int kafka() {
        return base + 8;
    }

    int kafkaController() {
        return base + 9;
    }

    /** Which part needs which port. */
    Map<Integer, String> used(Iterable<Service> services, int replicas) {
        Map<Integer, String> used = new TreeMap<>(
                Map.of(base, "origin", postgres(), "PostgreSQL", kafka(), "Kafka", kafkaController(), "Kafka"));
        services.forEach(service -> {
            for (int replica = 1; replica <= (service.hasReplicas() ? replicas : 1); replica++) {
                used.put(of(service, replica), service.name(replica));
            }
        });
        return used;
    }

    /** @throws CommandFailed naming the first port that something else listens on */
    void requireFree(Iterable<Service> services, int replicas) {
        used(services, replicas).forEach((port, part) -> {
            if (!isFree(port)) {
                throw new CommandFailed(
                        "port %d (%s) is in use; choose another with --port-base".formatted(port, part));
            }
        });
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // A socket that a stopped stack left in TIME_WAIT is no listener.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
