package uz.ksb.pos.gateway.tillsocket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uz.ksb.pos.gateway.testing.Client;
import uz.ksb.pos.gateway.testing.LiveTest;
import uz.ksb.pos.gateway.testing.NodeClient;
import uz.ksb.pos.gateway.testing.Owners;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.testing.Tokens;

/** The real socket.io-client as a till. */
@QuarkusTest
@QuarkusTestResource(Owners.Address.class)
class TillSocketTest extends LiveTest {
    private static final String RETRYING = "{'retries':3,'ackTimeout':2000}";
    private final List<NodeClient> clients = new ArrayList<>();

    @AfterEach
    void closeClients() {
        clients.forEach(NodeClient::close);
    }

    private NodeClient connect(String options, String auth) {
        NodeClient client = new NodeClient();
        clients.add(client);
        return client.connect("http://127.0.0.1:" + address.getPort(), options, auth);
    }

    private static String auth(String token, String more) {
        return "{'token':'" + token + "'" + more + "}";
    }

    private NodeClient till(String options, String more) {
        NodeClient client = connect(options, auth(tills.token(), more));
        JsonNode unused = client.next("connect");
        return client;
    }

    private void sell(String id) {
        kafka.publish(Topics.SALES, shop, "sale.completed", id, "{\"id\":\"" + id + "\",\"total\":\"1.50\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {NodeClient.DEFAULT, NodeClient.WEBSOCKET, NodeClient.POLLING})
    void eventsComeWithDataAndPosition(String options) {
        NodeClient till = till(options, ",'channels':['sales']");
        JsonNode subscribed = till.event("subscribed");
        assertThat(subscribed.get(0).path("channels")).hasToString("[\"sales\"]");
        assertThat(subscribed.get(0).path("recovered").asBoolean()).isFalse();
        assertThat(subscribed.get(1)).isEqualTo(subscribed.get(0).path("position"));

        for (int sale = 0; sale < 5; sale++) {
            sell("sale-" + sale);
        }

        for (int sale = 0; sale < 5; sale++) {
            JsonNode event = till.event("sale.completed");
            assertThat(event.get(0)).hasToString("{\"id\":\"sale-" + sale + "\",\"total\":\"1.50\"}");
            assertThat(event.get(1).asText()).contains(".");
            assertThat(event).hasSize(2);
        }
        assertThat(till.others()).noneMatch(one -> one.path("on").asText().equals("event"));
    }

    @ParameterizedTest
    @ValueSource(strings = {NodeClient.DEFAULT, NodeClient.WEBSOCKET, NodeClient.POLLING})
    void subscriptionsAreAcknowledged(String options) {
        NodeClient till = till(options, "");

        JsonNode answer =
                till.ask("subscribe", "[{'channels':['sales','nothing']}]").get(0);

        assertThat(answer.path("channels")).hasToString("[\"sales\"]");
        assertThat(answer.path("position").asText()).isNotEmpty();
        assertThat(answer.path("problems").get(0).path("type").asText()).isEqualTo("/problems/unknown-channel");
        sell("a");
        assertThat(till.event("sale.completed").get(0).path("id").asText()).isEqualTo("a");

        assertThat(till.ask("subscribe", "[['nothing']]").get(0).path("channels"))
                .isEmpty();
        assertThat(till.ask("unsubscribe", "[{'channels':['sales']}]").get(0)).isEmpty();
        Client witness = tills.subscribed("sales");
        sell("b");
        // The node has read it: it is before the next subscription.
        assertThat(witness.next("event").path("data").path("id").asText()).isEqualTo("b");
        assertThat(till.ask("subscribe", "[['sales']]").get(0).path("channels")).hasSize(1);
        sell("c");
        assertThat(till.event("sale.completed").get(0).path("id").asText()).isEqualTo("c");
    }

    @Test
    void everyEventIsAcknowledgedKnownOrNot() {
        NodeClient till = till(NodeClient.DEFAULT, "");

        assertThat(till.ask("getAllSales", "[1,{'x':[]},{'bytes':[1]}]")
                        .get(0)
                        .path("error")
                        .path("type")
                        .asText())
                .isEqualTo("/problems/unknown-event");
        for (String arguments : List.of("[]", "[null]", "[7]", "[{'channels':'sales'}]", "[{'channels':[1]}]")) {
            assertThat(till.ask("subscribe", arguments)
                            .get(0)
                            .path("error")
                            .path("type")
                            .asText())
                    .isEqualTo("/problems/invalid-message");
        }
        assertThat(till.ask("auth", "[{}]").get(0).path("error")).isNotEmpty();
    }

    @Test
    void aClientThatRetriesDoesNotHang() {
        NodeClient till = till(RETRYING, "");
        till.emit("till.hello", "['unknown']");

        // With retries the first argument of an answer is an error or null.
        JsonNode answer = till.ask("subscribe", "[{'channels':['sales']}]");

        assertThat(answer.get(0).isNull()).isTrue();
        assertThat(answer.get(1).path("channels")).hasToString("[\"sales\"]");
        assertThat(till.ask("subscribe", "[{'channels':['sales']}]").get(1).path("channels"))
                .hasSize(1);
        sell("a");
        assertThat(till.event("sale.completed").get(0).path("id").asText()).isEqualTo("a");
    }

    @Test
    void aWrongTokenIsRefusedForGood() {
        for (String auth : List.of(
                "{'token':'x'}",
                "{}",
                auth(Tokens.of(shop, Role.CASHIER).expired().sign(), ""))) {
            JsonNode error = connect(NodeClient.DEFAULT, auth).next("connect_error");
            assertThat(error.path("message").asText()).isIn("invalid token", "no token");
            assertThat(error.path("active").asBoolean()).isFalse();
        }
    }

    @Test
    void aTokenIsRenewedAndAForeignOneEndsIt() {
        NodeClient till = till(NodeClient.DEFAULT, "");

        assertThat(till.ask("auth", "[" + auth(tills.token(), "") + "]")
                        .get(0)
                        .path("expiresIn")
                        .asInt())
                .isBetween(800, 900);
        String foreign = Tokens.of(foreignShop, Role.CASHIER).sign();
        assertThat(till.ask("auth", "[" + auth(foreign, "") + "]").get(0).path("error"))
                .isNotEmpty();
        assertThat(till.next("disconnect").path("reason").asText()).isEqualTo("io server disconnect");
    }

    @Test
    void aTokenThatEndsClosesTheTransportOnly() {
        NodeClient till = connect(NodeClient.DEFAULT, auth(tills.tokenEndingIn(8), ",'channels':['sales']"));
        assertThat(till.event("expiring").get(0).path("in").asInt()).isPositive();
        till.auth(auth(tills.token(), ",'channels':['sales']"));

        JsonNode gone = till.next("disconnect");
        assertThat(gone.path("reason").asText()).isIn("transport close", "transport error");
        assertThat(gone.path("active").asBoolean()).isTrue();
        JsonNode unusedFirst = till.next("connect");
        assertThat(till.next("connect").path("recovered").asBoolean()).isTrue();
    }

    @Test
    void aBlockedDeviceIsTakenOutForGood() {
        NodeClient till = till(NodeClient.DEFAULT, ",'channels':['sales']");
        String token = tills.token();
        // A till that is cut while changing its transport may miss the word, and hears it when it comes back.
        JsonNode unusedUpgrade = till.next("upgrade");

        kafka.publish(
                Topics.SETTINGS, shop, "device.blocked", Tokens.deviceOf(shop).toString(), "{}");

        JsonNode gone = till.next("disconnect");
        assertThat(gone.path("reason").asText()).isEqualTo("io server disconnect");
        assertThat(gone.path("active").asBoolean()).isFalse();
        assertThat(connect(NodeClient.DEFAULT, auth(token, ""))
                        .next("connect_error")
                        .path("message")
                        .asText())
                .isEqualTo("blocked");
    }

    @ParameterizedTest
    @ValueSource(strings = {NodeClient.DEFAULT, NodeClient.WEBSOCKET, NodeClient.POLLING})
    void aBrokenTransportIsRecovered(String options) {
        NodeClient till = till(options, ",'channels':['sales']");
        sell("a");
        assertThat(till.event("sale.completed").get(0).path("id").asText()).isEqualTo("a");

        till.tell("{'do':'break'}");
        JsonNode unused = till.next("disconnect");
        sell("b");

        assertThat(till.next("connect").path("recovered").asBoolean()).isTrue();
        sell("c");
        assertThat(till.event("sale.completed").get(0).path("id").asText()).isEqualTo("b");
        assertThat(till.event("sale.completed").get(0).path("id").asText()).isEqualTo("c");
        JsonNode first = till.event("subscribed").get(0);
        assertThat(first.path("recovered").asBoolean()).isFalse();
        assertThat(till.event("subscribed").get(0).path("recovered").asBoolean())
                .isTrue();
    }

    @Test
    void anotherUsersClientIsNotRecovered() {
        NodeClient till = till(NodeClient.DEFAULT, ",'channels':['sales']");
        sell("a");
        assertThat(till.event("sale.completed")).isNotEmpty();

        till.auth(auth(Tokens.of(foreignShop, Role.CASHIER).sign(), ",'channels':['sales']"));
        till.tell("{'do':'break'}");

        assertThat(till.next("connect").path("recovered").asBoolean()).isFalse();
        assertThat(till.others()).noneMatch(one -> one.path("name").asText().equals("sale.completed"));
    }

    @Test
    void anotherEnterprisesEventsDoNotCome() {
        NodeClient till = till(NodeClient.DEFAULT, ",'channels':['sales']");
        kafka.publish(Topics.SALES, foreignShop, "sale.completed", "f", "{\"id\":\"f\"}");
        sell("own");

        assertThat(till.event("sale.completed").get(0).path("id").asText()).isEqualTo("own");
        assertThat(till.others()).noneMatch(one -> one.toString().contains("\"f\""));
    }

    @Test
    void aStateChannelBeginsWithItsValue() {
        NodeClient till = till(NodeClient.DEFAULT, ",'channels':['rates']");

        // The owner's stand-in is away in this test.
        JsonNode problem = till.event("problem");
        assertThat(problem.get(0).path("type").asText()).isEqualTo("/problems/snapshot-unavailable");
        assertThat(problem.get(0).path("channel").asText()).isEqualTo("rates");
        assertThat(problem.get(1).asText()).contains(".");
    }
}
