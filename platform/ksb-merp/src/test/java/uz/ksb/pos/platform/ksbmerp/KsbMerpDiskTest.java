package uz.ksb.pos.platform.ksbmerp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.ksbmerp.BackOfficeFailure.Reason;

/** Deltas of several enterprises share a disk that holds 1 MB. */
class KsbMerpDiskTest {
    private static final int DISK = 1_000_000;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger begun = new AtomicInteger();
    private KsbMerp merp;

    /** A back office whose method says how many bytes of rows it sends: {@code end-1000}; {@code stall-1000} never ends. */
    @BeforeEach
    void aBackOffice() {
        int port = vertx.createHttpServer()
                .requestHandler(request -> {
                    String[] method = request.path().split("/")[3].split("-");
                    String row = "\"" + "x".repeat(Integer.parseInt(method[1])) + "\"";
                    String answer = "{\"item\":[1,2],\"detail\":[" + row + ",{}]}";
                    if (method[0].equals("end")) {
                        request.response().end(answer);
                    } else {
                        request.response()
                                .setChunked(true)
                                .write(answer.substring(0, answer.length() - 1))
                                .onSuccess(written -> begun.incrementAndGet());
                    }
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        merp = new KsbMerp(
                TestConfig.at("http://127.0.0.1:" + port, DISK), new KsbMerpHttp(vertx), vertx, new ObjectMapper());
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void theLargestAnswerGivesWayToSmallerOnes() {
        CompletableFuture<KsbMerpDelta> large = begins("stall-700000");
        CompletableFuture<KsbMerpDelta> small = begins("stall-200000");

        try (KsbMerpDelta healthy = read("end-300000")) {
            assertThat(healthy.next()).isPresent();
            await().atMost(LIMIT).until(large::isCompletedExceptionally);
        }

        assertThat(large.exceptionNow()).isInstanceOfSatisfying(BackOfficeFailure.class, failure -> {
            assertThat(failure.reason()).isEqualTo(Reason.NO_ROOM);
            assertThat(failure).hasMessageContaining("no room on the disk");
        });
        assertThat(small).isNotDone();
        small.cancel(true);
    }

    @Test
    void oneThatWouldBeTheLargestIsRefusedAndMayComeAgain() {
        KsbMerpDelta other = read("end-400000");

        assertThatThrownBy(() -> read("end-700000"))
                .isInstanceOfSatisfying(BackOfficeFailure.class, failure -> assertThat(failure.reason())
                        .isEqualTo(Reason.NO_ROOM));
        assertThat(other.next()).as("the other is read on").isPresent();
        other.close();
        other.close();

        read("end-700000").close();
    }

    @Test
    void oneThatIsReadGivesWayToo() {
        KsbMerpDelta large = read("end-900000");

        read("end-200000").close();

        assertThatThrownBy(() -> {
                    while (large.next().isPresent()) {}
                })
                .isInstanceOfSatisfying(BackOfficeFailure.class, failure -> assertThat(failure.reason())
                        .isEqualTo(Reason.NO_ROOM));
    }

    @Test
    void answersThatAreGivenUpLeaveTheirRoom() {
        for (int i = 0; i < 5; i++) {
            begins("stall-900000").cancel(true);
        }

        await().atMost(LIMIT).ignoreExceptions().untilAsserted(() -> read("end-950000")
                .close());
    }

    /** @return when its rows have been sent, and it has not failed */
    private CompletableFuture<KsbMerpDelta> begins(String method) {
        int before = begun.get();
        CompletableFuture<KsbMerpDelta> reading = delta(method).subscribeAsCompletionStage();
        await().atMost(LIMIT).until(() -> begun.get() > before);
        return reading;
    }

    private KsbMerpDelta read(String method) {
        return delta(method).await().atMost(LIMIT);
    }

    private Uni<KsbMerpDelta> delta(String method) {
        return merp.delta(new Call("10000001", "till", method, Duration.ofMinutes(5)), 10 * DISK);
    }
}
