package uz.ksb.pos.gateway.tillsocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.gateway.testing.LiveTest;
import uz.ksb.pos.gateway.testing.NodeClient;
import uz.ksb.pos.gateway.testing.Owners;
import uz.ksb.pos.platform.event.Topics;

/** The example of docs/socketio.md does what the document says. */
@QuarkusTest
@QuarkusTestResource(Owners.Address.class)
class DocumentedExampleTest extends LiveTest {
    private static final Pattern EXAMPLE = Pattern.compile("```js\n(.*?)```", Pattern.DOTALL);

    @Test
    void theExampleOfTheDocumentRuns() throws IOException {
        Matcher example = EXAMPLE.matcher(Files.readString(Path.of("../docs/socketio.md")));
        assertThat(example.find()).isTrue();
        Process process = NodeClient.start(
                "example.js",
                example.group(1),
                Map.of("TOKEN", tills.tokenEndingIn(66), "SERVER", "http://127.0.0.1:" + address.getPort()));
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.readLine()).isEqualTo("connected anew");
            assertThat(lines.readLine()).isEqualTo("subscribed sales rates false");
            assertThat(lines.readLine()).isEqualTo("problem /problems/snapshot-unavailable rates");
            kafka.publish(Topics.SALES, shop, "sale.completed", "a", "{\"id\":\"a\"}");
            // Some seconds later the token's last minute begins.
            assertThat(List.of(lines.readLine(), lines.readLine()))
                    .contains("sold a string")
                    .anyMatch(line -> line.matches("renewed \\d+ \\d+"));
        } finally {
            process.destroy();
        }
    }
}
