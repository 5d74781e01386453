package uz.ksb.pos.local.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The images start a service as the launcher does, with at least its heap. */
class LauncherOptionsTest {
    private static final Path DEPLOY = Path.of("").toAbsolutePath().getParent();
    private static final Pattern HEAP = Pattern.compile("-XX:MaxRAMPercentage=(\\d+)");
    private static final Pattern LIMIT = Pattern.compile("limits:\\s+cpu: \\S+\\s+memory: (\\d+)(Mi|Gi)");

    static List<Service> services() {
        return Service.ALL.stream()
                .filter(service -> service.program() == Service.Program.QUARKUS)
                .toList();
    }

    private static List<String> options() throws IOException {
        return Files.readAllLines(DEPLOY.resolve("images/jvm.options")).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    @Test
    void theImagesHaveTheLaunchersOptions() throws IOException {
        List<String> launcher = Java.command("1m", List.of()).stream()
                .skip(1)
                .filter(option -> !option.startsWith("-Xm"))
                .toList();

        assertThat(options().stream().filter(option -> !option.contains("RAMPercentage")))
                .containsAll(launcher);
        assertThat(Files.readString(DEPLOY.resolve("images/Dockerfile")))
                .contains(Java.FEW_ARENAS.entrySet().stream()
                        .map(variable -> "ENV " + variable.getKey() + "=" + variable.getValue())
                        .toList());
    }

    /** The benchmark of the start reads those of the images. */
    @Test
    void theImagesUseTheirCacheAsTheLauncherDoes() throws IOException {
        assertThat(options().stream().filter(option -> option.startsWith("-XX:Tier") || option.startsWith("-Xlog")))
                .containsExactlyInAnyOrderElementsOf(Java.WITH_CACHE);
    }

    @ParameterizedTest
    @MethodSource("services")
    void theLimitHoldsAtLeastTheLaunchersHeap(Service service) throws IOException {
        Matcher limit =
                LIMIT.matcher(Files.readString(DEPLOY.resolve("kubernetes/base/" + service.name() + "/service.yaml")));
        assertThat(limit.find()).isTrue();
        int mebibytes = Integer.parseInt(limit.group(1)) * (limit.group(2).equals("Gi") ? 1024 : 1);
        int percent = options().stream()
                .map(HEAP::matcher)
                .filter(Matcher::matches)
                .map(option -> Integer.parseInt(option.group(1)))
                .findFirst()
                .orElseThrow();

        assertThat(mebibytes * percent / 100)
                .isGreaterThanOrEqualTo(Integer.parseInt(service.heap().replace("m", "")));
    }
}
