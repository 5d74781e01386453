package uz.ksb.pos.benchmarks.scale;

import com.sun.management.OperatingSystemMXBean;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import uz.ksb.pos.benchmarks.BenchFailed;
import uz.ksb.pos.benchmarks.measuring.Delays;
import uz.ksb.pos.benchmarks.sales.peer.SaleDocuments;
import uz.ksb.pos.till.TokenIssuer;

/** Tills of many enterprises: each follows its enterprise's sales, and they sell in turn. One event loop does it all. */
final class ManyTills implements AutoCloseable {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final int CONNECTIONS = 32;
    private static final int AT_ONCE = 50;
    private static final long LIMIT_SECONDS = 60;
    private static final Duration STRAGGLERS = Duration.ofSeconds(10);

    private record Till(String token, WebSocket socket, AtomicInteger sequence) {}

    /** The delays of a round: until the answer, and from the event's own time to the till that hears it. */
    record Heard(Delays.Round answers, Delays.Round live) {}

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final HttpClient http = vertx.createHttpClient(
            new PoolOptions().setHttp1MaxSize(CONNECTIONS).setEventLoopSize(1));
    private final WebSocketClient sockets = vertx.createWebSocketClient(
            new WebSocketClientOptions().setMaxConnections(100_000).setMaxFrameSize(1 << 20));
    private final TokenIssuer tokens;
    private final int gateway;
    private final String sales;
    private final SaleDocuments documents;
    private final List<Till> tills = new ArrayList<>();
    private final AtomicInteger following = new AtomicInteger();
    private final ConcurrentLinkedQueue<Long> live = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Long> answers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicReference<Throwable> failed = new AtomicReference<>();

    /** @param sales address of the service */
    ManyTills(TokenIssuer tokens, int gateway, String sales, SaleDocuments documents) {
        this.tokens = tokens;
        this.gateway = gateway;
        this.sales = sales;
        this.documents = documents;
    }

    int size() {
        return tills.size();
    }

    /** Connects new tills, some of each enterprise from {@code from} to {@code to}; back when all of them follow. */
    void add(int from, int to, int each) throws InterruptedException {
        List<String> fresh = new ArrayList<>();
        for (int enterprise = from; enterprise < to; enterprise++) {
            for (int till = 0; till < each; till++) {
                fresh.add(tokens.token(Enterprises.ksbId(enterprise)));
            }
        }
        for (int at = 0; at < fresh.size(); at += AT_ONCE) {
            List<Future<Till>> opening = fresh.subList(at, Math.min(at + AT_ONCE, fresh.size())).stream()
                    .map(this::connect)
                    .toList();
            Future.all(opening).toCompletionStage().toCompletableFuture().join();
            opening.forEach(till -> tills.add(till.result()));
        }
        await(() -> following.get() >= tills.size(), "not every till follows");
    }

    private Future<Till> connect(String token) {
        return sockets.connect(new WebSocketConnectOptions()
                        .setHost("127.0.0.1")
                        .setPort(gateway)
                        .setURI("/ws"))
                .map(socket -> {
                    socket.textMessageHandler(this::hear);
                    socket.writeTextMessage("{\"op\":\"auth\",\"token\":\"" + token + "\"}");
                    socket.writeTextMessage("{\"op\":\"subscribe\",\"channels\":[\"sales\"]}");
                    return new Till(token, socket, new AtomicInteger());
                });
    }

    private void hear(String message) {
        if (message.startsWith("{\"op\":\"subscribed\"")) {
            following.incrementAndGet();
        } else if (message.contains("\"type\":\"sale.completed\"")) {
            int at = message.indexOf("\"time\":\"") + 8;
            Instant committed = Instant.parse(message.substring(at, message.indexOf('"', at)));
            live.add(Duration.between(committed, Instant.now()).toNanos());
        }
    }

    /**
     * Sells at one speed, whatever became of the sales before; the tills take turns.
     *
     * @param each tills of an enterprise, all of which hear each of its sales
     */
    Heard sell(int perSecond, Duration time, int each) throws InterruptedException {
        live.clear();
        answers.clear();
        begun.set(0);
        long processor = SYSTEM.getProcessCpuTime();
        long begin = System.nanoTime();
        long timer = vertx.setPeriodic(1, tick -> {
            double due = (System.nanoTime() - begin) / 1e9 * perSecond;
            while (begun.get() < due && begun.get() < perSecond * time.toSeconds()) {
                sell(tills.get((int) ((begun.getAndIncrement() * 7919L) % tills.size())));
            }
        });
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
        boolean unused = vertx.cancelTimer(timer);
        double cores = (double) (SYSTEM.getProcessCpuTime() - processor) / (System.nanoTime() - begin);
        long end = System.nanoTime() + STRAGGLERS.toNanos();
        while (live.size() < (long) begun.get() * each && failed.get() == null && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        if (failed.get() != null) {
            throw new BenchFailed("a till failed", failed.get());
        }
        return new Heard(round(answers, begun.get(), cores), round(live, (long) begun.get() * each, cores));
    }

    private static Delays.Round round(ConcurrentLinkedQueue<Long> delays, long begun, double cores) {
        return Delays.Round.of(delays.stream().mapToLong(Long::longValue).toArray(), begun, cores);
    }

    private void sell(Till till) {
        String path = "/api/sales/" + UUID.randomUUID();
        long begin = System.nanoTime();
        send(HttpMethod.PUT, path, till, documents.open().toBuffer())
                .compose(opened -> send(
                        HttpMethod.POST,
                        path + "/completion",
                        till,
                        documents.completion(till.sequence().incrementAndGet()).toBuffer()))
                .onSuccess(done -> answers.add(System.nanoTime() - begin))
                .onFailure(failure -> failed.compareAndSet(null, failure));
    }

    private Future<Void> send(HttpMethod method, String path, Till till, Buffer body) {
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setAbsoluteURI(sales + path)
                .putHeader("Content-Type", "application/json")
                .putHeader("Authorization", "Bearer " + till.token());
        return http.request(options).compose(request -> request.send(body)).compose(head -> head.body()
                .compose(answer -> head.statusCode() == 200
                        ? Future.succeededFuture()
                        : Future.failedFuture(new BenchFailed(
                                method + " " + path + " answered " + head.statusCode() + ": " + answer))));
    }

    private static void await(BooleanSupplier condition, String otherwise) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new BenchFailed(otherwise);
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
