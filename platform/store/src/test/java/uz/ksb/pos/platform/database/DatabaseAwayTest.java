package uz.ksb.pos.platform.database;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static uz.ksb.pos.platform.testing.Eventually.eventually;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.PlatformProfile;
import uz.ksb.pos.platform.testing.TestInfrastructure;

@QuarkusTest
@TestProfile(PlatformProfile.class)
class DatabaseAwayTest {
    @Test
    void aLostConnectionIsAnOutcomeThatIsUnknown() throws Exception {
        CompletableFuture<HttpResponse<String>> slow = HttpClient.newHttpClient()
                .sendAsync(request("/edge/database?seconds=60"), HttpResponse.BodyHandlers.ofString());
        eventually(() -> assertThat(
                        count("where query like '%pg_sleep%' and state = 'active' and pid <> pg_backend_pid()"))
                .isPositive());
        try (Connection connection = TestInfrastructure.database()) {
            connection
                    .createStatement()
                    .execute("select pg_terminate_backend(pid) from pg_stat_activity where query like '%pg_sleep%'"
                            + " and pid <> pg_backend_pid()");
        }

        assertThat(slow.join().statusCode()).isEqualTo(503);
        assertThat(slow.join().headers().firstValue("Retry-After")).contains("2");
        assertThat(slow.join().body()).contains("outcome is unknown");
    }

    @Test
    void aReadingThatTakesTooLongIsEndedByTheDatabase() {
        given().when()
                .get("/edge/database/reading?seconds=30")
                .then()
                .statusCode(503)
                .contentType("application/problem+json")
                .body("type", equalTo("/problems/unavailable"))
                .body("detail", containsString("Send the request again"));
    }

    @Test
    void anOutageIsOneLineInTheLog() {
        OutageLogFilter filter = new OutageLogFilter();
        LogRecord first = record(new IllegalStateException("not started", new IOException("Connection refused")));

        assertThat(filter.isLoggable(first)).isTrue();
        assertThat(first.getThrown()).isNull();
        assertThat(first.getMessage()).contains("Connection refused");
        assertThat(filter.isLoggable(record(new IllegalStateException(new IOException("Connection refused")))))
                .isFalse();
        assertThat(filter.isLoggable(record(new IllegalStateException("a fault"))))
                .isTrue();
        assertThat(filter.isLoggable(record(null))).isTrue();
    }

    /** A job names its failure in its line. */
    @Test
    void anOutageOfAJobIsOneLineToo() {
        OutageLogFilter filter = new OutageLogFilter();
        ExtLogRecord first = job(new IOException("Connection refused"));

        assertThat(filter.isLoggable(first)).isTrue();
        assertThat(first.getFormattedMessage())
                .isEqualTo("The tills are looked at later: java.io.IOException: Connection refused"
                        + " (told once while it lasts)");
        assertThat(filter.isLoggable(job(new PgException("starting up", "FATAL", "57P03", null))))
                .isFalse();
        assertThat(filter.isLoggable(record(new IllegalStateException(new IOException("Connection refused")))))
                .isFalse();
    }

    /** The back office of one enterprise is another matter than the database of all. */
    @Test
    void aFailureThatWeHaveNamedIsNoOutageOfTheDatabase() {
        OutageLogFilter filter = new OutageLogFilter();
        for (int times = 0; times < 2; times++) {
            assertThat(filter.isLoggable(job(new Named(new IOException("Connection refused")))))
                    .isTrue();
        }
    }

    @Test
    void aValueThatTheDatabaseRefusesIsNotQuoted() {
        LogRecord refused = record(
                new PgException("invalid input syntax for type uuid: \"+998901234567\"", "ERROR", "22P02", null));
        LogRecord duplicate = record(new PgException(
                "duplicate key value violates unique constraint \"pk_sales\"",
                "ERROR",
                "23505",
                "Key (phone)=(+998901234567) already exists."));
        OutageLogFilter filter = new OutageLogFilter();

        assertThat(filter.isLoggable(refused) && filter.isLoggable(duplicate)).isTrue();

        assertThat(refused.getThrown().toString()).isEqualTo(PgException.class.getName());
        assertThat(duplicate.getThrown().toString()).contains("pk_sales").doesNotContain("998901234567");
    }

    private static final class Named extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Named(Throwable cause) {
            super(cause);
        }
    }

    private static ExtLogRecord job(Throwable failure) {
        ExtLogRecord record = new ExtLogRecord(
                Level.WARNING, "The tills are looked at later: %s", ExtLogRecord.FormatStyle.PRINTF, "test");
        record.setParameters(new Object[] {failure});
        return record;
    }

    @Test
    void aStartWaitsForABusyDatabase() {
        AtomicInteger tries = new AtomicInteger();
        Uni<String> busyAtFirst = Uni.createFrom().item(tries::incrementAndGet).map(number -> {
            if (number < 3) {
                throw new UncheckedIOException(new IOException("Connection refused"));
            }
            return "done";
        });

        assertThat(AtStartup.await(busyAtFirst)).isEqualTo("done");
        assertThatThrownBy(() -> AtStartup.await(Uni.createFrom().failure(new IllegalStateException("a fault"))))
                .hasMessage("a fault");
    }

    private static LogRecord record(Throwable thrown) {
        LogRecord record = new LogRecord(Level.SEVERE, "failed");
        record.setThrown(thrown);
        return record;
    }

    private static HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
                .timeout(Duration.ofSeconds(30))
                .build();
    }

    private static int count(String condition) throws SQLException {
        try (Connection connection = TestInfrastructure.database();
                ResultSet rows = connection
                        .createStatement()
                        .executeQuery("select count(*) from pg_stat_activity " + condition)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
