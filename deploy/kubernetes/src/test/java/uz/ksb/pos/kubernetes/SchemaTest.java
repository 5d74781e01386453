package uz.ksb.pos.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** Every rendered object has the form that Kubernetes or its operator expects. */
class SchemaTest {
    static List<Overlay> overlays() {
        return Overlay.all().toList();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void noObjectOfKubernetesHasAnUnknownField(Overlay overlay) {
        assertThat(overlay.objects().stream().filter(KubernetesModel::knows))
                .hasSizeGreaterThan(30)
                .allSatisfy(object -> assertThat(KubernetesModel.faults(object)).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyOtherObjectFitsTheSchemaOfItsOperator(Overlay overlay) {
        CrdSchemas schemas = CrdSchemas.load();

        assertThat(overlay.objects().stream().filter(object -> !KubernetesModel.knows(object)))
                .hasSizeGreaterThan(30)
                .allSatisfy(object ->
                        assertThat(schemas.faults(object)).as(object.toString()).isEmpty());
    }

    @Test
    void anUnknownFieldIsFoundByBothWays() {
        Overlay overlay = Overlay.of(Overlay.PRODUCTION);
        assumeTrue(CrdSchemas.arePresent());

        for (String kind : List.of("Deployment", "Kafka")) {
            ObjectNode changed = (ObjectNode)
                    overlay.ofKind(kind).findFirst().orElseThrow().json().deepCopy();
            ((ObjectNode) changed.path("spec")).put("replica", 3);
            Overlay.Manifest wrong = new Overlay.Manifest(changed);
            List<String> faults = KubernetesModel.knows(wrong)
                    ? KubernetesModel.faults(wrong)
                    : CrdSchemas.load().faults(wrong);
            assertThat(faults).as(kind).singleElement().asString().contains("replica");
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void noTwoObjectsHaveTheSameName(Overlay overlay) {
        assertThat(overlay.objects().stream().map(object -> Map.entry(object.apiVersion(), object.toString())))
                .doesNotHaveDuplicates();
    }
}
