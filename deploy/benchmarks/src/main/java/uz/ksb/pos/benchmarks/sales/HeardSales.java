package uz.ksb.pos.benchmarks.sales;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.OperatingSystemMXBean;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import uz.ksb.pos.benchmarks.BenchFailed;
import uz.ksb.pos.benchmarks.measuring.Delays;
import uz.ksb.pos.benchmarks.sales.peer.SaleDocuments;
import uz.ksb.pos.benchmarks.stack.SampleShop;
import uz.ksb.pos.benchmarks.stack.Stack;
import uz.ksb.pos.till.LiveConnection;

/**
 * A till that finishes sales, and another that listens. A delay is from the event's own time, which is taken within the
 * transaction and so before its commit, to the frame's arrival.
 */
final class HeardSales implements AutoCloseable {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final int CONNECTIONS = 32;
    private static final int ANY_RATE = 1_000_000;
    private static final Duration SUBSCRIBED_WITHIN = Duration.ofSeconds(20);
    /** For the last events of a round. */
    private static final Duration STRAGGLERS = Duration.ofSeconds(10);

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final HttpClient http = vertx.createHttpClient(
            new PoolOptions().setHttp1MaxSize(CONNECTIONS).setEventLoopSize(1));
    private final String sales;
    private final int gateway;
    private final int perSecond;
    private final int mostUnfinished;
    private final String token;
    private final String listener;
    private final Buffer open;
    private final SaleDocuments documents;

    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong finished = new AtomicLong();
    private final Set<String> heard = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<Long> delays = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Throwable> failed = new AtomicReference<>();
    private final CountDownLatch subscribed = new CountDownLatch(1);
    private LiveConnection listening;

    /** Sales come at this rate, whatever became of the ones before. */
    static HeardSales steady(Stack stack, int perSecond) throws InterruptedException {
        return new HeardSales(stack, perSecond, Integer.MAX_VALUE);
    }

    /** As many as the service takes. */
    static HeardSales warmingUp(Stack stack) throws InterruptedException {
        return new HeardSales(stack, ANY_RATE, CONNECTIONS);
    }

    private HeardSales(Stack stack, int perSecond, int mostUnfinished) throws InterruptedException {
        SampleShop shop = stack.shop();
        this.sales = stack.service(3);
        this.gateway = stack.port(5);
        this.perSecond = perSecond;
        this.mostUnfinished = mostUnfinished;
        this.token = shop.till().token();
        this.listener = shop.till().token();
        this.documents = SaleDocuments.of(shop, token);
        this.open = documents.open().toBuffer();
    }

    Delays.Round run(Duration time) throws InterruptedException {
        listening = LiveConnection.open(gateway, listener, new Listening());
        listening.subscribe(null, "sales");
        if (!subscribed.await(SUBSCRIBED_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
            throw new BenchFailed("the gateway does not take the subscription");
        }
        long before = SYSTEM.getProcessCpuTime();
        long begin = System.nanoTime();
        long timer = vertx.setPeriodic(1, tick -> beginWhatIsDue(begin, time));
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
        boolean unused = vertx.cancelTimer(timer);
        double cores = (double) (SYSTEM.getProcessCpuTime() - before) / (System.nanoTime() - begin);
        awaitStragglers();
        if (failed.get() != null) {
            throw new BenchFailed("a till failed", failed.get());
        }
        if (finished.get() < begun.get()) {
            throw new BenchFailed("sales-service has not come after: %d of %d sales were finished %d s after the round"
                    .formatted(finished.get(), begun.get(), STRAGGLERS.toSeconds()));
        }
        return Delays.Round.of(delays.stream().mapToLong(Long::longValue).toArray(), finished.get(), cores);
    }

    private void awaitStragglers() throws InterruptedException {
        long end = System.nanoTime() + STRAGGLERS.toNanos();
        while ((finished.get() < begun.get() || heard.size() < finished.get())
                && failed.get() == null
                && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** The events that the other till hears. */
    private final class Listening implements LiveConnection.Listener {
        @Override
        public void frame(JsonNode frame) {
            Instant now = Instant.now();
            if (frame.path("op").asText().equals("subscribed")) {
                subscribed.countDown();
            } else if (frame.path("type").asText().equals("sale.completed")
                    && heard.add(frame.path("data").path("id").asText())) {
                Instant told = Instant.parse(frame.path("time").asText());
                delays.add(Duration.between(told, now).toNanos());
            }
        }

        @Override
        public void closed(int code) {
            fail(new BenchFailed("the listening till was closed with " + code));
        }
    }

    private void beginWhatIsDue(long begin, Duration time) {
        long due = Math.min(System.nanoTime() - begin, time.toNanos()) * perSecond / 1_000_000_000L;
        while (begun.get() < due && begun.get() - finished.get() < mostUnfinished) {
            long number = begun.incrementAndGet();
            String path = sales + "/api/sales/" + UUID.randomUUID();
            Buffer completion = documents.completion(number).toBuffer();
            send(HttpMethod.PUT, path, open)
                    .compose(opened -> send(HttpMethod.POST, path + "/completion", completion))
                    .onSuccess(completed -> finished.incrementAndGet())
                    .onFailure(this::fail);
        }
    }

    private Future<Void> send(HttpMethod method, String address, Buffer body) {
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setAbsoluteURI(address)
                .putHeader("Authorization", "Bearer " + token)
                .putHeader("Content-Type", "application/json");
        return http.request(options).compose(request -> request.send(body)).compose(response -> response.body()
                .compose(answer -> response.statusCode() == 200
                        ? Future.succeededFuture()
                        : Future.failedFuture(new BenchFailed(
                                method + " " + address + " answered " + response.statusCode() + ": " + answer))));
    }

    private void fail(Throwable failure) {
        failed.compareAndSet(null, failure);
    }

    @Override
    public void close() {
        if (listening != null) {
            listening.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
