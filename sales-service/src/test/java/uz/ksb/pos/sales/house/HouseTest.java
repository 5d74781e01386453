package uz.ksb.pos.sales.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uz.ksb.pos.sales.SaleFixture.anEnterprise;
import static uz.ksb.pos.sales.SaleFixture.anId;
import static uz.ksb.pos.sales.SaleFixture.query;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.sales.peer.CopyComparison;

/** The copies of what other services decide about tills, rules and rates. */
@QuarkusTest
class HouseTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final String ksbId = anEnterprise();

    @Inject
    Pool pool;

    @Inject
    HouseRepository house;

    @Inject
    CopyComparison copies;

    @Test
    void aTillThatRegistersAgainStartsWithItsHigherCode() {
        store("2", Till.Status.PENDING, 5);
        store("3", Till.Status.PENDING, 1);
        store("3", Till.Status.APPROVED, 2);
        store("2", Till.Status.BLOCKED, 9);
        store("3", Till.Status.PENDING, 1);
        Till till = house.till(pool, ksbId, "till").await().atMost(Duration.ofSeconds(10));
        assertThat(till.code()).isEqualTo("3");
        assertThat(till.status()).isEqualTo(Till.Status.APPROVED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'version': 1, 'zone': 'Asia/Nowhere', 'dayStart': '00:00', 'currency': 'UZS'}",
                "{'version': 1, 'zone': 'Asia/Tashkent', 'dayStart': 'noon', 'currency': 'UZS'}",
                "{'version': 1, 'zone': 'Asia/Tashkent', 'dayStart': '00:00', 'currency': 'UZS', 'cashRoundings': [1]}",
                "{'version': 1, 'zone': 'Asia/Tashkent', 'dayStart': '00:00', 'currency': 'UZS',"
                        + " 'cashRoundings': {'UZS': 'NaN'}}",
            })
    void rulesThatCannotBeUsedAreRefused(String rules) {
        assertThatThrownBy(() -> consumer().settings(message("enterprise.changed", rules)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "NaN", "Infinity"})
    void aRateThatCannotBeUsedIsRefused(String rate) {
        assertThatThrownBy(() -> consumer()
                        .rates(message("rates.changed", "{'items': [{'currency': 'USD', 'rate': '" + rate + "'}]}")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Each sale reads the rates of the last day: they must not be without end. */
    @Test
    void ofARateThatIsSetAllTheTimeTheNewestAreKept() throws SQLException {
        String items = IntStream.rangeClosed(1, 1_500)
                .mapToObj(i -> "{\"currency\": \"USD\", \"version\": %d, \"rate\": \"%d\", \"setAt\": \"%s\"}"
                        .formatted(i, 12_000 + i, Instant.now().minusSeconds(1_500 - i)))
                .collect(Collectors.joining(",", "[", "]"));
        house.storeRates(pool, ksbId, items).await().atMost(LIMIT);
        house.forgetRates(pool, ksbId).await().atMost(LIMIT);

        assertThat(query("select count(*) || ' ' || max(version) from currency_rates where ksb_id = '" + ksbId + "'"))
                .isEqualTo("1000 1500");
    }

    private void store(String code, Till.Status status, long version) {
        house.storeDevice(pool, ksbId, new HouseRepository.Device("till", code, "Kassa", status, version))
                .await()
                .atMost(Duration.ofSeconds(10));
    }

    private HouseConsumer consumer() {
        return new HouseConsumer(pool, house, new ObjectMapper(), copies);
    }

    private ConsumerRecord<String, String> message(String type, String data) {
        ConsumerRecord<String, String> record = new ConsumerRecord<>("house", 0, 0, ksbId, data.replace('\'', '"'));
        new CloudEvent(anId(), type, "test", Instant.now(), null, ksbId, null).writeTo(record.headers());
        return record;
    }
}
