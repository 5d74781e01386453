package uz.ksb.pos.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.event.Topics;

/**
 * The AsyncAPI documents are valid by the parser of the AsyncAPI project, and say of topics and events what the code does. Views
 * in them are references into the OpenAPI documents, which each service's own test compares with its answers; examples are the
 * golden files, which each service's own test compares with its records. Skipped where there is no npm.
 */
class AsyncApiTest {
    private static final Path ROOT = Path.of("../..");
    private static final Path CHECK = Path.of("src/test/asyncapi");
    private static final long LIMIT_SECONDS = 180;
    private static final Pattern INCOMING = Pattern.compile("(?m)^mp\\.messaging\\.incoming\\.[^=]*\\.topic=(\\S+)$");
    private static final Pattern DOTTED_WORD = Pattern.compile("\"([a-z]+)\\.([a-z-]+)\"");
    /** First parts of such words in the code that are no types of events. */
    private static final Set<String> NO_EVENTS = Set.of("pos", "client", "counts", "discount", "fiscal", "lease");

    /** Of which the schema is generated from the code. */
    private static final Set<String> VIEWS = Set.of("totals.changed", "customers.changed");

    private static final Pattern KEPT = Pattern.compile("Kept for (\\d+) days");

    private static List<JsonNode> described;

    private record Ended(int status, String output) {}

    @BeforeAll
    static void checkDocuments() throws Exception {
        assumeTrue(isThere("node") && isThere("npm"), "node and npm are needed to check the AsyncAPI documents");
        if (!Files.isDirectory(CHECK.resolve("node_modules/@asyncapi/parser"))) {
            Ended installed = run("npm", "ci", "--ignore-scripts");
            assumeTrue(installed.status() == 0, () -> "npm could not install the parser: " + installed.output());
        }
        List<String> command = new ArrayList<>(List.of("node", "check.mjs"));
        documents()
                .forEach(document ->
                        command.add(document.toAbsolutePath().normalize().toString()));

        Ended checked = run(command.toArray(String[]::new));

        assertThat(checked.status()).as(checked.output()).isZero();
        ObjectMapper json = new ObjectMapper();
        described = new ArrayList<>();
        for (String line : checked.output().lines().toList()) {
            described.add(json.readTree(line));
        }
    }

    @Test
    void documentsAreValidByTheParserOfTheirStandard() throws IOException {
        assertThat(described).hasSameSizeAs(documents()).hasSizeGreaterThan(4);
    }

    @Test
    void everyTopicIsDescribed() {
        Set<String> topics = new TreeSet<>();
        described.forEach(document -> document.path("channels").fieldNames().forEachRemaining(topics::add));

        assertThat(topics.stream().filter(address -> address.startsWith("pos.")))
                .containsExactlyInAnyOrderElementsOf(
                        Topics.all().stream().map(Topics.Topic::name).toList());
    }

    @Test
    void whatAServiceReadsIsDescribed() {
        assertThat(described)
                .filteredOn(document -> service(document).endsWith("-service"))
                .hasSize(4)
                .allSatisfy(document -> {
                    Set<String> incoming = INCOMING.matcher(Files.readString(ROOT.resolve(service(document))
                                    .resolve("src/main/resources/application.properties")))
                            .results()
                            .map(topic -> topic.group(1))
                            .collect(Collectors.toCollection(TreeSet::new));

                    assertThat(texts(document.path("receives")))
                            .as(service(document))
                            .isEqualTo(incoming.stream()
                                    .filter(topic -> !topic.endsWith(".dlq"))
                                    .collect(Collectors.toSet()));
                    assertThat(texts(document.path("sends")))
                            .as(service(document))
                            .containsAll(incoming.stream()
                                    .filter(topic -> topic.endsWith(".dlq"))
                                    .toList());
                });
    }

    @Test
    void everyTypeOfEventIsDescribed() throws IOException {
        Set<String> types = new TreeSet<>();
        Sources.read().forEach((file, source) -> {
            if (file.toString().matches("(\\w+-service|platform/store)/src/main/.*")) {
                DOTTED_WORD
                        .matcher(source)
                        .results()
                        .filter(word -> !NO_EVENTS.contains(word.group(1)))
                        .forEach(word -> types.add(word.group(1) + "." + word.group(2)));
            }
        });

        Set<String> names = described.stream()
                .filter(document -> service(document).endsWith("-service"))
                .flatMap(document -> document.path("channels").valueStream())
                .flatMap(JsonNode::valueStream)
                .map(JsonNode::asText)
                .filter(name -> DOTTED_WORD.matcher('"' + name + '"').matches())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(names).isEqualTo(types);
    }

    /** An example is held to its schema here, and to the code by the test of its service. */
    @Test
    void everyEventHasAnExampleOrIsAViewOfTheHttpApi() {
        Set<String> shown = new TreeSet<>(VIEWS);
        described.forEach(document -> shown.addAll(texts(document.path("shown"))));

        Set<String> topics = described.stream()
                .flatMap(document -> document.path("channels").properties().stream())
                .filter(channel -> channel.getKey().startsWith("pos."))
                .flatMap(channel -> texts(channel.getValue()).stream())
                .filter(name -> name.contains("."))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(shown).containsAll(topics);
    }

    @Test
    void whatIsSaidOfKeepingIsSo() {
        Map<String, Long> days = Topics.all().stream()
                .collect(Collectors.toMap(
                        Topics.Topic::name, topic -> topic.retention().toDays()));
        List<String> wrong = new ArrayList<>();
        described.forEach(document -> document.path("kept").properties().forEach(channel -> {
            Matcher kept = KEPT.matcher(channel.getValue().asText());
            if (kept.find() && !kept.group(1).equals(String.valueOf(days.get(channel.getKey())))) {
                wrong.add(document.path("file").asText() + " " + channel);
            }
        }));
        assertThat(wrong).isEmpty();
    }

    /** A client of Socket.IO hears the events by their types. */
    @Test
    void everyEventForTillsIsAnEventOfSocketIo() {
        Set<String> events = described.stream()
                .flatMap(document -> document.path("channels").properties().stream())
                .filter(channel -> channel.getKey().matches("pos\\.\\w+\\.v1"))
                .flatMap(channel -> channel.getValue().valueStream())
                .map(JsonNode::asText)
                .collect(Collectors.toSet());
        JsonNode socketIo = described.stream()
                .map(document -> document.at("/channels/~1socket.io~1"))
                .filter(JsonNode::isArray)
                .findFirst()
                .orElseThrow();

        assertThat(texts(socketIo).stream().filter(name -> name.contains(".")))
                .containsExactlyInAnyOrderElementsOf(events);
    }

    private static Set<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asText).collect(Collectors.toSet());
    }

    private static String service(JsonNode document) {
        return Path.of(document.path("file").asText()).getParent().getFileName().toString();
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> folders = Files.list(ROOT)) {
            return folders.map(folder -> folder.resolve("asyncapi.yaml"))
                    .filter(Files::exists)
                    .sorted()
                    .toList();
        }
    }

    private static boolean isThere(String program) throws InterruptedException {
        try {
            return run(program, "--version").status() == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    private static Ended run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(CHECK.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return new Ended(process.exitValue(), output);
    }
}
