package uz.ksb.pos.sales.sync;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.eventually;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.event.Ids;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.testing.Tokens;
import uz.ksb.pos.platform.testing.TopicReader;

@QuarkusTest
class SyncIngestionTest {
    private final String ksbId = Integer.toString(ThreadLocalRandom.current().nextInt(20_000_000, 90_000_000));
    private final UUID sync = UUID.randomUUID();
    private final UUID anna = UUID.randomUUID();
    private final UUID bek = UUID.randomUUID();

    @Test
    void customersOfADeltaAreStoredOnceHoweverOftenTheirEventsArrive() {
        String rows = rows(1, customer(anna, 7, "Anna", "-500.00"), customer(bek, 7, "Bek", "20"), "{\"id\":\"x\"}");
        CloudEvent first = event(PartMessage.ROWS);
        send(Topics.CUSTOMER_UPDATES, first, rows);
        send(Topics.CUSTOMER_UPDATES, first, rows);
        CloudEvent end = event(PartMessage.END);
        send(Topics.CUSTOMER_UPDATES, end, end(1, 3));
        send(Topics.CUSTOMER_UPDATES, end, end(1, 3));

        JsonPath answer = answer("customers");
        assertThat(answer.getInt("received")).isEqualTo(3);
        assertThat(answer.getInt("applied")).isEqualTo(2);
        assertThat(answer.getList("rejected.reason")).containsExactly("name is missing");
        assertThat(customer(anna).getString("balances[0].amount")).isEqualTo("-500.00");
        assertThat(count()).isEqualTo(2);
        assertThat(answers("customers")).hasSize(1);
        assertThat(TopicReader.all(
                        Topics.deadLetters(Topics.CUSTOMER_UPDATES),
                        one -> ksbId.equals(one.event().ksbId())))
                .hasSize(1);
    }

    @Test
    void aLateRowWithAnOlderVersionChangesNothingAndAnEqualOneIsUnchanged() {
        send(Topics.CUSTOMER_UPDATES, event(PartMessage.ROWS), rows(1, customer(anna, 9, "Anna Karimova", "5")));
        send(Topics.CUSTOMER_UPDATES, event(PartMessage.ROWS), rows(2, customer(anna, 8, "Anna", "1")));
        send(Topics.CUSTOMER_UPDATES, event(PartMessage.ROWS), rows(3, customer(anna, 10, "Anna Karimova", "5")));
        send(Topics.CUSTOMER_UPDATES, event(PartMessage.END), end(3, 3));

        JsonPath answer = answer("customers");
        assertThat(answer.getInt("applied")).isEqualTo(1);
        assertThat(answer.getInt("unchanged")).isEqualTo(2);
        assertThat(customer(anna).getString("name")).isEqualTo("Anna Karimova");
        assertThat(customer(anna).getLong("version")).isEqualTo(1);
    }

    @Test
    void aReadingThatWasBrokenOffAndRepeatedIsCountedOnce() {
        send(Topics.CUSTOMER_UPDATES, event(PartMessage.ROWS), rows(1, customer(anna, 5, "Anna", "1")));
        send(Topics.CUSTOMER_UPDATES, event(PartMessage.ROWS), rows(1, customer(anna, 6, "Anna", "1")));
        send(Topics.CUSTOMER_UPDATES, event(PartMessage.END), end(1, 1));

        assertThat(answer("customers").getInt("received")).isEqualTo(1);
        assertThat(answer("customers").getInt("applied")).isEqualTo(1);
    }

    @Test
    void aRunsBeginningIsAnsweredForTheSalesThatWait() {
        send(Topics.SYNC, event(PartMessage.REQUESTED), "{\"syncId\":\"" + sync + "\",\"first\":true}");

        assertThat(answer("sales").getInt("received")).isZero();
    }

    @Test
    void whatCannotBeUnderstoodGoesToTheDeadLettersAndTheNextIsTaken() {
        CloudEvent poison = event(PartMessage.ROWS);
        send(Topics.CUSTOMER_UPDATES, poison, "{broken");
        send(Topics.CUSTOMER_UPDATES, event(PartMessage.END), end(0, 0));

        assertThat(answer("customers").getInt("received")).isZero();
        eventually(() -> assertThat(TopicReader.all(Topics.deadLetters(Topics.CUSTOMER_UPDATES), one -> poison.id()
                        .equals(one.event().id())))
                .hasSize(1));
    }

    private JsonPath answer(String part) {
        eventually(() -> assertThat(answers(part)).isNotEmpty());
        return JsonPath.from(answers(part).getFirst());
    }

    private List<String> answers(String part) {
        return TopicReader.all(Topics.SYNC, one -> one.event().type().equals(PartMessage.APPLIED)).stream()
                .map(TopicReader.Published::data)
                .filter(data -> data.contains(sync.toString()) && data.contains("\"" + part + "\""))
                .toList();
    }

    private JsonPath customer(UUID id) {
        List<Map<String, Object>> found =
                given().auth().oauth2(token()).get("/api/customers").jsonPath().getList("items");
        return JsonPath.from(new io.vertx.core.json.JsonObject(found.stream()
                        .filter(one -> id.toString().equals(one.get("id")))
                        .findFirst()
                        .orElseThrow())
                .encode());
    }

    private int count() {
        return given().auth().oauth2(token()).get("/api/totals").jsonPath().getInt("customers");
    }

    private String token() {
        return Tokens.of(ksbId, Role.MANAGER).sign();
    }

    private static String customer(UUID id, long version, String name, String balance) {
        return """
                {"id":"%s","version":%d,"name":"%s","balances":[{"currency":"UZS","amount":"%s"}]}""".formatted(id, version, name, balance);
    }

    private String rows(int chunk, String... rows) {
        return "{\"syncId\":\"%s\",\"part\":\"customers\",\"chunk\":%d,\"rows\":[%s]}"
                .formatted(sync, chunk, String.join(",", rows));
    }

    private String end(int chunks, int rows) {
        return "{\"syncId\":\"%s\",\"part\":\"customers\",\"chunks\":%d,\"rows\":%d}".formatted(sync, chunks, rows);
    }

    private CloudEvent event(String type) {
        return new CloudEvent(Ids.next(), type, "sync-service", Instant.EPOCH, sync.toString(), ksbId, null);
    }

    private void send(String topic, CloudEvent event, String data) {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", System.getProperty("kafka.bootstrap.servers")),
                new StringSerializer(),
                new StringSerializer())) {
            ProducerRecord<String, String> record = new ProducerRecord<>(topic, ksbId, data);
            event.writeTo(record.headers());
            producer.send(record).get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
