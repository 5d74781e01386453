package uz.ksb.pos.platform.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uz.ksb.pos.platform.PlatformProfile;
import uz.ksb.pos.platform.caller.Claims;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.testing.Tokens;

@QuarkusTest
@TestProfile(PlatformProfile.class)
class BodyLimitTest {
    private static final int PATIENCE_MILLIS = 60_000;
    private static final String TOKEN = Tokens.of("10000001", Role.CASHIER).sign();
    private static final byte[] TEN_MEGABYTES = order(400_000);

    @ParameterizedTest
    @EnumSource
    void aLargeBodyOfUnannouncedLengthIsRefused(HttpClient.Version version) throws Exception {
        assertRefused(post(version, "/edge/orders", unannounced(TEN_MEGABYTES)));
    }

    @ParameterizedTest
    @EnumSource
    void aLargeBodyOfAnnouncedLengthIsRefused(HttpClient.Version version) throws Exception {
        assertRefused(post(version, "/edge/orders", BodyPublishers.ofByteArray(TEN_MEGABYTES)));
    }

    @ParameterizedTest
    @EnumSource
    void aUsualBodyOfUnannouncedLengthIsTaken(HttpClient.Version version) throws Exception {
        HttpResponse<String> answer = post(version, "/edge/orders", unannounced(order(20_000)));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith("{\"lines\":[{\"code\":\"12345678\"");
    }

    @ParameterizedTest
    @EnumSource
    void aPathWithALargerLimitHasItForUnannouncedLengthsToo(HttpClient.Version version) throws Exception {
        HttpResponse<String> answer = post(version, "/edge/large-orders", unannounced(order(100_000)));

        assertThat(answer.body()).isEqualTo("100000");
        assertRefused(post(version, "/edge/large-orders", unannounced(TEN_MEGABYTES)));
    }

    @Test
    void aClientThatSendsAllBeforeItListensHearsWhyAndIsCut() throws IOException {
        try (Socket till = connect()) {
            OutputStream out = till.getOutputStream();
            out.write(chunkedHead("/edge/orders", ""));
            for (int from = 0; from < TEN_MEGABYTES.length; from += 8192) {
                writeChunk(out, TEN_MEGABYTES, from, Math.min(8192, TEN_MEGABYTES.length - from));
            }
            out.write("0\r\n\r\n".getBytes(US_ASCII));

            assertProblemAndEnd(till);
        }
    }

    @Test
    void aClientThatNeverEndsItsBodyIsAnsweredAndCutOff() throws IOException {
        try (Socket till = connect()) {
            OutputStream out = till.getOutputStream();
            out.write(chunkedHead("/edge/orders", ""));
            writeChunk(out, TEN_MEGABYTES, 0, 2_000_000);

            assertProblemAndEnd(till);
        }
    }

    @Test
    void aClientThatWaitsToBeAskedForItsBodyIsAsked() throws IOException {
        byte[] body = order(1);
        try (Socket till = connect()) {
            OutputStream out = till.getOutputStream();
            out.write(chunkedHead("/edge/orders", "Expect: 100-continue\r\nConnection: close\r\n"));
            byte[] asked = till.getInputStream().readNBytes("HTTP/1.1 100 Continue\r\n".length());
            writeChunk(out, body, 0, body.length);
            out.write("0\r\n\r\n".getBytes(US_ASCII));

            assertThat(new String(asked, US_ASCII)).startsWith("HTTP/1.1 100");
            assertThat(rest(till)).contains("HTTP/1.1 200");
        }
    }

    @Test
    void aBodyThatStallsIsEndedWhateverItsSize() throws IOException {
        String head = "POST /edge/orders HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: 100\r\n\r\n{";
        try (Socket small = connect();
                Socket unannounced = connect()) {
            small.getOutputStream().write(head.getBytes(US_ASCII));
            unannounced.getOutputStream().write(chunkedHead("/edge/orders", ""));
            writeChunk(unannounced.getOutputStream(), order(1), 0, 5);
            for (Socket stalled : List.of(small, unannounced)) {
                assertThat(rest(stalled)).startsWith("HTTP/1.1 408").contains("/problems/too-slow");
            }
        }
    }

