package uz.ksb.pos.kubernetes;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Files of the project, beside the manifests. */
public final class Project {
    public static final List<String> SERVICES =
            List.of("settings-service", "product-service", "sales-service", "sync-service", "realtime-gateway");

    private static final ObjectMapper YAML = new YAMLMapper();
    private static final Path ROOT = root();

    private Project() {}

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve(".mvn"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    public static Path file(String name) {
        return ROOT.resolve(name);
    }

    public static String text(String name) {
        try {
            return Files.readString(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The documents of a YAML file. */
    public static List<JsonNode> yaml(String text) {
        try (Stream<JsonNode> documents = stream(text)) {
            return documents
                    .filter(document -> !document.isNull() && !document.isMissingNode())
                    .toList();
        }
    }

    private static Stream<JsonNode> stream(String text) {
        return YAML.readerFor(JsonNode.class).<JsonNode>readValues(text).readAll().stream();
    }

    /** The configuration that a service is built with. */
    public static Properties properties(String service) {
        return properties(file(service + "/src/main/resources/application.properties"));
    }

    public static Properties properties(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
