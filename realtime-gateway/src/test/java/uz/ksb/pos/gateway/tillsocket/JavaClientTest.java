package uz.ksb.pos.gateway.tillsocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uz.ksb.pos.gateway.testing.LiveTest;
import uz.ksb.pos.gateway.testing.Owners;
import uz.ksb.pos.platform.event.Topics;

/** Socket.IO's own client for Java (2.1) as a till. */
@QuarkusTest
@QuarkusTestResource(Owners.Address.class)
class JavaClientTest extends LiveTest {
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    private Socket client(String transports, Map<String, String> auth) {
        IO.Options options = IO.Options.builder()
                .setTransports(transports.split(","))
                .setAuth(auth)
                .setForceNew(true)
                .build();
        Socket client = IO.socket(URI.create("http://127.0.0.1:" + address.getPort()), options);
        client.on(Socket.EVENT_CONNECT, nothing -> heard.add("connect"));
        client.on(Socket.EVENT_DISCONNECT, reason -> heard.add("disconnect " + reason[0]));
        client.on(Socket.EVENT_CONNECT_ERROR, error -> heard.add("error " + error[0]));
        client.on("sale.completed", event -> heard.add("sale " + event[0] + " " + event.length));
        return client.connect();
    }

    private String next() throws InterruptedException {
        return heard.poll(15, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling,websocket", "websocket", "polling"})
    void theJavaClientSubscribesAndHears(String transports) throws Exception {
        Socket till = client(transports, Map.of("token", tills.token()));
        try {
            assertThat(next()).isEqualTo("connect");
            till.emit(
                    "subscribe",
                    new Object[] {new JSONObject().put("channels", new JSONArray().put("sales"))},
                    answer -> heard.add("answer " + ((JSONObject) answer[0]).optJSONArray("channels")));
            assertThat(next()).isEqualTo("answer [\"sales\"]");

            kafka.publish(Topics.SALES, shop, "sale.completed", "a", "{\"id\":\"a\"}");

            assertThat(next()).isEqualTo("sale {\"id\":\"a\"} 2");
        } finally {
            till.disconnect();
        }
        assertThat(next()).isEqualTo("disconnect io client disconnect");
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling,websocket", "websocket"})
    void theJavaClientIsToldOfAWrongToken(String transports) throws Exception {
        Socket till = client(transports, Map.of("token", "wrong"));
        try {
            assertThat(next()).isEqualTo("error {\"message\":\"invalid token\"}");
        } finally {
            till.disconnect();
        }
    }
}