    /** More than there are worker threads, each with the beginning of a body that is allowed. */
    @Test
    void clientsThatStallInTheirBodiesHoldNobodyUp() throws Exception {
        byte[] body = order(20_000);
        List<Socket> stalled = new ArrayList<>();
        try {
            for (int i = 0; i < 250; i++) {
                Socket till = connect();
                stalled.add(till);
                till.getOutputStream().write(chunkedHead("/edge/orders", ""));
                writeChunk(till.getOutputStream(), body, 0, 50_000);
            }
            assertThat(post(HttpClient.Version.HTTP_1_1, "/edge/orders", unannounced(body))
                            .statusCode())
                    .isEqualTo(200);
        } finally {
            for (Socket till : stalled) {
                till.close();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEnterpriseThatStallsHoldsNoOtherUp(HttpClient.Version version) throws Exception {
        byte[] body = order(100_000);
        List<Socket> stalled = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                stalled.add(connect());
                stalled.getLast()
                        .getOutputStream()
                        .write(chunkedHead("/edge/large-orders", Tokens.of("20000002", Role.CASHIER)));
                writeChunk(stalled.getLast().getOutputStream(), body, 0, 100_000);
            }

            assertThat(post(version, "/edge/large-orders", unannounced(body)).body())
                    .isEqualTo("100000");

            assertThat(isOpen(stalled.getFirst())).isTrue();
        } finally {
            for (Socket till : stalled) {
                till.close();
            }
        }
    }

    @Test
    void aSenderWhoStallsIsCutOffAndHisNextBodyIsTaken() throws Exception {
        byte[] body = order(100_000);
        try (Socket stalled = connect();
                Socket alsoStalled = connect();
                Socket gone = connect()) {
            for (Socket till : List.of(stalled, alsoStalled, gone)) {
                till.getOutputStream().write(chunkedHead("/edge/large-orders", ""));
                writeChunk(till.getOutputStream(), body, 0, 100_000);
            }
            gone.close();
            assertThat(post(HttpClient.Version.HTTP_1_1, "/edge/large-orders", unannounced(body))
                            .body())
                    .isEqualTo("100000");
            assertThat(rest(stalled) + rest(alsoStalled)).isEmpty();
        }
    }

    @Test
    void aBodyAboveTheSmallestLimitNeedsATokenFirst() throws Exception {
        byte[] body = order(5_000);
        try (Socket till = connect()) {
            till.getOutputStream()
                    .write(("POST /edge/large-orders HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: " + body.length + "\r\n\r\n")
                            .getBytes(US_ASCII));
            assertThat(rest(till)).startsWith("HTTP/1.1 401").contains("/problems/not-authenticated");
        }
        assertThat(anonymous(unannounced(body)).statusCode()).isEqualTo(413);
        assertThat(anonymous(BodyPublishers.ofByteArray(order(1_000))).statusCode())
                .isEqualTo(200);
        assertThat(anonymous(BodyPublishers.ofByteArray(body), "Authorization", "Bearer nonsense")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void aTillAloneMaySendALargeBodyByItsDeviceToken() throws Exception {
        String device = Tokens.of("10000001", Role.CASHIER)
                .with("aud", Claims.DEVICE_AUDIENCE)
                .sign();
        for (int lines : new int[] {5_000, 100_000}) {
            assertThat(anonymous(BodyPublishers.ofByteArray(order(lines)), "X-Device-Token", device)
                            .body())
                    .isEqualTo(Integer.toString(lines));
        }
    }

    private static HttpResponse<String> anonymous(BodyPublisher body, String... headers) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            URI.create("http://localhost:" + RestAssured.port + "/edge/large-orders"))
                    .header("Content-Type", "application/json")
                    .POST(body);
            if (headers.length > 0) {
                request.headers(headers);
            }
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static boolean isOpen(Socket till) throws IOException {
        till.setSoTimeout(10);
        try {
            return till.getInputStream().read() >= 0;
        } catch (SocketTimeoutException silent) {
            return true;
        }
    }

    private static void assertRefused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("\"/problems/too-large\"", "\"status\":413");
    }

    private static void assertProblemAndEnd(Socket till) throws IOException {
        assertThat(rest(till))
                .startsWith("HTTP/1.1 413")
                .containsIgnoringCase("content-type: application/problem+json")
                .containsIgnoringCase("connection: close")
                .contains("\"/problems/too-large\"");
    }

    /** Up to the end of the connection. */
    private static String rest(Socket till) throws IOException {
        return new String(till.getInputStream().readAllBytes(), UTF_8);
    }

    private static HttpResponse<String> post(HttpClient.Version version, String path, BodyPublisher body)
            throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newBuilder().version(version).build()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
                            .header("Content-Type", "application/json")
                            .header("Authorization", "Bearer " + TOKEN)
                            .POST(body)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static BodyPublisher unannounced(byte[] body) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
    }

    private static Socket connect() throws IOException {
        Socket till = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port);
        till.setSoTimeout(PATIENCE_MILLIS);
        return till;
    }

    private static byte[] chunkedHead(String path, Tokens sender) {
        return chunkedHead(path, "", sender.sign());
    }

    private static byte[] chunkedHead(String path, String more) {
        return chunkedHead(path, more, TOKEN);
    }

    private static byte[] chunkedHead(String path, String more, String token) {
        return ("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Transfer-Encoding: chunked\r\nAccept-Encoding: gzip\r\nAuthorization: Bearer " + token
                        + "\r\n" + more + "\r\n")
                .getBytes(US_ASCII);
    }

    private static void writeChunk(OutputStream out, byte[] bytes, int from, int length) throws IOException {
        out.write((Integer.toHexString(length) + "\r\n").getBytes(US_ASCII));
        out.write(bytes, from, length);
        out.write("\r\n".getBytes(US_ASCII));
    }

    private static byte[] order(int lines) {
        return ("{\"lines\":[" + String.join(",", Collections.nCopies(lines, "{\"code\":\"12345678\"}")) + "]}")
                .getBytes(UTF_8);
    }
}
