package uz.ksb.pos.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.eventually;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.gateway.testing.Client;
import uz.ksb.pos.gateway.testing.LiveTest;
import uz.ksb.pos.gateway.testing.Owners;
import uz.ksb.pos.platform.event.Topics;

/** The answer to each position that a client comes back with. */
@QuarkusTest
@QuarkusTestResource(Owners.Address.class)
class PositionsTest extends LiveTest {

    @Test
    void aBrokenClientResumesWithWhatItMissed() {
        Client till = tills.subscribed("sales");
        publishSale("a");
        JsonNode first = till.next("event");
        till.close();
        publishSale("b");
        publishSale("c");

        Client again = tills.connect().auth(tills.token());
        again.next("welcome");
        again.resume(first.path("position").asText(), "sales");

        assertThat(again.next("subscribed").path("recovered").asBoolean()).isTrue();
        assertThat(again.next("event").path("data").path("id").asText()).isEqualTo("b");
        assertThat(again.next("event").path("data").path("id").asText()).isEqualTo("c");
    }

    @Test
    void aForgedPositionIsNotRecovered() {
        Client till = tills.connect().auth(tills.token());
        till.next("welcome");
        for (String forged : List.of("", "1.2.3", "zz.1.1.1.1.1.1.1", "x".repeat(1000), "-1.-1.-1.-1.-1.-1.-1.-1")) {
            till.resume(forged, "sales");
            assertThat(till.next("subscribed").path("recovered").asBoolean()).isFalse();
            till.say("{\"op\":\"unsubscribe\",\"channels\":[\"sales\"]}");
        }
    }

    @Test
    void aPositionPastTheEndOfTheLogIsNotRecovered() {
        Client till = tills.subscribed("sales");
        publishSale("a");
        String[] parts = till.next("event").path("position").asText().split("\\.");
        String[] sales = parts[2].split("_");
        parts[2] = Long.toString(Long.parseLong(sales[0], 36) + 1_000, 36) + "_" + sales[1];

        Client forger = tills.connect().auth(tills.token());
        forger.next("welcome");
        forger.resume(String.join(".", parts), "sales");

        assertThat(forger.next("subscribed").path("recovered").asBoolean()).isFalse();
    }

    @Test
    void aPositionFromAnotherChannelBringsWhatThisOneHadSince() {
        Client till = tills.subscribed("sync");
        kafka.publish(Topics.SYNC, shop, "sync.changed", "s", "{\"id\":\"s\"}");
        String position = till.next("event").path("position").asText();
        publishSale("a");

        till.resume(position, "sales");

        assertThat(till.next("subscribed").path("recovered").asBoolean()).isTrue();
        assertThat(till.next("event").path("data").path("id").asText()).isEqualTo("a");
    }

    @Test
    void aSinceThatIsNoTextIsNoPosition() {
        Client till = tills.connect().auth(tills.token());
        till.next("welcome");
        for (String since : List.of("7", "{\"a\":1}", "[]", "true")) {
            till.say("{\"op\":\"subscribe\",\"channels\":[\"sales\"],\"since\":" + since + "}");
            assertThat(till.next("subscribed").path("recovered").asBoolean()).isFalse();
        }
    }

    @Test
    void pongTellsAQuietShopsPosition() {
        Client till = tills.subscribed("sales");
        publishSale("a");
        till.next("event");
        kafka.publish(Topics.CUSTOMERS, shop, "customers.changed", "c", "{}");

        // Without one while there is something on the way to it.
        eventually(() -> assertThat(till.say("{\"op\":\"ping\"}")
                        .next("pong")
                        .path("position")
                        .asText())
                .isNotEmpty());
    }

    private void publishSale(String id) {
        kafka.publish(Topics.SALES, shop, "sale.opened", id, "{\"id\":\"" + id + "\"}");
    }
}
