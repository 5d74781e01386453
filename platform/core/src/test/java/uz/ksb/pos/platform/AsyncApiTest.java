package uz.ksb.pos.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The services' AsyncAPI documents are valid by the parser of the AsyncAPI project. Skipped where there is no npm. */
class AsyncApiTest {
    private static final Path ROOT = Path.of("../..");
    private static final Path CHECK = Path.of("src/test/asyncapi");
    private static final long LIMIT_SECONDS = 180;

    private record Ended(int status, String output) {}

    @Test
    void documentsAreValidByTheParserOfTheirStandard() throws Exception {
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
        assertThat(checked.output().lines()).hasSize(documents().size());
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
