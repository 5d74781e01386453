package uz.ksb.pos.gateway.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.until;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uz.ksb.pos.gateway.socketio.fixture.SocketIoFixture;
import uz.ksb.pos.gateway.testing.NodeClient;
import uz.ksb.pos.platform.testing.TestInfrastructure;

/** The real socket.io-client against the fixture: default options, one transport only. */
class RealClientTest {
    private static int port;
    private static SocketIoFixture fixture;

    @BeforeAll
    static void open() {
        port = TestInfrastructure.freePort();
        // The client is as strict as we are, and shares its processor with other tests.
        fixture =
                new SocketIoFixture(port, SocketIoFixture.SEVERAL_LOOPS, Duration.ofSeconds(1), Duration.ofSeconds(3));
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    private static String url(String namespace) {
        return "http://127.0.0.1:" + port + namespace;
    }

    @ParameterizedTest
    @ValueSource(strings = {NodeClient.DEFAULT, NodeClient.WEBSOCKET, NodeClient.POLLING})
    void aClientTalksInANamespaceWithBytesBothWays(String options) {
        for (String namespace : new String[] {"", "/custom"}) {
            try (NodeClient client = new NodeClient().connect(url(namespace), options, "{'token':'abc'}")) {
                assertThat(client.next("connect").path("id").asText()).isNotEmpty();
                assertThat(client.event("auth")).hasToString("[{\"token\":\"abc\"}]");

                client.emit("message", "[1,'two',{'bytes':[1,2,3]},{'deep':[{'bytes':[]}]}]");
                assertThat(client.event("message-back"))
                        .hasToString("[1,\"two\",{\"bytes\":[1,2,3]},{\"deep\":[{\"bytes\":[]}]}]");
                assertThat(client.ask("message-with-ack", "[{'a':1.5},{'bytes':[255]}]"))
                        .hasToString("[{\"a\":1.5},{\"bytes\":[255]}]");
                client.emit("ask-back", "[7]");
                assertThat(client.event("question")).hasToString("[7]");
                assertThat(client.event("answered")).hasToString("[\"answer\",7]");
            }
        }
    }

    @Test
    void aClientWithDefaultOptionsUpgradesSoon() {
        try (NodeClient client = new NodeClient().connect(url(""), NodeClient.DEFAULT, "{}")) {
            JsonNode upgrade = client.next("upgrade");
            assertThat(upgrade.path("transport").asText()).isEqualTo("websocket");
            assertThat(upgrade.path("millis").asDouble()).isLessThan(1_500);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {NodeClient.DEFAULT, NodeClient.POLLING})
    void aClientStaysConnectedOverManyHeartbeats(String options) {
        try (NodeClient client = new NodeClient().connect(url(""), options, "{}")) {
            JsonNode connected = client.next("connect");
            Instant end = Instant.now().plus(Duration.ofSeconds(10));
            until(() -> Instant.now().isAfter(end));

            assertThat(client.ask("message-with-ack", "['still']")).hasToString("[\"still\"]");
            assertThat(connected).isNotNull();
            assertThat(client.others()).noneMatch(one -> one.path("on").asText().equals("disconnect"));
        }
    }

    @Test
    void anUnknownNamespaceIsAnErrorOfTheClient() {
        try (NodeClient client = new NodeClient().connect(url("/random"), NodeClient.DEFAULT, "{}")) {
            assertThat(client.next("connect_error").path("message").asText()).isEqualTo("Invalid namespace");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {NodeClient.DEFAULT, NodeClient.WEBSOCKET, NodeClient.POLLING})
    void aClientLeavesAndComesBack(String options) {
        try (NodeClient client = new NodeClient().connect(url(""), options, "{}")) {
            JsonNode first = client.next("connect");
            client.tell("{'do':'leave'}");
            assertThat(client.next("disconnect").path("reason").asText()).isEqualTo("io client disconnect");
            client.tell("{'do':'join'}");
            assertThat(client.next("connect").path("id")).isNotEqualTo(first.path("id"));
            client.tell("{'do':'break'}");
            JsonNode unused = client.next("disconnect");
        }
        until(() -> fixture.sessions() == 0);
    }
}
