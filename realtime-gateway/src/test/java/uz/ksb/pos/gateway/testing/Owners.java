package uz.ksb.pos.gateway.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.eclipse.microprofile.config.ConfigProvider;
import uz.ksb.pos.platform.testing.TestInfrastructure;

/** Stands in for the services that own what snapshots show. */
public final class Owners implements AutoCloseable {
    private static final String PORT = "pos.test.owners-port";

    private final Map<String, Function<HttpServerRequest, Answer>> answers = new ConcurrentHashMap<>();
    private final List<String> tokens = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    /** The stand-in's answer to one path. */
    public record Answer(int status, String body) {}

    /** Chooses the port before the application starts. */
    public static final class Address implements QuarkusTestResourceLifecycleManager {
        @Override
        public Map<String, String> start() {
            int port = TestInfrastructure.freePort();
            String url = "http://127.0.0.1:" + port;
            return Map.of(
                    PORT,
                    Integer.toString(port),
                    "pos.services.sales-url",
                    url,
                    "pos.services.product-url",
                    url,
                    "pos.services.settings-url",
                    url,
                    "pos.services.timeout",
                    "2s");
        }

        @Override
        public void stop() {}
    }

    public Owners(Vertx vertx) {
        server = vertx.createHttpServer().requestHandler(this::answer);
        int port = ConfigProvider.getConfig().getValue(PORT, Integer.class);
        server.listen(port, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    public Owners answer(String path, int status, String body) {
        answers.put(path, request -> new Answer(status, body));
        return this;
    }

    public Owners answer(String path, Function<HttpServerRequest, Answer> answer) {
        answers.put(path, answer);
        return this;
    }

    /** The tokens that were shown. */
    public List<String> tokens() {
        return tokens;
    }

    private void answer(HttpServerRequest request) {
        tokens.add(String.valueOf(request.getHeader("Authorization")).replace("Bearer ", ""));
        Answer answer = answers.getOrDefault(request.path(), unknown -> new Answer(404, "{}"))
                .apply(request);
        if (answer != null) {
            request.response().setStatusCode(answer.status()).end(answer.body());
        }
    }

    @Override
    public void close() {
        server.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }
}
