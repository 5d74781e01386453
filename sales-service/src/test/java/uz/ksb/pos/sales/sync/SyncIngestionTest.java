package uz.ksb.pos.sales.sync;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.eventually;
import static uz.ksb.pos.platform.testing.TopicWriter.publish;
import static uz.ksb.pos.sales.SaleFixture.allIsPublished;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.event.Ids;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.syncpart.PartApplied;
import uz.ksb.pos.platform.syncpart.SyncPart;
import uz.ksb.pos.platform.testing.Tokens;
import uz.ksb.pos.platform.testing.TopicReader;
import uz.ksb.pos.sales.SaleFixture;

@QuarkusTest
class SyncIngestionTest {
    private final String ksbId = Integer.toString(ThreadLocalRandom.current().nextInt(20_000_000, 90_000_000));
    private final UUID sync = UUID.randomUUID();
    private final UUID anna = UUID.randomUUID();
    private final UUID bek = UUID.randomUUID();

    @Test
    void customersOfADeltaAreStoredOnceHoweverOftenTheirEventsArrive() {
        String rows = rows(1, customer(anna, 7, "Anna", "-500.00"), customer(bek, 7, "Bek", "20"), "{\"id\":\"x\"}");
        CloudEvent first = event("customers.rows");
        publish(Topics.CUSTOMER_UPDATES, first, rows);
        publish(Topics.CUSTOMER_UPDATES, first, rows);
        CloudEvent end = event(SyncPart.END);
        publish(Topics.CUSTOMER_UPDATES, end, end(1, 3));
        publish(Topics.CUSTOMER_UPDATES, end, end(1, 3));

        JsonPath answer = answer("customers");
        assertThat(answer.getInt("received")).isEqualTo(3);
        assertThat(answer.getInt("applied")).isEqualTo(2);
        assertThat(answer.getList("rejected.reason")).containsExactly("name is missing");
        assertThat(customer(anna).getString("balances[0].amount")).isEqualTo("-500.00");
        assertThat(count()).isEqualTo(2);
        allIsPublished();
        assertThat(answers("customers")).hasSize(1);
        assertThat(TopicReader.all(
                        Topics.deadLetters(Topics.CUSTOMER_UPDATES),
                        one -> ksbId.equals(one.event().ksbId())))
                .hasSize(1);
    }

    @Test
    void anOlderRowChangesNothingAndAnEqualOneIsUnchanged() {
        publish(Topics.CUSTOMER_UPDATES, event("customers.rows"), rows(1, customer(anna, 9, "Anna Karimova", "5")));
        publish(Topics.CUSTOMER_UPDATES, event("customers.rows"), rows(2, customer(anna, 8, "Anna", "1")));
        publish(Topics.CUSTOMER_UPDATES, event("customers.rows"), rows(3, customer(anna, 10, "Anna Karimova", "5")));
        publish(Topics.CUSTOMER_UPDATES, event(SyncPart.END), end(3, 3));

        JsonPath answer = answer("customers");
        assertThat(answer.getInt("applied")).isEqualTo(1);
        assertThat(answer.getInt("unchanged")).isEqualTo(2);
        assertThat(customer(anna).getString("name")).isEqualTo("Anna Karimova");
        assertThat(customer(anna).getLong("version")).isEqualTo(1);
    }

    @Test
    void aLaterReadingWithTheSameContentMakesWhatWasReadBeforeItStale() throws Exception {
        publish(Topics.CUSTOMER_UPDATES, event("customers.rows"), rows(1, customer(anna, 5, "Anna", "1")));
        publish(Topics.CUSTOMER_UPDATES, event("customers.rows"), rows(2, customer(anna, 9, "Anna", "1")));
        publish(Topics.CUSTOMER_UPDATES, event("customers.rows"), rows(3, customer(anna, 7, "Hanna", "2")));
        publish(Topics.CUSTOMER_UPDATES, event(SyncPart.END), end(3, 3));

        assertThat(answer("customers").getInt("applied")).isEqualTo(1);
        assertThat(customer(anna).getString("name")).isEqualTo("Anna");
        assertThat(customer(anna).getLong("version")).isEqualTo(1);
        assertThat(changesOf(anna)).hasSize(1);
    }

