package uz.ksb.pos.sync.crm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uz.ksb.pos.platform.testing.Eventually.inOneOf;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A CRM that answers slowly, for ever, or not at all. */
class CrmHttpTest {
    private static final Duration TIMEOUT = Duration.ofMillis(500);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int TRIES = 5;
    private static final String PIECE = "x".repeat(10_000);

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void anAnswerThatTricklesIsGivenUpInTimeAndItsStatusCounts() {
        inOneOf(TRIES, this::trickle);
    }

    private void trickle() {
        CrmHttp.Answer answer = ask(request -> {
            HttpServerResponse response = request.response().setChunked(true);
            vertx.setPeriodic(50, tick -> response.write(" "));
        });

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.whole().failed()).isTrue();
    }

    @Test
    void anEndlessAnswerIsGivenUpAndItsStatusCounts() {
        inOneOf(TRIES, this::readForEver);
    }

    private void readForEver() {
        CrmHttp.Answer answer = ask(request -> endless(request.response().setChunked(true)));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.whole().failed()).isTrue();
    }

    @Test
    void anAnswerThatIsWholeIsRead() {
        inOneOf(TRIES, this::readWholeAnswers);
    }

    private void readWholeAnswers() {
        assertThat(ask(request -> request.response().end("{}")).whole().result().toString())
                .isEqualTo("{}");
        assertThat(ask(request -> request.response()
                                .setStatusCode(429)
                                .putHeader("retry-after", "3600")
                                .end())
                        .status())
                .isEqualTo(429);
        assertThat(ask(request -> request.response().setStatusCode(204).end())
                        .whole()
                        .succeeded())
                .isTrue();
    }

    @Test
    void whoNeverAnswersIsNotWaitedFor() {
        assertThatThrownBy(() -> ask(request -> {}))
                .cause()
                .isInstanceOf(TimeoutException.class)
                .hasMessage("no answer within PT0.5S");
        assertThatThrownBy(() -> ask(request -> request.connection().close())).isNotNull();
    }

    private CrmHttp.Answer ask(Handler<HttpServerRequest> crm) {
        int port = vertx.createHttpServer()
                .requestHandler(crm)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        RequestOptions address = new RequestOptions().setAbsoluteURI("http://127.0.0.1:" + port + "/");
        return new CrmHttp(vertx, TIMEOUT).ask(address, Buffer.buffer()).await().atMost(LIMIT);
    }

    private static void endless(HttpServerResponse response) {
        response.write(PIECE).onSuccess(written -> endless(response));
    }
}
