package uz.ksb.pos.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.eventually;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.gateway.rings.RingConfig;
import uz.ksb.pos.gateway.testing.Client;
import uz.ksb.pos.gateway.testing.Node;
import uz.ksb.pos.gateway.testing.Owners;
import uz.ksb.pos.gateway.testing.Publisher;
import uz.ksb.pos.gateway.testing.Till;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.event.Ids;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.testing.Tokens;

/** A node that starts later reads the same log. */
@QuarkusTest
@QuarkusTestResource(Owners.Address.class)
class SecondNodeTest {
    @TestHTTPResource("/")
    URI address;

    @Inject
    RingConfig config;

    private final ExecutorService loop = Executors.newSingleThreadExecutor();
    private Node node;

    @BeforeEach
    void awaitTheFirstNode() {
        eventually(() -> given().get("/q/health/ready").then().statusCode(200));
    }

    @AfterEach
    void stop() {
        if (node != null) {
            node.close();
        }
        loop.shutdownNow();
    }

    @Test
    void aClientOfOneNodeResumesOnAnother() throws Exception {
        String shop = "30000001";
        try (Publisher kafka = new Publisher();
                Client till = Client.connect(address.getPort())) {
            till.auth(Tokens.of(shop, Role.CASHIER).sign()).subscribe("sales", "products");
            till.next("welcome");
            till.next("subscribed");
            UUID first = Ids.next();
            kafka.publish(first, Topics.SALES, shop, "sale.opened", "a", "{\"id\":\"a\"}");
            String position = till.next("event").path("position").asText();
            till.close();
            kafka.publish(first, Topics.SALES, shop, "sale.opened", "a", "{\"id\":\"a\"}");
            kafka.publish(Topics.SALES, shop, "sale.opened", "b", "{\"id\":\"b\"}");
            Node second = secondNode();

            List<String> heard =
                    new Till(second, loop, shop).subscribe(Optional.of(position), "sales", "products").messages;
            kafka.publish(Topics.SALES, shop, "sale.opened", "c", "{\"id\":\"c\"}");

            eventually(() -> assertThat(heard).hasSize(3));
            assertThat(heard.get(0)).contains("\"recovered\":true");
            assertThat(heard.get(1)).contains("{\"id\":\"b\"}");
            assertThat(heard.get(2)).contains("{\"id\":\"c\"}");
        }
    }

    @Test
    void aNodeThatStartsAfterTheBlockRefusesTheTokenToo() throws Exception {
        String shop = "30000002";
        try (Publisher kafka = new Publisher()) {
            kafka.publish(Topics.SETTINGS, shop, "device.blocked", "till", "{}");
            Node second = secondNode();

            assertThat(second.hub.refuses(Till.verified(shop))).isTrue();
            assertThat(second.hub.refuses(Till.verified("30000003"))).isFalse();
        }
    }

    @Test
    void whatCannotBeReadStopsNothing() throws Exception {
        String shop = "30000004";
        try (Publisher kafka = new Publisher()) {
            Node second = secondNode();
            List<String> heard = new Till(second, loop, shop).subscribe(Optional.empty(), "sales").messages;
            kafka.publish(Topics.SALES, shop, "sale.opened", "x", "not json");
            kafka.send(
                    new org.apache.kafka.clients.producer.ProducerRecord<>(Topics.SALES, shop, new byte[] {'{', '}'}));
            kafka.send(Publisher.record(Ids.next(), Topics.SALES, "30000005", "sale.opened", "x", "{}"));
            kafka.publish(Topics.SALES, shop, "sale.opened", "y", "{\"id\":\"y\"}");

            eventually(() -> assertThat(heard).hasSize(2));
            assertThat(heard.get(1)).contains("{\"id\":\"y\"}");
        }
    }

    private Node secondNode() {
        node = new Node(System.getProperty("kafka.bootstrap.servers"), config);
        return node;
    }
}