    @Test
    void aDeletedCustomerIsArchivedOnceAndStaysSo() {
        publish(Topics.CUSTOMER_UPDATES, event("customers.rows"), rows(1, customer(anna, 5, "Anna", "1")));
        publish(
                Topics.CUSTOMER_UPDATES,
                event("customers.rows"),
                rows(2, "{\"id\":\"%s\",\"version\":8,\"name\":\"\",\"deleted\":true}".formatted(anna)));
        publish(Topics.CUSTOMER_UPDATES, event("customers.rows"), rows(3, customer(anna, 7, "Anna", "1")));
        publish(
                Topics.CUSTOMER_UPDATES,
                event("customers.rows"),
                rows(4, "{\"id\":\"%s\",\"version\":9,\"deleted\":true}".formatted(anna)));
        publish(Topics.CUSTOMER_UPDATES, event(SyncPart.END), end(4, 4));

        assertThat(answer("customers").getInt("applied")).isEqualTo(2);
        JsonPath view =
                given().auth().oauth2(token()).get("/api/customers/" + anna).jsonPath();
        assertThat(view.getBoolean("archived")).isTrue();
        assertThat(view.getString("name")).isEqualTo("Anna");
        assertThat(count()).isZero();
    }

    @Test
    void rowsThatCannotBeStoredRejectThemselvesOnly() {
        publish(
                Topics.CUSTOMER_UPDATES,
                event("customers.rows"),
                rows(
                        1,
                        customer(anna, 5, "A\\u0000", "1"),
                        "{\"id\":\"%s\",\"version\":1,\"name\":\"B\",\"phone\":\"%s\"}".formatted(bek, "9".repeat(400)),
                        customer(bek, 5, "Bek", "1e40"),
                        "null",
                        "17",
                        customer(UUID.randomUUID(), 5, "\\ud800", "1"),
                        customer(bek, 5, "Bek", "1")));
        publish(Topics.CUSTOMER_UPDATES, event(SyncPart.END), end(1, 7));

        assertThat(answer("customers").getInt("applied")).isEqualTo(1);
        assertThat(answer("customers").getList("rejected")).hasSize(6);
        assertThat(customer(bek).getString("balances[0].amount")).isEqualTo("1.00");
    }

    /** Events overtake each other: what decides is when the reading began, not when its rows arrive. */
    @Test
    void aDebtCountsBesidesTheBackOfficesValueUntilItIsReadThere() throws Exception {
        Instant began = Instant.parse("2026-11-02T05:00:00Z");
        sendRows(1, began, customer(anna, 1, "Anna", "-500.00"));
        UUID sale = aDebt(anna);
        eventually(() -> assertThat(balance()).isEqualTo("-30500.00"));

        // Read before the back office got the sale, stored after it: the sale is not in it.
        delivered(sale, began.plusSeconds(100));
        sendRows(2, began.plusSeconds(99), customer(anna, 2, "Anna", "-400.00"));
        eventually(() -> assertThat(balance()).isEqualTo("-30400.00"));
        sendEnd(2, began.plusSeconds(99));

        // The next reading began later and says: it is in it.
        sendRows(3, began.plusSeconds(101), customer(anna, 3, "Anna", "-30400.00"));
        long version = 4;
        eventually(() -> assertThat(customer(anna).getLong("version")).isEqualTo(version));
        sendEnd(3, began.plusSeconds(101));
        // A late end of the older reading changes nothing.
        sendEnd(2, began.plusSeconds(99));
        barrier();
        assertThat(balance()).isEqualTo("-30400.00");
        assertThat(customer(anna).getLong("version")).isEqualTo(version);
    }

    @Test
    void aReadingContainsDebtsSettledBeforeItWhateverItBrings() throws Exception {
        Instant began = Instant.parse("2026-11-02T05:00:00Z");
        sendRows(1, began, customer(anna, 1, "Anna", "-30000.00"), customer(bek, 1, "Bek", "-30000.00"));
        UUID ofAnna = aDebt(anna);
        UUID ofBek = aDebt(bek);
        UUID waiting = aDebt(bek);
        eventually(() -> assertThat(balance()).isEqualTo("-60000.00"));
        // The back office had them already when it was read; its answers were lost and came later.
        delivered(ofAnna, began.plusSeconds(10));
        delivered(ofBek, began.plusSeconds(10));
        sendRows(1, began.plusSeconds(20), customer(anna, 2, "Anna", "-30000.00"));
        sendEnd(1, began.plusSeconds(20));

        eventually(() -> assertThat(balance()).isEqualTo("-30000.00"));
        assertThat(customer(bek).getString("balances[0].amount")).isEqualTo("-60000.00");
        assertThat(waiting).isNotNull();
    }

