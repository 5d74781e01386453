package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of docs/examples/api do what they say, against a running system. They share no code with it. */
@ExtendWith(SharedSystem.class)
class ApiExamplesTest {
    private static final Path ROOT = Path.of(System.getProperty("pos.root"));
    private static final Path EXAMPLES = ROOT.resolve("docs/examples/api");
    /** Where Socket.IO's own client lies once the gateway's tests have run. */
    private static final Path NODE_PACKAGES = ROOT.resolve("realtime-gateway/target/test-node/node_modules");

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final RunningSystem system;

    ApiExamplesTest(RunningSystem system) {
        this.system = system;
    }

    private List<String> command(String language, String task) {
        return switch (language) {
            case "curl" -> List.of(EXAMPLES.resolve("pos.sh").toString(), task);
            case "java" ->
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        EXAMPLES.resolve("Pos.java").toString(),
                        task);
            default ->
                // Node has the WebSocket of browsers since 22, and behind this option since 20.
                List.of(
                        "node",
                        "--experimental-websocket",
                        EXAMPLES.resolve("pos.mjs").toString(),
                        task);
        };
    }

    private Process start(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("POS", "http://localhost:" + system.portBase());
        builder.environment().put("KSB_ID", TillWindow.KSB_ID);
        builder.environment().put("PASSWORD", system.password());
        return builder.start();
    }

    private String output(List<String> command) throws Exception {
        Process process = start(command);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }

    @ParameterizedTest
    @ValueSource(strings = {"curl", "javascript", "java"})
    void productsArePushedAndSoldAndTheSalesRead(String language) throws Exception {
        assertThat(output(command(language, "push"))).contains("\"rejectedCount\":0");

        String sold = output(command(language, "sell"));

        assertThat(sold).matches("sold \\S+-000001 for 12500(\\.00)?\\s*");
        assertThat(output(command(language, "sales")).lines().map(line -> line.split(" ", -1)[0]))
                .contains(sold.split(" ", -1)[1]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript", "java"})
    void aSaleIsHeardOverAWebSocket(String language) throws Exception {
        assertThat(output(command(language, "push"))).contains("\"rejectedCount\":0");
        mustHearASale(command(language, "follow"));
    }

    @Test
    void aSaleIsHeardOverSocketIo() throws Exception {
        assumeTrue(
                Files.isDirectory(NODE_PACKAGES.resolve("socket.io-client")),
                "the gateway's tests bring Socket.IO's client");
        Path beside = Files.createDirectories(system.state().resolve("example"));
        Files.copy(EXAMPLES.resolve("pos.mjs"), beside.resolve("pos.mjs"));
        Files.createSymbolicLink(beside.resolve("node_modules"), NODE_PACKAGES);
        assertThat(output(command("javascript", "push"))).contains("\"rejectedCount\":0");

        mustHearASale(List.of("node", beside.resolve("pos.mjs").toString(), "socketio"));
    }

    private void mustHearASale(List<String> follower) throws Exception {
        Process process = start(follower);
        try (BufferedReader lines = process.inputReader()) {
            assertThat(nextAbout(lines, "following")).startsWith("following sales");

            String number = output(command("curl", "sell")).split(" ", -1)[1];

            assertThat(nextAbout(lines, "heard")).contains(number);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static String nextAbout(BufferedReader lines, String word) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(word)) {
                return line;
            }
        }
        throw new AssertionError("it ended without a line about " + word);
    }
}
