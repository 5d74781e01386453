package uz.ksb.pos.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import uz.ksb.pos.kubernetes.Overlay;
import uz.ksb.pos.kubernetes.Project;

/** The alerts can be evaluated, fire and end, name what is there, and each is explained. */
class RulesTest {
    private static final String FOLDER = "deploy/observability";
    private static final String RUNBOOK = "docs/operations.md#";
    private static final Pattern SECTION = Pattern.compile("(?m)^### (\\w+)$");

    private static final JsonNode RULES =
            Project.yaml(Project.text(FOLDER + "/rules.yaml")).getFirst();

    static Stream<JsonNode> rules() {
        return RULES.path("groups").valueStream().flatMap(group -> group.path("rules")
                .valueStream());
    }

    static Set<String> recorded() {
        return rules().filter(rule -> rule.has("record"))
                .map(rule -> rule.path("record").asString())
                .collect(Collectors.toSet());
    }

    private static List<JsonNode> alerts() {
        return rules().filter(rule -> rule.has("alert")).toList();
    }

    private static List<String> names() {
        return alerts().stream().map(alert -> alert.path("alert").asString()).toList();
    }

    @Test
    void prometheusUnderstandsTheRulesAndItsConfiguration() {
        Promtool.required();
        assertThat(Promtool.run(Project.file(FOLDER), "check", "rules", "rules.yaml"))
                .matches(result -> result.status() == 0);
        assertThat(Promtool.run(Project.file(FOLDER), "check", "config", "prometheus.yml"))
                .matches(result -> result.status() == 0);
    }

    @Test
    void eachAlertFiresInItsFaultAndEndsAfterIt() {
        JsonNode tests = Project.yaml(Project.text(FOLDER + "/rules-test.yaml"))
                .getFirst()
                .path("tests");
        Map<String, List<Integer>> firing = tests.valueStream()
                .flatMap(test -> test.path("alert_rule_test").valueStream())
                .collect(Collectors.groupingBy(
                        test -> test.path("alertname").asString(),
                        Collectors.mapping(test -> test.path("exp_alerts").size(), Collectors.toList())));
        assertThat(firing.keySet()).containsExactlyInAnyOrderElementsOf(names());
        assertThat(firing.values()).allSatisfy(alerts -> assertThat(alerts).containsExactly(1, 0));

        Promtool.required();
        assertThat(Promtool.run(Project.file(FOLDER), "test", "rules", "rules-test.yaml"))
                .matches(result -> result.status() == 0);
    }

    @Test
    void eachAlertHasASectionOfTheOperationsGuide() {
        List<String> sections = SECTION.matcher(Project.text("docs/operations.md"))
                .results()
                .map(section -> section.group(1))
                .toList();
        assertThat(sections).containsExactlyInAnyOrderElementsOf(names());
        assertThat(alerts()).allSatisfy(alert -> {
            assertThat(alert.at("/annotations/runbook").asString())
                    .isEqualToIgnoringCase(RUNBOOK + alert.path("alert").asString());
            assertThat(alert.at("/annotations/summary").asString()).isNotBlank();
            assertThat(alert.at("/labels/severity").asString()).isIn("page", "ticket");
        });
    }

    @Test
    void rulesNameOnlyMetricsThatAreExposed() {
        Set<String> recorded = recorded();
        assertThat(rules().map(rule -> rule.path("expr").asString()))
                .allSatisfy(query ->
                        assertThat(Metrics.unknownIn(query, recorded)).as(query).isEmpty());
    }

    /** A scaler that asks for nothing scales nothing. */
    @Test
    void scalersNameOnlyMetricsThatAreExposed() {
        assertThat(Overlay.of(Overlay.PRODUCTION)
                        .ofKind("ScaledObject")
                        .flatMap(scaler -> scaler.spec().path("triggers").valueStream())
                        .map(trigger -> trigger.at("/metadata/query").asString(""))
                        .filter(query -> !query.isEmpty()))
                .hasSize(3)
                .allSatisfy(query ->
                        assertThat(Metrics.unknownIn(query, Set.of())).as(query).isEmpty());
    }

    @Test
    void aMetricThatNobodyExposesIsFound() {
        assertThat(Metrics.unknownIn(
                        "sum by (colour) (rate(pos_outbox_events{job=\"x\"}[5m])) > other_metric", Set.of()))
                .containsExactlyInAnyOrder("pos_outbox_events[colour]", "other_metric[colour]");
    }

    @Test
    void kubernetesHasTheSameRules() {
        JsonNode object = Project.yaml(Project.text("deploy/kubernetes/components/monitoring/rules.yaml"))
                .getFirst();
        assertThat(object.path("spec"))
                .as(
                        "(sed -n '1,/^spec:/p' rules.yaml; sed 's/^\\(.\\)/  \\1/' ../../../observability/rules.yaml) makes it anew")
                .isEqualTo(RULES);
    }

    @Test
    void prometheusReadsEveryService() {
        JsonNode jobs = Project.yaml(Project.text(FOLDER + "/prometheus.yml"))
                .getFirst()
                .path("scrape_configs");
        assertThat(jobs.valueStream().map(job -> job.path("job_name").asString()))
                .containsExactlyInAnyOrderElementsOf(Project.SERVICES);
        assertThat(jobs).allSatisfy(job -> {
            String service = job.path("job_name").asString();
            assertThat(job.path("metrics_path").asString()).isEqualTo("/q/metrics");
            assertThat(job.at("/static_configs/0/targets/0").asString())
                    .isEqualTo(service + ":" + Project.properties(service).getProperty("quarkus.http.port"));
        });
    }
}
