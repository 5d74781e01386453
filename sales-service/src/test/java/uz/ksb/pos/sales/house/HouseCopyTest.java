package uz.ksb.pos.sales.house;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.sales.SaleFixture.anEnterprise;
import static uz.ksb.pos.sales.SaleFixture.anId;
import static uz.ksb.pos.sales.SaleFixture.execute;
import static uz.ksb.pos.sales.SaleFixture.query;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.sales.peer.CopyComparison;
import uz.ksb.pos.sales.peer.Owners;

/** Rules, tills and rates are compared with their owners. */
@QuarkusTest
class HouseCopyTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    /** Rates that are older than 40 days are forgotten. */
    private static final Instant NOW = Instant.now().minusSeconds(1000);

    private static final String TILL = "0193b0f2-7c3a-7e6b-9c7d-0123456789ab";
    private static final String LOST = "0193b0f2-7c3a-7e6b-9c7d-0123456789ac";

    @Inject
    Pool pool;

    @Inject
    HouseRepository house;

    @Inject
    HouseCopy copy;

    @Inject
    CopyComparison copies;

    private final String ksbId = anEnterprise();
    private Owners owners;
    private HouseConsumer consumer;

    @BeforeEach
    void theOwnersAreThere() throws Exception {
        consumer = new HouseConsumer(pool, house, new ObjectMapper(), copies);
        owners = new Owners();
        tell(1, "enterprise.changed", rules(2, "Asia/Tashkent"));
        tell(2, "device.changed", till(TILL, "1", "APPROVED", 3));
        consumer.rates(message(1, "rates.changed", "{'items': [" + rate(7, "12650") + "]}"))
                .await()
                .atMost(LIMIT);
    }

    @AfterEach
    void theOwnersGo() {
        owners.close();
    }

    @Test
    void lostEventsAreFetchedFromTheOwners() throws Exception {
        given(
                rules(3, "Asia/Samarkand"),
                till(TILL, "1", "BLOCKED", 4) + "," + till(LOST, "2", "APPROVED", 1),
                rate(7, "12650") + "," + rate(9, "12700"));

        compare();

        assertThat(query("select zone from enterprise_rules where ksb_id = '" + ksbId + "'"))
                .isEqualTo("Asia/Samarkand");
        assertThat(status(TILL)).isEqualTo("BLOCKED");
        assertThat(status(LOST)).isEqualTo("APPROVED");
        assertThat(rates()).isEqualTo("7 12650.000000,9 12700.000000");
    }

    @Test
    void ownersThatWentBackCount() throws Exception {
        tell(3, "device.changed", till(LOST, "2", "APPROVED", 1));
        consumer.rates(message(2, "rates.changed", "{'items': [" + rate(9, "12700") + "]}"))
                .await()
                .atMost(LIMIT);
        given(rules(1, "Asia/Samarkand"), till(TILL, "1", "PENDING", 1), rate(7, "12600"));

        compare();

        assertThat(query("select zone from enterprise_rules where ksb_id = '" + ksbId + "'"))
                .isEqualTo("Asia/Samarkand");
        assertThat(status(TILL)).isEqualTo("PENDING");
        assertThat(status(LOST)).isNull();
        assertThat(rates()).isEqualTo("7 12600.000000");
    }

    @Test
    void aGapInTheLogAsksForAComparison() throws Exception {
        long before = asked();
        tell(3, "device.changed", till(TILL, "1", "APPROVED", 4));
        assertThat(asked()).isEqualTo(before);
        tell(5, "device.changed", till(TILL, "1", "APPROVED", 6));
        assertThat(asked()).isEqualTo(before + 1);
        tell(0, "session.ended", "{}");
        assertThat(asked()).isEqualTo(before + 2);
    }

    private void given(String rules, String tills, String rates) {
        owners.answer("/api/enterprise", rules.replace('\'', '"'));
        owners.answer("/api/devices", ("{'items': [" + tills + "], 'next': null}").replace('\'', '"'));
        owners.answer(
                "/api/currency-rates/changes",
                ("{'items': [" + rates + "], 'version': " + rates.replaceAll(".*'version': (\\d+).*", "$1")
                                + ", 'more': false}")
                        .replace('\'', '"'));
    }

    private void compare() throws SQLException {
        copies.askForAll().await().atMost(LIMIT);
        execute("update copy_comparisons set done = asked where ksb_id <> '" + ksbId + "'");
        owners.compare(pool, copy);
    }

    private long asked() throws SQLException {
        Object asked = query("select max(asked) from copy_comparisons where ksb_id = '" + ksbId + "'");
        return asked == null ? 0 : (long) asked;
    }

    private Object status(String till) throws SQLException {
        return query("select max(status) from devices where ksb_id = '" + ksbId + "' and device_id = '" + till + "'");
    }

    private Object rates() throws SQLException {
        return query(
                "select string_agg(version || ' ' || rate, ',' order by version) from currency_rates where ksb_id = '"
                        + ksbId + "'");
    }

    private void tell(long offset, String type, String data) throws Exception {
        consumer.settings(message(offset, type, data)).await().atMost(LIMIT);
    }

    private static String rules(int version, String zone) {
        return "{'version': %d, 'zone': '%s', 'dayStart': '00:00', 'currency': 'UZS'}".formatted(version, zone);
    }

    private static String till(String id, String code, String status, int version) {
        return "{'deviceId': '%s', 'code': '%s', 'status': '%s', 'version': %d}".formatted(id, code, status, version);
    }

    private static String rate(int version, String rate) {
        return "{'currency': 'USD', 'rate': '%s', 'validFrom': '%s', 'version': %d}"
                .formatted(rate, NOW.plusSeconds(version), version);
    }

    private ConsumerRecord<String, String> message(long offset, String type, String data) {
        ConsumerRecord<String, String> record = new ConsumerRecord<>(
                type.equals("rates.changed") ? "rates" : "settings", 0, offset, ksbId, data.replace('\'', '"'));
        new CloudEvent(anId(), type, "test", Instant.now(), null, ksbId, null).writeTo(record.headers());
        return record;
    }
}
