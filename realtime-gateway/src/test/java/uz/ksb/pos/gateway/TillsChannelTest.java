package uz.ksb.pos.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.gateway.testing.Client;
import uz.ksb.pos.gateway.testing.LiveTest;
import uz.ksb.pos.gateway.testing.Owners;
import uz.ksb.pos.platform.event.Topics;

/** The state of each till of the shop: first the owner's list, then each change. */
@QuarkusTest
@QuarkusTestResource(Owners.Address.class)
class TillsChannelTest extends LiveTest {
    @Inject
    Vertx vertx;

    @Test
    void theListComesFirstAndThenEachChange() {
        try (Owners owners = new Owners(vertx)) {
            owners.answer("/api/tills", 200, "{\"items\":[{\"deviceId\":\"one\",\"version\":3}],\"next\":null}");
            Client till = tills.subscribed("tills");
            JsonNode snapshot = till.next("snapshot");
            assertThat(snapshot.path("channel").asText()).isEqualTo("tills");
            assertThat(snapshot.at("/data/items/0/version").asInt()).isEqualTo(3);

            kafka.publish(Topics.TILLS, foreignShop, "till.reported", "x", "{\"deviceId\":\"x\",\"version\":9}");
            kafka.publish(Topics.TILLS, shop, "till.reported", "one", "{\"deviceId\":\"one\",\"version\":4}");
            kafka.publish(Topics.TILLS, shop, "till.reported", "two", "{\"deviceId\":\"two\",\"version\":1}");

            JsonNode first = till.next("event");
            assertThat(first.path("channel").asText()).isEqualTo("tills");
            assertThat(first.at("/data/version").asInt()).isEqualTo(4);
            // Another till's state is not the same state: neither takes the other's place.
            assertThat(till.next("event").at("/data/deviceId").asText()).isEqualTo("two");
        }
    }
}
