package uz.ksb.pos.sync.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.event.Event;
import uz.ksb.pos.platform.ksbmerp.BackOfficeFailure;
import uz.ksb.pos.sync.run.domain.Part;
import uz.ksb.pos.sync.run.domain.Run;
import uz.ksb.pos.sync.run.domain.SyncView;
import uz.ksb.pos.sync.run.domain.SyncView.PartState;
import uz.ksb.pos.sync.run.domain.SyncView.PartView;
import uz.ksb.pos.sync.run.domain.SyncView.RejectedRow;
import uz.ksb.pos.sync.run.domain.SyncView.Status;

/** The events look as the examples that asyncapi.yaml refers to. */
class SyncEventsTest {
    private static final Instant STARTED = Instant.parse("2026-11-30T04:00:00Z");
    private static final Instant FINISHED = Instant.parse("2026-11-30T04:00:09Z");

    private final ObjectMapper json = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
    private final Run run = new Run(
            UUID.fromString("01930000-0000-7000-8000-000000000001"),
            "10000001",
            "0193a000-0000-7000-8000-00000000000a",
            false,
            true);

    private void mustLookAsIn(String example, Event event) throws IOException {
        try (InputStream golden = SyncEventsTest.class.getResourceAsStream("/golden/" + example)) {
            assertThat(json.<JsonNode>valueToTree(event.data())).isEqualTo(json.readTree(golden));
        }
        assertThat(event.type() + ".v1.json").isEqualTo(example);
    }

    private SyncView view(Status status, PartState state, Instant finishedAt, Instant nextAllowedAt) {
        PartView products = new PartView(
                "products",
                state,
                300,
                12,
                287,
                1,
                List.of(new RejectedRow("p-1", "unit: unknown")),
                "the back office's answer to product_update is not JSON",
                "back-office-unreadable");
        return new SyncView(run.id(), status, false, List.of(products), STARTED, finishedAt, nextAllowedAt);
    }

    /** Clients choose their words by them. */
    @Test
    void theDocumentNamesEveryPartStateAndReason() throws IOException {
        JsonNode schemas = new ObjectMapper(new YAMLFactory())
                .readTree(Path.of("asyncapi.yaml").toFile())
                .at("/components/schemas");
        JsonNode part = schemas.at("/run/properties/parts/items/properties");
        Set<String> reasons = Pattern.compile("new FailureReason\\(\"([a-z-]+)\"")
                .matcher(Files.readString(Path.of("src/main/java/uz/ksb/pos/sync/run/domain/FailureReason.java")))
                .results()
                .map(reason -> reason.group(1))
                .collect(Collectors.toSet());
        Stream.of(BackOfficeFailure.Reason.values()).forEach(reason -> reasons.add(reason.code()));

        assertThat(words(schemas.at("/part"))).isEqualTo(Set.copyOf(Part.labels()));
        assertThat(words(schemas.at("/run/properties/status"))).isEqualTo(names(Status.values()));
        assertThat(words(part.path("state"))).isEqualTo(names(PartState.values()));
        assertThat(words(part.path("reasonCode"))).isEqualTo(reasons);
    }

    private static Set<String> words(JsonNode schema) {
        return schema.path("enum")
                .valueStream()
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .collect(Collectors.toSet());
    }

    private static Set<String> names(Enum<?>[] values) {
        return Stream.of(values).map(Enum::name).collect(Collectors.toSet());
    }

    @Test
    void eventsLookAsTheirExamples() throws IOException {
        mustLookAsIn("sync.requested.v1.json", SyncEvents.requested(run));
        SyncView running = view(Status.RUNNING, PartState.WAITING, null, Instant.parse("2026-11-30T04:10:00Z"));
        mustLookAsIn("sync.progress.v1.json", SyncEvents.progress(run, running));
        mustLookAsIn(
                "sync.completed.v1.json",
                SyncEvents.completed(run, view(Status.COMPLETED, PartState.APPLIED, FINISHED, null)));
        mustLookAsIn(
                "sync.failed.v1.json", SyncEvents.failed(run, view(Status.FAILED, PartState.FAILED, FINISHED, null)));
    }
}
