package uz.ksb.pos.local.proxy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Answers on one port of the loopback and passes each request, WebSocket upgrades too, to the service it is for. */
public final class OriginProxy implements AutoCloseable {

    private static final String HOST = "127.0.0.1";

    private final Vertx vertx = Vertx.vertx(new VertxOptions()
            .setEventLoopPoolSize(1)
            .setFileSystemOptions(new FileSystemOptions().setFileCachingEnabled(false)));
    private final HttpClient client;
    private final Routes routes;
    private final Upstreams upstreams;
    private final Map<String, HttpProxy> services;

    /**
     * @param ports the ports on the loopback of each service, one for each of its processes
     * @param silence how long a service may say nothing in the middle of a request or a WebSocket
     */
    public OriginProxy(Routes routes, Map<String, List<Integer>> ports, Duration silence) {
        this.routes = routes;
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setMaxPoolSize(512)
                .setConnectTimeout(2_000)
                .setIdleTimeout((int) silence.toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS));
        this.upstreams = new Upstreams(ports);
        this.services = ports.keySet().stream().collect(Collectors.toMap(Function.identity(), this::proxy));
    }

    public Future<Void> listen(int port) {
        upstreams.watch(vertx, client, HOST);
        // At once: the services get the whole body anyway, and a client would wait for a second.
        return vertx.createHttpServer(new HttpServerOptions().setHandle100ContinueAutomatically(true))
                .requestHandler(this::handle)
                .listen(port, HOST)
                .mapEmpty();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void handle(HttpServerRequest request) {
        routes.serviceFor(request.path() == null ? "" : request.path())
                .ifPresentOrElse(service -> pass(request, service), () -> Problem.notFound()
                        .answer(request.response()));
    }

    private void pass(HttpServerRequest request, String service) {
        HttpProxy proxy = services.get(service);
        if (proxy == null) {
            Problem.away(service).answer(request.response());
            return;
        }
        request.headers()
                .remove("Expect")
                .set("X-Forwarded-For", request.remoteAddress().hostAddress())
                .set("X-Forwarded-Proto", "http");
        request.response().headersEndHandler(written -> mendRefusedUpgrade(request.response()));
        proxy.handle(request);
    }

    private HttpProxy proxy(String service) {
        return HttpProxy.reverseProxy(client)
                .originRequestProvider((request, connections) -> upstreams.request(connections, HOST, service, request))
                .addInterceptor(new ProxyInterceptor() {
                    @Override
                    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
                        return context.sendRequest()
                                .recover(failure -> Future.succeededFuture(
                                        Problem.away(service).answer(context)));
                    }
                });
    }

    /** The library answers a WebSocket upgrade itself, without interceptors, when the service is away. */
    private static void mendRefusedUpgrade(HttpServerResponse response) {
        if (response.getStatusCode() == 502) {
            response.setStatusCode(503).putHeader("Retry-After", Problem.RETRY_AFTER_SECONDS);
        }
    }
}
