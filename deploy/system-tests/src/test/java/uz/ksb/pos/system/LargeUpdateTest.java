package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import uz.ksb.pos.platform.testing.Eventually;
import uz.ksb.pos.till.Api;

/** 200,000 rows in one request, with the heap that {@code ./pos up} gives (at most 256 MB). */
@Tag("long")
@ExtendWith(SharedSystem.class)
class LargeUpdateTest {
    private static final int ROWS = 200_000;
    private static final int CHUNK = 1_000;
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final RunningSystem system;
    private final Api api;
    private final String prefix = "large-" + Long.toString(System.nanoTime(), Character.MAX_RADIX) + "-";

    LargeUpdateTest(RunningSystem system) {
        this.system = system;
        this.api = system.api();
    }

    @Test
    void anUpdateThatBreaksIsWholeChunksAndIsCompletedBySendingAgain() throws Exception {
        ProcessHandle service = system.processes().stream()
                .filter(process -> system.nameOf(process).contains("product"))
                .findFirst()
                .orElseThrow();
        assertThat(service.info().commandLine().orElse("")).containsPattern("-Xmx(1[0-9]{2}|2[0-5][0-9]|256)m");
        int before = count();

        sendHalfAndCut();

        Eventually.within(LIMIT, () -> {
            int stored = count() - before;
            assertThat(stored).isPositive().isLessThan(ROWS);
            assertThat(stored % CHUNK).isZero();
            assertThat(count() - before).as("nothing more comes").isEqualTo(stored);
        });
        int stored = count() - before;
        JsonNode answer = sendAll();
        assertThat(answer.path("received").asInt()).isEqualTo(ROWS);
        assertThat(answer.path("created").asInt() + answer.path("unchanged").asInt())
                .isEqualTo(ROWS);
        assertThat(answer.path("unchanged").asInt()).isGreaterThanOrEqualTo(stored);
        assertThat(count() - before).isEqualTo(ROWS);
        assertThat(service.isAlive()).isTrue();
    }

    private JsonNode sendAll() throws IOException, InterruptedException {
        Api.Answer answer = Api.exchange(api.request("/api/product-updates", api.backOffice(TillWindow.KSB_ID))
                .timeout(LIMIT)
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofByteArrays(() ->
                        IntStream.range(0, ROWS / CHUNK).mapToObj(this::chunk).iterator()))
                .build());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    /** Half of the rows, and half of one more; then the line is dead. */
    private void sendHalfAndCut() throws IOException {
        String head = """
                POST /api/product-updates HTTP/1.1\r
                Host: localhost\r
                Authorization: Bearer %s\r
                Content-Type: application/x-ndjson\r
                Transfer-Encoding: chunked\r
                \r
                """.formatted(api.backOffice(TillWindow.KSB_ID));
        try (Socket socket = new Socket("127.0.0.1", system.portBase() + 2)) {
            OutputStream out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < ROWS / CHUNK / 2; i++) {
                write(out, chunk(i));
            }
            write(out, "{\"id\":\"half".getBytes(StandardCharsets.UTF_8));
            out.flush();
            assertThat(answered(socket)).isFalse();
            socket.setSoLinger(true, 0);
        }
    }

    private static boolean answered(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        return in.available() > 0;
    }

    private static void write(OutputStream out, byte[] bytes) throws IOException {
        out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(bytes);
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    private byte[] chunk(int number) {
        return IntStream.range(number * CHUNK, (number + 1) * CHUNK)
                .mapToObj(i -> """
                        {"id":"%s%d","version":1,"name":"Katta mahsulot %d","unit":"dona","currency":"UZS","barcodes":["77%011d"],\
                        "prices":[{"priceType":"chakana","price":"%d"}],"stock":[{"warehouse":"asosiy","quantity":"5"}]}
                        """.formatted(prefix, i, i, i, i % 900 + 1))
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    private int count() {
        return api.get(
                        "/api/products/count",
                        api.loggedIn(TillWindow.KSB_ID, "kassir").token())
                .json()
                .path("products")
                .asInt();
    }
}
