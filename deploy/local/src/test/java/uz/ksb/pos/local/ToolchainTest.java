package uz.ksb.pos.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code pos} on a machine without JDK and Node, with made-up ones on a server of its own. */
class ToolchainTest {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final List<String> NEEDED =
            List.of("cut dirname grep gzip head mkdir mktemp mv rm sed sha256sum tar uname".split(" ", -1));

    @TempDir
    private Path folder;

    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private final Properties pinned = new Properties();
    private HttpServer server;
    private Path tools;
    private String jdkArchive;
    private String nodeArchive;

    @BeforeEach
    void publish() throws Exception {
        Assumptions.assumeTrue(
                System.getProperty("os.name").equals("Linux")
                        && System.getProperty("os.arch").equals("amd64"),
                "skipped: the made-up archives are for Linux on x86-64");
        try (var file = Files.newBufferedReader(ROOT.resolve("deploy/toolchain/toolchain.properties"))) {
            pinned.load(file);
        }
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", this::answer);
        server.start();
        tools = folder.resolve("tools");
        environment.put("POS_TOOLS", tools.toString());
        environment.put(
                "POS_TOOLS_FROM", "http://127.0.0.1:" + server.getAddress().getPort());
        environment.put("POS_STATE", folder.resolve("state").toString());
        environment.put("POS_JVM_FOLDER", folder.resolve("none").toString());
        usePath("curl");
        String jdk = pinned.getProperty("jdk.version");
        jdkArchive = "OpenJDK25U-jdk_x64_linux_hotspot_" + jdk.replace('+', '_') + ".tar.gz";
        files.put(jdkArchive, archive("jdk-" + jdk, "java", "javac"));
        files.put(jdkArchive + ".sha256.txt", line(jdkArchive));
        String node = "node-v" + pinned.getProperty("node.version") + "-linux-x64";
        nodeArchive = node + ".tar.gz";
        files.put(nodeArchive, archive(node, "node", "npm"));
        files.put(
                "SHASUMS256.txt",
                ("0".repeat(64) + "  " + node + ".tar.xz\n" + new String(line(nodeArchive), StandardCharsets.UTF_8))
                        .getBytes(StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"curl", "wget"})
    void whatTheMachineLacksIsFetchedOnceAndUsed(String program) throws Exception {
        usePath(program);

        Run first = pos("tools", "--yes");

        assertThat(first.exit()).as(first.output()).isZero();
        assertThat(first.output())
                .contains("JDK  " + tools.resolve("jdk-" + pinned.getProperty("jdk.version")))
                .contains("Node " + tools.resolve("node-v"));
        asked.clear();
        assertThat(pos("tools").exit()).isZero();
        assertThat(asked).isEmpty();
        assertThat(kept()).hasSize(2).noneMatch(name -> name.startsWith("."));
    }

    @Test
    void upRunsWithWhatWasFetched() throws Exception {
        environment.put("POS_BUILT", "yes");
        environment.put("POS_TRAIN", "no");

        Run up = pos("up", "--yes", "--port-base", "9000");

        assertThat(up.output()).contains("java ran ").contains("uz.ksb.pos.local.Pos up --port-base 9000");
        assertThat(up.output()).doesNotContain("Pos up --yes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "test", "tools"})
    void withoutAWordOfAPersonNothingIsFetched(String command) throws Exception {
        Run run = pos(command);

        assertThat(run.exit()).isNotZero();
        assertThat(run.output()).startsWith("pos: no JDK 21 or newer found").contains("--yes");
        assertThat(asked).isEmpty();
        assertThat(tools).doesNotExist();
    }

    @Test
    void anArchiveWithAnotherChecksumIsThrownAway() throws Exception {
        byte[] archive = files.get(jdkArchive);
        archive[archive.length / 2]++;

        Run run = pos("tools", "--yes");

        assertThat(run.exit()).isNotZero();
        assertThat(run.output()).contains("is not what its vendor published");
        assertThat(kept()).isEmpty();
    }

    @Test
    void anArchiveWithoutAChecksumIsNotFetched() throws Exception {
        files.put("SHASUMS256.txt", new byte[0]);

        Run run = pos("tools", "--yes");

        assertThat(run.exit()).isNotZero();
        assertThat(run.output()).contains("has no checksum of " + nodeArchive);
        assertThat(asked).doesNotContain("/" + nodeArchive);
        assertThat(kept()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"curl", "wget"})
    void aDownloadThatBreaksOffLeavesNothing(String program) throws Exception {
        usePath(program);
        files.put(jdkArchive + "/half", new byte[0]);

        Run run = pos("tools", "--yes");

        assertThat(run.exit()).isNotZero();
        assertThat(run.output()).contains("cannot be fetched, or not all of it");
        assertThat(kept()).isEmpty();
        files.remove(jdkArchive + "/half");
        assertThat(pos("tools", "--yes").exit()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"curl", "wget"})
    void theProxyOfTheEnvironmentIsAsked(String program) throws Exception {
        usePath(program);
        environment.put("http_proxy", environment.get("POS_TOOLS_FROM"));
        environment.put("POS_TOOLS_FROM", "http://tools.invalid/kept");

        assertThat(pos("tools", "--yes").exit()).isZero();

        assertThat(asked).contains("http://tools.invalid/kept/" + jdkArchive);
    }

    @Test
    void theBuildsOwnNodeIsTheSameOne() throws Exception {
        assertThat(ROOT.resolve("realtime-gateway/src/main/resources/application.properties"))
                .content()
                .contains("node-version=" + pinned.getProperty("node.version") + "\n");
    }

    private record Run(int exit, String output) {}

    private Run pos(String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("/bin/sh", ROOT.resolve("pos").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectInput(new File("/dev/null"));
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }

    private List<String> kept() throws IOException {
        try (Stream<Path> all = Files.list(tools)) {
            return all.map(path -> path.getFileName().toString()).toList();
        }
    }

    /** A PATH with what is needed and this program for downloads. */
    private void usePath(String program) throws IOException {
        Path path = Files.createDirectories(folder.resolve("path-" + program));
        for (String tool : Stream.concat(NEEDED.stream(), Stream.of(program)).toList()) {
            Path real = Stream.of("/usr/bin", "/bin")
                    .map(place -> Path.of(place, tool))
                    .filter(Files::exists)
                    .findFirst()
                    .orElse(null);
            Assumptions.assumeTrue(real != null, "skipped: there is no " + tool);
            if (!Files.exists(path.resolve(tool))) {
                Files.createSymbolicLink(path.resolve(tool), real);
            }
        }
        environment.put("PATH", path.toString());
    }

    private byte[] archive(String name, String... programs) throws Exception {
        Path content =
                Files.createDirectories(folder.resolve("content").resolve(name).resolve("bin"));
        Files.writeString(content.resolveSibling("release"), "JAVA_VERSION=\"25.0.3\"\n");
        for (String program : programs) {
            Path file = Files.writeString(
                    content.resolve(program),
                    "#!/bin/sh\n[ \"$*\" != -v ] || echo v22.22.0\necho \"%s ran $*\"\n".formatted(program));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Path archive = folder.resolve(name + ".tar.gz");
        assertThat(new ProcessBuilder(
                                "tar",
                                "-czf",
                                archive.toString(),
                                "-C",
                                folder.resolve("content").toString(),
                                name)
                        .start()
                        .waitFor())
                .isZero();
        return Files.readAllBytes(archive);
    }

    private byte[] line(String name) throws Exception {
        byte[] sum = MessageDigest.getInstance("SHA-256").digest(files.get(name));
        return (HexFormat.of().formatHex(sum) + "  " + name + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private void answer(HttpExchange exchange) {
        String address = exchange.getRequestURI().toString();
        asked.add(address);
        String name = address.substring(address.lastIndexOf('/') + 1);
        byte[] body = files.get(name);
        try (exchange) {
            if (body == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody()
                    .write(body, 0, files.containsKey(name + "/half") ? body.length / 2 : body.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
