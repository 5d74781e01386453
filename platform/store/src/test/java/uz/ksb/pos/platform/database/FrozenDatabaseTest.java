package uz.ksb.pos.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.within;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.PlatformProfile;
import uz.ksb.pos.platform.testing.TestInfrastructure;

/** A PostgreSQL that stands still with all its connections open, as on a disk or a host that hangs. */
@QuarkusTest
@TestProfile(PlatformProfile.class)
class FrozenDatabaseTest {
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);
    private static final int MORE_THAN_THE_POOL = 15;
    private static final int POOL = 8;

    @Inject
    Pool pool;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void aFrozenDatabaseIsAnsweredFor() throws Exception {
        all("/edge/database?seconds=0", POOL)
                .forEach(answer -> assertThat(answer.status()).isEqualTo(200));
        List<String> log = new CopyOnWriteArrayList<>();
        Handler handler = listen(log);
        try {
            List<Answer> answers = new ArrayList<>();
            try (TestInfrastructure.Frozen frozen = TestInfrastructure.frozenDatabase()) {
                answers.addAll(all("/edge/database?seconds=0", MORE_THAN_THE_POOL));
                answers.addAll(all("/edge/database/reading?seconds=0", MORE_THAN_THE_POOL));
                Answer ready = all("/q/health/ready", 1).getFirst();
                assertThat(ready.status()).isEqualTo(503);
                assertThat(ready.time()).isLessThan(ANSWER_LIMIT);
            }
            assertThat(answers).allSatisfy(answer -> {
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.retryAfter()).isEqualTo("2");
                assertThat(answer.body()).contains("/problems/unavailable");
                assertThat(answer.time()).isLessThan(ANSWER_LIMIT);
            });
        } finally {
            Logger.getLogger("").removeHandler(handler);
        }
        // None when another test's outage was told less than half a minute ago.
        assertThat(log).hasSizeLessThanOrEqualTo(1);

        within(Duration.ofSeconds(30), () -> assertThat(all("/edge/database?seconds=1", POOL))
                .allSatisfy(answer -> {
                    assertThat(answer.status()).isEqualTo(200);
                    // All at once: no place of the pool is lost.
                    assertThat(answer.time()).isLessThan(Duration.ofSeconds(3));
                }));
        within(Duration.ofSeconds(30), () -> assertThat(clients()).isLessThanOrEqualTo(POOL));
    }

    @Test
    void anIdleConnectionIsKept() throws Exception {
        List<Integer> before = mixedStatements();
        try (Connection connection = TestInfrastructure.database()) {
            connection.createStatement().execute("select pg_sleep(6)");
        }
        assertThat(mixedStatements()).containsAnyElementsOf(before).hasSameSizeAs(before);
    }

    /** Statements of each kind, failing ones too, on one connection after the other. */
    private List<Integer> mixedStatements() {
        return pool.withConnection(connection -> connection
                        .query("select 1; select 2")
                        .execute()
                        .chain(() -> connection
                                .preparedQuery("select $1::int")
                                .executeBatch(List.of(Tuple.of(1), Tuple.of(2))))
                        .chain(() -> connection.query("select 1/0").execute())
                        .onFailure()
                        .recoverWithUni(() -> connection
                                .preparedQuery("select no_such_column")
                                .execute())
                        .onFailure()
                        .recoverWithUni(() -> connection.query("select 1").execute())
                        .chain(() -> connection.query("select pg_backend_pid()").execute())
                        .map(rows -> List.of(rows.iterator().next().getInteger(0))))
                .await()
                .atMost(ANSWER_LIMIT);
    }

    private record Answer(int status, String retryAfter, String body, Duration time) {}

    private List<Answer> all(String path, int times) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
                .timeout(Duration.ofSeconds(30))
                .build();
        List<CompletableFuture<Answer>> calls =
                IntStream.range(0, times).mapToObj(i -> call(request)).toList();
        return calls.stream().map(CompletableFuture::join).toList();
    }

    private CompletableFuture<Answer> call(HttpRequest request) {
        long begun = System.nanoTime();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .thenApply(answer -> new Answer(
                        answer.statusCode(),
                        answer.headers().firstValue("Retry-After").orElse(null),
                        answer.body(),
                        Duration.ofNanos(System.nanoTime() - begun)))
                .exceptionally(
                        none -> new Answer(0, null, none.toString(), Duration.ofNanos(System.nanoTime() - begun)));
    }

    /** Comes after the console, whose filter takes the failure out of the record that it shows, and leaves out the rest. */
    private static Handler listen(List<String> log) {
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                Throwable failure = record.getThrown();
                if (record.getLevel().intValue() >= Level.WARNING.intValue()
                        && !String.valueOf(record.getLoggerName()).startsWith("org.apache.kafka.")
                        && (failure == null || !PassingFailure.is(failure))) {
                    log.add(record.getLoggerName() + ": " + record.getMessage());
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger.getLogger("").addHandler(handler);
        return handler;
    }

    private static int clients() throws Exception {
        try (Connection connection = TestInfrastructure.database();
                ResultSet rows = connection
                        .createStatement()
                        .executeQuery("select count(*) from pg_stat_activity where datname = current_database()"
                                + " and backend_type = 'client backend' and pid <> pg_backend_pid()"
                                + " and application_name not like '%relay'"
                                + " and application_name not like '%JDBC%'")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
