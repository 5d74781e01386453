package uz.ksb.pos.local.proxy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Which process of a service answers a request, as the cluster's gateway does it: those that are ready take turns, and
 * Socket.IO goes by the client's address, since its polling needs one node.
 */
final class Upstreams {
    private static final int PROBE_MILLIS = 250;
    private static final long PROBE_LIMIT_MILLIS = 1_000;
    private static final String SOCKET_IO = "/socket.io";

    private final Map<String, List<Integer>> ports;
    private final Set<Integer> away = ConcurrentHashMap.newKeySet();
    private final AtomicInteger turn = new AtomicInteger();

    /** @param ports of each service's processes on the loopback */
    Upstreams(Map<String, List<Integer>> ports) {
        this.ports = ports;
    }

    /** Looks from now on which processes are ready; a service with one process is asked whether it is or not. */
    void watch(Vertx vertx, HttpClient client, String host) {
        List<Integer> several = ports.values().stream()
                .filter(all -> all.size() > 1)
                .flatMap(List::stream)
                .toList();
        if (several.isEmpty()) {
            return;
        }
        away.addAll(several);
        long unused = vertx.setPeriodic(0, PROBE_MILLIS, timer -> several.forEach(port -> probe(client, host, port)));
    }

    private void probe(HttpClient client, String host, int port) {
        client.request(new RequestOptions()
                        .setMethod(HttpMethod.GET)
                        .setHost(host)
                        .setPort(port)
                        .setURI("/q/health/ready")
                        .setTimeout(PROBE_LIMIT_MILLIS))
                .compose(request -> request.send())
                .compose(answer -> answer.end().map(answer.statusCode()))
                .onComplete(status -> {
                    if (status.succeeded() && status.result() == 200) {
                        away.remove(port);
                    } else {
                        away.add(port);
                    }
                });
    }

    /**
     * A request to the service, of which nothing is sent yet: a process that takes no connection is left out until it is ready
     * again, and the next one is asked, once.
     */
    Future<HttpClientRequest> request(HttpClient client, String host, String service, HttpServerRequest request) {
        int first = choose(service, request);
        return client.request(to(host, first)).recover(refused -> {
            away.add(first);
            int second = choose(service, request);
            return second == first ? Future.failedFuture(refused) : client.request(to(host, second));
        });
    }

    private static RequestOptions to(String host, int port) {
        return new RequestOptions().setServer(SocketAddress.inetSocketAddress(port, host));
    }

    /** The port for a request; when none is ready, the one whose turn it is. */
    private int choose(String service, HttpServerRequest request) {
        List<Integer> all = ports.get(service);
        List<Integer> ready = all.stream().filter(port -> !away.contains(port)).toList();
        List<Integer> choices = ready.isEmpty() ? all : ready;
        int number = request.path() != null && request.path().startsWith(SOCKET_IO)
                ? request.remoteAddress().hostAddress().hashCode()
                : turn.getAndIncrement();
        return choices.get(Math.floorMod(number, choices.size()));
    }
}
