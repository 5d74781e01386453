package uz.ksb.pos.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import uz.ksb.pos.kubernetes.Project;

/** Grafana can show the dashboards: their queries can be evaluated and name what is there. */
class DashboardsTest {
    private static final String FOLDER = "deploy/observability/dashboards/";
    private static final List<String> DASHBOARDS = List.of("shop-floor", "delivery", "gateway", "kafka", "database");

    /** JSON is YAML too. */
    private static JsonNode dashboard(String name) {
        return Project.yaml(Project.text(FOLDER + name + ".json")).getFirst();
    }

    private static Stream<String> queries() {
        return DASHBOARDS.stream()
                .flatMap(name -> dashboard(name).path("panels").valueStream())
                .flatMap(panel -> panel.path("targets").valueStream())
                .map(target -> target.path("expr").asString());
    }

    @Test
    void eachDashboardHasPanelsOfTheChosenPrometheus() {
        assertThat(DASHBOARDS).allSatisfy(name -> {
            JsonNode dashboard = dashboard(name);
            assertThat(dashboard.path("uid").asString()).isEqualTo("pos-" + name);
            assertThat(dashboard.at("/templating/list/0/name").asString()).isEqualTo("datasource");
            List<JsonNode> panels = dashboard.path("panels").valueStream().toList();
            assertThat(panels).hasSizeGreaterThan(4);
            assertThat(panels.stream().map(panel -> panel.path("id").asInt())).doesNotHaveDuplicates();
            assertThat(panels).allSatisfy(panel -> {
                assertThat(panel.path("title").asString()).isNotBlank();
                assertThat(panel.at("/datasource/uid").asString()).isEqualTo("${datasource}");
                assertThat(panel.at("/fieldConfig/defaults/unit").asString()).isNotBlank();
                assertThat(panel.path("targets")).isNotEmpty();
            });
        });
    }

    @Test
    void allDashboardsAreTested() {
        assertThat(Project.file(FOLDER).toFile().list())
                .containsExactlyInAnyOrderElementsOf(
                        DASHBOARDS.stream().map(name -> name + ".json").toList());
    }

    @Test
    void queriesNameOnlyMetricsThatAreExposed() {
        Set<String> recorded = RulesTest.recorded();
        assertThat(queries()).hasSizeGreaterThan(30).allSatisfy(query -> assertThat(Metrics.unknownIn(query, recorded))
                .as(query)
                .isEmpty());
    }

    /** Checked as rules, which promtool can read. */
    @Test
    void prometheusUnderstandsTheQueries(@TempDir Path folder) throws IOException {
        Promtool.required();
        List<String> queries = queries().toList();
        String rules = IntStream.range(0, queries.size())
                .mapToObj(i -> "  - record: query%d\n    expr: '%s'\n".formatted(i, queries.get(i)))
                .collect(Collectors.joining());
        Files.writeString(folder.resolve("queries.yaml"), "groups:\n- name: queries\n  rules:\n" + rules);

        assertThat(Promtool.run(folder, "check", "rules", "queries.yaml")).matches(result -> result.status() == 0);
    }
}
