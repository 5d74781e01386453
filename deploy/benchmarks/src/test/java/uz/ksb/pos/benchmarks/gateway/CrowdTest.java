package uz.ksb.pos.benchmarks.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.benchmarks.BenchFailed;
import uz.ksb.pos.benchmarks.gateway.client.Crowd;
import uz.ksb.pos.benchmarks.gateway.client.Step;
import uz.ksb.pos.benchmarks.gateway.event.Events;
import uz.ksb.pos.benchmarks.gateway.server.Target;

class CrowdTest {
    private static final int SIZE = 3;

    private final CountDownLatch upgraded = new CountDownLatch(SIZE);
    private final List<Socket> accepted = new ArrayList<>();
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, SIZE, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::upgradeAll);
    }

    @AfterEach
    void close() throws IOException {
        for (Socket socket : accepted) {
            socket.close();
        }
        server.close();
    }

    @Test
    void isReadyOnlyWhenEveryClientIsWelcome() throws Exception {
        CompletableFuture<Crowd> crowd = crowd();
        assertThat(upgraded.await(30, TimeUnit.SECONDS)).isTrue();
        say(0, "welcome");
        say(1, "welcome");
        say(2, "busy");
        assertThat(crowd).isNotDone();

        say(2, "welcome");

        try (Crowd ready = crowd.get(30, TimeUnit.SECONDS)) {
            assertThat(ready.size()).isEqualTo(SIZE);
        }
    }

    @Test
    void aClientThatIsCutOffIsAFailureAndNotASmallerCrowd() throws Exception {
        CompletableFuture<Crowd> crowd = crowd();
        assertThat(upgraded.await(30, TimeUnit.SECONDS)).isTrue();

        accepted.get(1).close();

        assertThatThrownBy(() -> crowd.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(BenchFailed.class);
    }

    @Test
    void everyEventIsCountedWithItsDelayAndAGapIsOutOfOrder() throws Exception {
        CompletableFuture<Crowd> opening = crowd();
        assertThat(upgraded.await(30, TimeUnit.SECONDS)).isTrue();
        for (int client = 0; client < SIZE; client++) {
            say(client, "welcome");
        }
        Step step = new Step(0, 3);
        try (Crowd crowd = opening.get(30, TimeUnit.SECONDS)) {
            crowd.count(step);
            for (int number = 0; number < 3; number++) {
                step.sent(number, System.nanoTime());
            }
            tell(0, 0, 1, 2);
            tell(1, 0, 1, 2);
            tell(2, 0, 2);

            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (step.arrived() < 8 && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
        }

        assertThat(step.arrived()).isEqualTo(8);
        assertThat(step.outOfOrder()).isEqualTo(1);
    }

    @Test
    void aPingThatIsAllThereIsIsAnswered() throws Exception {
        CompletableFuture<Crowd> opening = crowd();
        assertThat(upgraded.await(30, TimeUnit.SECONDS)).isTrue();
        for (int client = 0; client < SIZE; client++) {
            say(client, "welcome");
        }
        try (Crowd ready = opening.get(30, TimeUnit.SECONDS)) {
            assertThat(ready.size()).isEqualTo(SIZE);
            say(0, "2");
            accepted.get(1).getOutputStream().write(new byte[] {(byte) 0x89, 0});

            assertThat(lastOf(accepted.get(0), 7)).endsWith((byte) '3');
            assertThat(lastOf(accepted.get(1), 6)).startsWith(0x8a);
        }
    }

    /** The bytes after the request. */
    private static byte[] lastOf(Socket socket, int bytes) throws IOException {
        socket.setSoTimeout(30_000);
        int ends = 0;
        while (ends < 4) {
            int read = socket.getInputStream().read();
            ends = read == '\r' || read == '\n' ? ends + 1 : 0;
        }
        return socket.getInputStream().readNBytes(bytes);
    }

    private CompletableFuture<Crowd> crowd() {
        Target target = new Listening(server.getLocalPort());
        return CompletableFuture.supplyAsync(() -> {
            try {
                return Crowd.of(SIZE, target);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private void upgradeAll() {
        try {
            for (int client = 0; client < SIZE; client++) {
                Socket socket = server.accept();
                accepted.add(socket);
                socket.getOutputStream()
                        .write("HTTP/1.1 101 Switching Protocols\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                upgraded.countDown();
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void tell(int client, int... numbers) throws IOException {
        for (int number : numbers) {
            say(client, "[" + new String(Events.event(number), StandardCharsets.US_ASCII) + "]");
        }
    }

    private void say(int client, String text) throws IOException {
        byte[] words = text.getBytes(StandardCharsets.US_ASCII);
        OutputStream out = accepted.get(client).getOutputStream();
        out.write(0x81);
        if (words.length < 126) {
            out.write(words.length);
        } else {
            out.write(new byte[] {126, (byte) (words.length >> 8), (byte) words.length});
        }
        out.write(words);
    }

    /** The server of this test. */
    private record Listening(int port) implements Target {
        @Override
        public String name() {
            return "a server";
        }

        @Override
        public String path() {
            return "/";
        }

        @Override
        public List<String> greeting() {
            return List.of();
        }

        @Override
        public String welcome() {
            return "welcome";
        }

        @Override
        public ProcessHandle process() {
            return ProcessHandle.current();
        }

        @Override
        public void publish(byte[] event) {}

        @Override
        public void close() {}
    }
}
