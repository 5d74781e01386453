package uz.ksb.pos.gateway.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.gateway.protocol.Channel;
import uz.ksb.pos.gateway.snapshot.Snapshots.Snapshot;
import uz.ksb.pos.gateway.testing.Till;

class OwnerSnapshotsTest {
    private static final int KEPT_CONNECTIONS = 8;

    private final Vertx vertx = Vertx.vertx();
    private final Set<HttpConnection> closing = ConcurrentHashMap.newKeySet();
    private final List<HttpServerRequest> waiting = new CopyOnWriteArrayList<>();
    private final AtomicBoolean restarted = new AtomicBoolean();
    private Snapshots snapshots;

    @BeforeEach
    void startAnOwner() throws Exception {
        HttpServer owner = vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        snapshots = new OwnerSnapshots(vertx, owners("http://127.0.0.1:" + owner.actualPort()));
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    /** Before the restart: waits until each connection has a request. Afterwards the old connections close unanswered. */
    private void answer(HttpServerRequest request) {
        if (!restarted.get()) {
            closing.add(request.connection());
            waiting.add(request);
            if (waiting.size() == KEPT_CONNECTIONS) {
                waiting.forEach(other -> other.response().end("{}"));
            }
        } else if (closing.contains(request.connection())) {
            var unused = request.connection().close();
        } else {
            var unused = request.response().end("{\"version\":2}");
        }
    }

    @Test
    void anOwnerThatWasRestartedIsReadAtOnce() {
        List<CompletableFuture<Snapshot>> first =
                Stream.generate(this::fetch).limit(KEPT_CONNECTIONS).toList();
        first.forEach(CompletableFuture::join);
        restarted.set(true);

        assertThat(fetch().join()).isInstanceOfSatisfying(Snapshot.Value.class, value -> assertThat(value.json())
                .asString()
                .isEqualTo("{\"version\":2}"));
    }

    private CompletableFuture<Snapshot> fetch() {
        return snapshots
                .fetch(Channel.of(Channel.Kind.TOTALS), Till.verified("10000001"))
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS);
    }

    private static OwnerConfig owners(String url) {
        return new OwnerConfig() {
            @Override
            public String salesUrl() {
                return url;
            }

            @Override
            public String productUrl() {
                return url;
            }

            @Override
            public String settingsUrl() {
                return url;
            }

            @Override
            public Duration timeout() {
                return Duration.ofSeconds(3);
            }
        };
    }
}
