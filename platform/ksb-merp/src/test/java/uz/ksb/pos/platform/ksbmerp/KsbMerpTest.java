package uz.ksb.pos.platform.ksbmerp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KsbMerpTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final long PLENTY = 1 << 30;
    private static final String KSB_ID = "10000001";

    private final Vertx vertx = Vertx.vertx();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile Handler<HttpServerRequest> reply;
    private String address;

    @BeforeEach
    void aServer() {
        int port = vertx.createHttpServer()
                .requestHandler(request -> {
                    asked.add(request.uri());
                    reply.handle(request);
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        address = "http://127.0.0.1:" + port;
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void anOwnAddressAloneKeepsTheCommonLogin() {
        KsbMerp merp = merp(new TestConfig(
                Optional.empty(),
                Optional.of("pos"),
                Optional.of("secret"),
                Map.of(KSB_ID, new TestConfig.Own(Optional.of(address + "//"), Optional.empty(), Optional.empty())),
                PLENTY));
        reply = request -> request.response().end("{\"login\":\"" + request.getHeader("authorization") + "\"}");

        String login = Base64.getEncoder().encodeToString("pos:secret".getBytes(StandardCharsets.UTF_8));
        assertThat(await(merp.get(call("users"))).path("login").asText()).isEqualTo("Basic " + login);
        assertThat(asked).containsExactly("/hs/ksbmerp_pos/users/ksb?text=pos&ksb_id=10000001&device_id=till+1");
        assertThat(merp.isConfigured()).isTrue();
        assertThat(merp.isConfigured(KSB_ID)).isTrue();
        assertThat(merp.isConfigured("10000002")).isFalse();
    }

    @Test
    void aCallThatIsGivenUpEndsItsRequest() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        reply = request -> {
            request.connection().closeHandler(gone -> ended.countDown());
            request.response().setChunked(true).write("{");
            begun.countDown();
        };
        KsbMerp merp = merp(TestConfig.at(address, PLENTY));

        Cancellable call = merp.delta(call("product_update"), 1_000).subscribe().with(delta -> {}, failure -> {});
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        call.cancel();

        assertThat(ended.await(5, TimeUnit.SECONDS))
                .as("long before the time limit")
                .isTrue();
    }

    @Test
    void anEnterpriseWithoutAddressIsNotAsked() {
        KsbMerp merp = merp(new TestConfig(Optional.empty(), Optional.empty(), Optional.empty(), Map.of(), PLENTY));

        assertFails(merp.get(call("users")), "no back office is configured for 10000001");
        assertThat(merp.isConfigured()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>Iltimos, kuting</html>", "[]", "\"a\"", "{\"a\":1", "{}}", "{} {}"})
    void anAnswerThatIsNotOneObjectIsAFailure(String body) {
        reply = request -> request.response().end(body);

        assertFails(merp().get(call("users")), "the back office's answer to users is not ");
    }

    @Test
    void aRedirectIsNotFollowed() {
        reply = request -> request.response()
                .setStatusCode(302)
                .putHeader("location", address + "/elsewhere")
                .end();

        assertFails(merp().get(call("users")), "the back office's answer to users has status 302");
        assertThat(asked).hasSize(1);
    }

    @Test
    void anAnswerThatStopsHalfwayEndsWithTheTimeout() {
        reply = request -> begin(request.response()).write("{\"status\":");

        assertFails(merp().get(soon("users")), "no whole answer within PT0.3S");
        assertFails(merp().delta(soon("client"), 1000), "no whole answer within PT0.3S");
    }

    @Test
    void anAnswerThatNeverBeginsEndsWithTheTimeout() {
        reply = request -> {};

        assertFails(merp().post(soon("create_sales"), Map.of()), "no whole answer within PT0.3S");
    }

    @Test
    void anEndlessAnswerIsCutOff() {
        reply = request -> endless(begin(request.response()));

        assertFails(merp().get(call("users")), "is longer than 4194304 bytes");
        assertFails(merp().delta(call("client"), 100_000), "is longer than 100000 bytes");
    }

    @Test
    void anAnswerThatIsOtherThanItsHeadersSayFailsAtOnce() {
        byte[] packed = packed("{\"item\":[],\"detail\":[]" + " ".repeat(100_000) + "}");
        Buffer cut = Buffer.buffer(Arrays.copyOf(packed, packed.length / 2));
        for (Buffer body : List.of(Buffer.buffer("{\"item\":[],\"detail\":[]}"), cut, Buffer.buffer())) {
            reply = request ->
                    request.response().putHeader("content-encoding", "gzip").end(body);

            assertFailsAtOnce(merp().get(call("users")));
            assertFailsAtOnce(merp().delta(call("client"), 1_000_000));
        }
        reply = request -> request.response().setStatusCode(204).end();
        assertFailsAtOnce(merp().get(call("users")));
        assertFailsAtOnce(merp().delta(call("client"), 1_000_000));
        reply = request -> request.response()
                .putHeader("content-encoding", "gzip")
                .putHeader("content-type", "text/html")
                .end(Buffer.buffer(packed));
        assertThat(await(merp().get(call("users"))).path("item").isArray()).isTrue();
    }

    @Test
    void toWhatIsToldNothingNeedBeAnswered() {
        for (int status : List.of(200, 204)) {
            reply = request -> request.response().setStatusCode(status).end();

            assertThat(await(merp().tell(call("remove"), Map.of())).isEmpty()).isTrue();
            assertFailsAtOnce(merp().post(call("create_sales"), Map.of()));
        }
        reply = request -> request.response().end("<html>Iltimos, kuting</html>");
        assertFailsAtOnce(merp().tell(call("remove"), Map.of()));
        reply = request -> request.response().setStatusCode(500).end();
        assertFailsAtOnce(merp().tell(call("remove"), Map.of()));
    }

    @Test
    void whatIsNoHttpAtAllIsAFailureThatCanBeStored() {
        int port = vertx.createNetServer()
                .connectHandler(socket -> socket.end(Buffer.buffer("\0\0 1C:" + (char) 0 + "\r\n\r\n")))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        address = "http://127.0.0.1:" + port;

        assertFailsAtOnce(merp().delta(call("client"), 1_000));
    }

    private static byte[] packed(String text) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static void assertFailsAtOnce(Uni<?> answer) {
        assertThatThrownBy(() -> answer.await().atMost(TIMEOUT))
                .isInstanceOfSatisfying(BackOfficeFailure.class, failure -> {
                    assertThat(failure.reason()).isNotEqualTo(BackOfficeFailure.Reason.SILENT);
                    assertThat(failure.getMessage()).doesNotContain("\0");
                });
    }

    @Test
    void anAnswerOfManyEmptyObjectsIsTooLarge() {
        reply = request -> request.response().end("{\"users\":[" + "{},".repeat(1_000_000) + "{}]}");

        assertFails(merp().get(call("users")), "the back office's answer to users is too large");
    }

    @Test
    void aDeltaIsReadFromItsFile() {
        reply = request -> request.response()
                .end("{\"object\":\"client\",\"item\":[\"a\",\"b\"],\"detail\":[{\"name\":\"Ali\"},{}]}");

        try (KsbMerpDelta delta = await(merp().delta(call("client"), 100_000))) {
            assertThat(delta.next().orElseThrow().detail().path("name").asText())
                    .isEqualTo("Ali");
            assertThat(delta.next().orElseThrow().id()).isEqualTo("b");
            assertThat(delta.next()).isEmpty();
        }
    }

    @Test
    void onlyAClearAnswerAdmitsOrRefusesAPerson() {
        reply = request -> request.response()
                .setStatusCode(Integer.parseInt(request.getParam("device_id")))
                .end();

        assertThat(await(admits("200"))).isTrue();
        assertThat(await(admits("401"))).isFalse();
        assertThat(await(admits("403"))).isFalse();
        assertFails(admits("204"), "has status 204");
        assertFails(admits("503"), "has status 503");
    }

    private Uni<Boolean> admits(String status) {
        return merp().admits(new Call(KSB_ID, status, "ping", TIMEOUT), "nodira", "secret");
    }

    private KsbMerp merp() {
        return merp(TestConfig.at(address, PLENTY));
    }

    private KsbMerp merp(KsbMerpConfig config) {
        return new KsbMerp(config, new KsbMerpHttp(vertx), vertx, new ObjectMapper());
    }

    private static Call call(String method) {
        return new Call(KSB_ID, "till 1", method, TIMEOUT);
    }

    private static Call soon(String method) {
        return new Call(KSB_ID, "till 1", method, Duration.ofMillis(300));
    }

    private static HttpServerResponse begin(HttpServerResponse response) {
        return response.setChunked(true);
    }

    private static void endless(HttpServerResponse response) {
        response.write("x".repeat(10_000)).onSuccess(written -> endless(response));
    }

    private static <T> T await(Uni<T> answer) {
        return answer.await().atMost(LIMIT);
    }

    private static void assertFails(Uni<?> answer, String reason) {
        assertThatThrownBy(() -> await(answer))
                .isInstanceOf(BackOfficeFailure.class)
                .hasMessageContaining(reason);
    }
}
