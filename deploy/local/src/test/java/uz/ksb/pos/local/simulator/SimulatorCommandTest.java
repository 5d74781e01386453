package uz.ksb.pos.local.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.local.Pos;

/** {@code ./pos simulator}, as others start it. */
class SimulatorCommandTest {
    private static final Pattern LOGIN = Pattern.compile("HTTP Basic: (\\S+) / (\\S+)");
    private static final Pattern PAGE = Pattern.compile("page +(\\S+)/");

    @Test
    void itSaysWhereItIsAndWithWhichPassword() throws Exception {
        Process process = start("--port", "0", "--products", "1000", "--any-enterprise");
        try {
            String said = untilReady(process);
            String address = found(PAGE, said).group(1);
            Matcher login = found(LOGIN, said);
            String basic = Base64.getEncoder()
                    .encodeToString((login.group(1) + ":" + login.group(2)).getBytes(StandardCharsets.UTF_8));

            assertThat(ask(address + "/_sim/enterprises", basic)).contains("\"products\":1000");
            assertThat(ask(address + "/hs/ksbmerp_pos/ping/ksb?text=pos&ksb_id=12345678&device_id=d", basic))
                    .contains("successfully");
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void aMistakeIsNamed() throws Exception {
        Process process = start("--products", "5");

        assertThat(process.inputReader().lines().collect(Collectors.joining("\n")))
                .isEqualTo("pos: The sample shop has 300 to 100000 products, not 5");
        assertThat(process.waitFor()).isEqualTo(1);
    }

    private static Process start(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-cp",
                System.getProperty("java.class.path"),
                Pos.class.getName(),
                "simulator"));
        command.addAll(List.of(options));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static String untilReady(Process process) throws IOException {
        StringBuilder said = new StringBuilder();
        while (said.indexOf("Ctrl-C") < 0) {
            String line = process.inputReader().readLine();
            assertThat(line).as(said::toString).isNotNull();
            said.append(line).append('\n');
        }
        return said.toString();
    }

    private static Matcher found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher;
    }

    private static String ask(String address, String basic) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                    .header("Authorization", "Basic " + basic)
                    .build();
            return http.send(request, BodyHandlers.ofString()).body();
        }
    }
}
