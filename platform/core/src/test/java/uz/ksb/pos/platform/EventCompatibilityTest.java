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
import org.junit.jupiter.api.Test;

/**
 * Events stay readable for one version: each golden example of the last release still stands here, with every member that it had,
 * of the same kind. So the release's consumers find in this version's events all they may have read. Members may be added.
 */
class EventCompatibilityTest {
    private static final Path ROOT = Sources.root();
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The members of {@code before} that {@code now} has lost, as paths. */
    private static List<String> lost(JsonNode before, JsonNode now, String path) {
        List<String> lost = new ArrayList<>();
        if (before.isNull() || now.isNull()) {
            return lost;
        }
        if (before.getNodeType() != now.getNodeType()) {
            lost.add(path + " was " + before.getNodeType() + " and is " + now.getNodeType());
        } else if (before.isObject()) {
            before.properties()
                    .forEach(member -> lost.addAll(
                            lost(member.getValue(), now.path(member.getKey()), path + "." + member.getKey())));
        } else if (before.isArray() && !before.isEmpty() && !now.isEmpty()) {
            lost.addAll(lost(before.get(0), now.get(0), path + "[0]"));
        }
        return lost;
    }

    @Test
    void aLostMemberOrAnotherKindIsNoticed() throws IOException {
        JsonNode before = JSON.readTree("{\"id\":\"a\",\"lines\":[{\"price\":\"1\"}],\"rate\":null}");

        assertThat(lost(
                        before,
                        JSON.readTree("{\"id\":\"b\",\"lines\":[{\"price\":\"2\",\"vat\":\"12\"}],\"new\":1}"),
                        ""))
                .isEmpty();
        assertThat(lost(before, JSON.readTree("{\"id\":7,\"lines\":[{}]}"), ""))
                .containsExactlyInAnyOrder(".id was STRING and is NUMBER", ".lines[0].price was STRING and is MISSING");
    }

    @Test
    void eventsHaveAllThatThoseOfTheLastReleaseHad() throws Exception {
        String release = git("tag", "--list", "v[0-9]*", "--sort=-v:refname", "--merged")
                .lines()
                .findFirst()
                .orElse("");
        assumeTrue(!release.isEmpty(), "there is no release yet: no tag v* leads to this commit");
        List<String> examples = git("ls-tree", "-r", "--name-only", release)
                .lines()
                .filter(file -> file.matches(".*/src/test/resources/golden/(events/)?[a-z.-]+(\\.v1)?\\.json")
                        && !file.endsWith("sale-arithmetic.json"))
                .toList();

        assertThat(examples).hasSizeGreaterThan(20).allSatisfy(file -> {
            assertThat(ROOT.resolve(file)).exists();
            JsonNode now = JSON.readTree(Files.readString(ROOT.resolve(file), StandardCharsets.UTF_8));
            assertThat(lost(JSON.readTree(git("show", release + ":" + file)), now, ""))
                    .as(file)
                    .isEmpty();
        });
    }

    /** Empty where there is no git, as in an archive of the sources. */
    private static String git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-C", ROOT.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? output : "";
    }
}