    @Test
    void aReadingThatWasBrokenOffAndRepeatedIsCountedOnce() {
        publish(Topics.CUSTOMER_UPDATES, event("customers.rows"), rows(1, customer(anna, 5, "Anna", "1")));
        publish(Topics.CUSTOMER_UPDATES, event("customers.rows"), rows(1, customer(anna, 6, "Anna", "1")));
        publish(Topics.CUSTOMER_UPDATES, event(SyncPart.END), end(1, 1));

        assertThat(answer("customers").getInt("received")).isEqualTo(1);
        assertThat(answer("customers").getInt("applied")).isEqualTo(1);
    }

    @Test
    void aRunsBeginningIsAnsweredForTheSalesThatWait() {
        publish(Topics.SYNC, event("sync.requested"), "{\"syncId\":\"" + sync + "\",\"first\":true}");

        assertThat(answer("sales").getInt("received")).isZero();
    }

    @Test
    void whatCannotBeUnderstoodGoesToTheDeadLettersAndTheNextIsTaken() {
        CloudEvent poison = event("customers.rows");
        publish(Topics.CUSTOMER_UPDATES, poison, "{broken");
        publish(Topics.CUSTOMER_UPDATES, event(SyncPart.END), end(0, 0));

        assertThat(answer("customers").getInt("received")).isZero();
        eventually(() -> assertThat(TopicReader.all(Topics.deadLetters(Topics.CUSTOMER_UPDATES), one -> poison.id()
                        .equals(one.event().id())))
                .hasSize(1));
    }

    @Test
    void anIncompleteMessageIsADeadLetterAndHoldsUpNothing() {
        List<CloudEvent> poison = List.of(event("customers.rows"), event("customers.rows"), event(SyncPart.END));
        publish(
                Topics.CUSTOMER_UPDATES,
                poison.get(0),
                "{\"syncId\":\"" + sync + "\",\"part\":\"customers\",\"chunk\":1}");
        publish(Topics.CUSTOMER_UPDATES, poison.get(1), "null");
        publish(Topics.CUSTOMER_UPDATES, poison.get(2), "{}");
        publish(Topics.CUSTOMER_UPDATES, event(SyncPart.END), end(0, 0));

        assertThat(answer("customers").getInt("received")).isZero();
        eventually(() -> assertThat(TopicReader.all(Topics.deadLetters(Topics.CUSTOMER_UPDATES), one -> poison.stream()
                        .anyMatch(bad -> bad.id().equals(one.event().id()))))
                .hasSize(3));
    }

    private UUID aDebt(UUID customer) {
        UUID id = SaleFixture.anId();
        Map<String, Object> sale = SaleFixture.aFinishedSale(id, "2026-11-01T10:00:00+05:00");
        sale.put("customerId", customer);
        sale.put("payments", List.of(SaleFixture.aPayment("DEBT", "30000")));
        eventually(() -> assertThat(customer(customer)).isNotNull());
        SaleFixture.batch(ksbId, List.of(sale)).statusCode(200);
        return id;
    }

    private void delivered(UUID sale, Instant at) throws Exception {
        SaleFixture.execute("update sales set delivery_status = 'DELIVERED', posted = true, settled_at = '" + at
                + "' where ksb_id = '" + ksbId + "' and id = '" + sale + "'");
    }

    private String balance() {
        return customer(anna).getString("balances[0].amount");
    }

    /** All that was sent before has had its effect. */
    private void barrier() {
        publish(Topics.CUSTOMER_UPDATES, event(SyncPart.END), end(0, 0));
        int before = 3;
        eventually(() -> assertThat(answers("customers")).hasSizeGreaterThan(before));
    }

    private void sendRows(int chunk, Instant readAt, String... rows) {
        publish(
                Topics.CUSTOMER_UPDATES,
                event("customers.rows"),
                rows(chunk, rows).replaceFirst("\\{", "{\"readAt\":\"" + readAt + "\","));
    }

    private void sendEnd(int chunks, Instant readAt) {
        publish(
                Topics.CUSTOMER_UPDATES,
                event(SyncPart.END),
                end(chunks, 1).replaceFirst("\\{", "{\"readAt\":\"" + readAt + "\","));
    }

    private List<TopicReader.Published> changesOf(UUID customer) {
        eventually(() -> assertThat(TopicReader.all(Topics.CUSTOMERS, one -> customer.toString()
                        .equals(one.event().subject())))
                .isNotEmpty());
        return TopicReader.all(
                Topics.CUSTOMERS, one -> customer.toString().equals(one.event().subject()));
    }

    private JsonPath answer(String part) {
        eventually(() -> assertThat(answers(part)).isNotEmpty());
        return JsonPath.from(answers(part).getFirst());
    }

    private List<String> answers(String part) {
        return TopicReader.all(Topics.SYNC, one -> one.event().type().equals(PartApplied.TYPE)).stream()
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
}
