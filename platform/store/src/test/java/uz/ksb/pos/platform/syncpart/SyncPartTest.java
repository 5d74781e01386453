package uz.ksb.pos.platform.syncpart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uz.ksb.pos.platform.testing.Eventually.eventually;
import static uz.ksb.pos.platform.testing.TestInfrastructure.execute;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.PlatformProfile;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.event.Ids;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.testing.TopicReader;

@QuarkusTest
@TestProfile(PlatformProfile.class)
class SyncPartTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Inject
    SyncPartConsumer parts;

    @Inject
    SyncPartLedger ledger;

    @Inject
    ObjectMapper json;

    private final UUID syncId = UUID.randomUUID();
    private final String ksbId = syncId.toString().replaceAll("\\D", "0").substring(0, 8);

    /** Rows are numbers: negative ones are rejected, and 0 breaks a constraint of the database. */
    private static final class Numbers implements SyncPartHandler {
        @Override
        public boolean handles(String part) {
            return "numbers".equals(part);
        }

        @Override
        public Uni<RowsResult> apply(SqlConnection connection, CloudEvent event, SyncPart.Rows message) {
            List<RowsResult.Rejected> rejected = new ArrayList<>();
            for (int place = 0; place < message.rows().size(); place++) {
                JsonNode row = message.rows().get(place);
                if (row.asInt() < 0) {
                    rejected.add(RowsResult.Rejected.of(place, row, "negative"));
                }
                if (row.asInt() == 0) {
                    return connection.query("select 1 / 0").execute().replaceWith(new RowsResult(0, List.of()));
                }
            }
            return Uni.createFrom().item(new RowsResult(message.rows().size() - rejected.size(), rejected));
        }
    }

    @Test
    void aPartIsAnsweredWithWhatArrived() throws Exception {
        rows(0, 1, "1,2");
        rows(0, 3, "3");
        end(0, 3, 4);

        assertThat(answer().get("received").asInt()).isEqualTo(3);
        assertThat(answer().get("applied").asInt()).isEqualTo(3);
    }

    @Test
    void aConstraintErrorDoesNotStopTheNextMessage() throws Exception {
        assertThatThrownBy(() -> rows(0, 1, "1,0")).hasMessageContaining("division by zero");
        rows(0, 2, "1");
        end(0, 2, 3);

        assertThat(answer().get("received").asInt()).isEqualTo(1);
    }

    @Test
    void rejectionsAreCappedAndCounted() throws Exception {
        String negative = IntStream.range(0, 300).mapToObj(i -> "-1").collect(Collectors.joining(","));
        rows(0, 1, negative + ",5");
        rows(0, 2, negative);
        end(0, 2, 601);

        assertThat(answer().get("rejectedCount").asInt()).isEqualTo(600);
        assertThat(answer().get("rejected")).hasSize(100);
        assertThat(answer().get("received").asInt()).isEqualTo(601);
        assertThat(answer().get("applied").asInt()).isEqualTo(1);
    }

    @Test
    void rejectedRowsAreNamedByTheirPlace() throws Exception {
        rows(4, 2, "1,-1,2,-2");

        JsonNode rejected = published(RowsRejected.TYPE).getFirst();
        assertThat(rejected.get("places")).extracting(JsonNode::asInt).containsExactly(1, 3);
        assertThat(rejected.get("reading").asInt()).isEqualTo(4);
        assertThat(rejected.get("chunk").asInt()).isEqualTo(2);
        assertThat(published("row.rejected")).hasSize(2);
    }

    @Test
    void onlyTheReadingThatEndedIsCounted() throws Exception {
        rows(1, 1, "1,2");
        rows(1, 2, "3");
        rows(2, 1, "1,2");
        end(2, 2, 3);

        assertThat(answer().get("received").asInt()).isEqualTo(2);
    }

    @Test
    void aMessageThatIsNoPartIsRefused() {
        for (String garbage : new String[] {null, "", "null", "{}", "[1", "{\"syncId\":1}"}) {
            assertThatThrownBy(() -> receive("numbers.rows", garbage)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> receive("numbers.eaten", "{}")).hasMessageContaining("not known");
    }

    @Test
    void partsOfLongAgoAreForgotten() throws Exception {
        rows(0, 1, "1");
        execute("update sync_part_chunks set updated_at = updated_at - interval '8 days' where ksb_id = '" + ksbId
                + "'");
        ledger.forgetOld().await().atMost(LIMIT);
        end(0, 1, 1);

        assertThat(answer().get("received").asInt()).isZero();
    }

    @Test
    void theEventsLookAsPublished() throws IOException {
        UUID sync = UUID.fromString("018f3c1e-7b2a-7c3d-9e4f-000000000001");
        PartApplied applied = new PartApplied(
                sync,
                "products",
                500,
                3,
                496,
                1,
                List.of(new PartApplied.RejectedRow("00-0017", "unit quti is not known")));

        assertThat(written(applied)).isEqualTo(golden("sync.part-applied.v1.json"));
        assertThat(written(new RowsRejected(sync, "products", 7, 2, List.of(0, 41))))
                .isEqualTo(golden("sync.rows-rejected.v1.json"));
        assertThat(written(new RowsResult.RowRejected(
                        sync,
                        "products",
                        "00-0017",
                        "unit quti is not known",
                        "{\"id\":\"00-0017\",\"unit\":\"quti\"}")))
                .isEqualTo(golden("row.rejected.v1.json"));
        Instant read = Instant.parse("2026-11-30T04:00:00Z");
        JsonNode unit = json.readTree("{\"id\":\"quti\",\"version\":7,\"name\":\"Quti\"}");
        assertThat(written(new SyncPart.Rows(sync, "units", 7, 2, List.of(unit), read)))
                .isEqualTo(golden("rows.v1.json"));
        assertThat(written(new SyncPart.End(sync, "units", 7, 2, 501, read))).isEqualTo(golden("part.end.v1.json"));
    }

    private JsonNode written(Object event) throws IOException {
        return json.readTree(json.writeValueAsString(event));
    }

    private JsonNode golden(String name) throws IOException {
        return json.readTree(SyncPartTest.class.getResourceAsStream("/golden/" + name));
    }

    private void rows(long reading, int chunk, String rows) {
        receive(
                "numbers.rows",
                "{\"syncId\":\"%s\",\"part\":\"numbers\",\"reading\":%d,\"chunk\":%d,\"rows\":[%s]}"
                        .formatted(syncId, reading, chunk, rows));
    }

    private void end(long reading, int chunks, int rows) {
        receive(
                SyncPart.END,
                "{\"syncId\":\"%s\",\"part\":\"numbers\",\"reading\":%d,\"chunks\":%d,\"rows\":%d}"
                        .formatted(syncId, reading, chunks, rows));
    }

    private void receive(String type, String data) {
        ConsumerRecord<String, String> message = new ConsumerRecord<>(Topics.PRODUCT_UPDATES, 0, 0, ksbId, data);
        new CloudEvent(Ids.next(), type, "sync-service", Instant.EPOCH, syncId.toString(), ksbId, null)
                .writeTo(message.headers());
        parts.receive("numbers", message, new Numbers()).await().atMost(LIMIT);
    }

    private JsonNode answer() throws Exception {
        return published(PartApplied.TYPE).getFirst();
    }

    private List<JsonNode> published(String type) throws Exception {
        String topic = type.equals("row.rejected") ? Topics.deadLetters(Topics.PRODUCT_UPDATES) : Topics.SYNC;
        List<JsonNode> found = new ArrayList<>();
        eventually(() -> {
            found.clear();
            for (TopicReader.Published one : TopicReader.all(topic)) {
                if (one.event().type().equals(type)
                        && syncId.toString().equals(one.event().subject())) {
                    found.add(json.readTree(one.data()));
                }
            }
            assertThat(found).isNotEmpty();
        });
        return found;
    }
}
