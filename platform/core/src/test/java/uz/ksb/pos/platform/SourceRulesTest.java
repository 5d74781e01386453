package uz.ksb.pos.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Things that production needs done in one way, in the main sources of the services and of what they are built on. */
class SourceRulesTest {
    private static final List<String> MODULES = List.of(
            "platform/core",
            "platform/store",
            "settings-service",
            "product-service",
            "sales-service",
            "sync-service",
            "realtime-gateway");

    private static Path root() {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve(".mvn"))) {
            root = root.getParent();
        }
        return root;
    }

    private static List<String> filesWith(String expression) {
        Pattern pattern = Pattern.compile(expression);
        return MODULES.stream()
                .flatMap(module -> sources(root().resolve(module + "/src/main/java")))
                .filter(file -> pattern.matcher(text(file)).find())
                .map(file -> file.getFileName().toString())
                .toList();
    }

    private static Stream<Path> sources(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A client that names the servers only cannot log in to the production's Kafka. The service's own setting has another name. */
    @Test
    void kafkaClientsConnectByKafkaConnection() {
        assertThat(filesWith("\"bootstrap\\.servers|BOOTSTRAP_SERVERS_CONFIG")).containsExactly("KafkaConnection.java");
    }

    /** Behind a proxy, the request itself tells the address that the client likes to have. */
    @Test
    void addressesOfClientsAreReadByClientAddress() {
        assertThat(filesWith("\\.remoteAddress\\(\\)")).containsExactly("ClientAddress.java");
    }
}
