package uz.ksb.pos.gateway.tillsocket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uz.ksb.pos.gateway.connection.ConnectionConfig;
import uz.ksb.pos.gateway.connection.Drain;
import uz.ksb.pos.gateway.log.LogReader;
import uz.ksb.pos.gateway.metrics.LiveMetrics;
import uz.ksb.pos.gateway.quota.ConnectionQuotas;
import uz.ksb.pos.gateway.rings.RingConfig;
import uz.ksb.pos.gateway.testing.Forwarder;
import uz.ksb.pos.gateway.testing.LiveTest;
import uz.ksb.pos.gateway.testing.Node;
import uz.ksb.pos.gateway.testing.NodeClient;
import uz.ksb.pos.gateway.testing.Owners;
import uz.ksb.pos.gateway.token.TokenVerification;
import uz.ksb.pos.platform.event.Topics;

/** A node goes, and its clients go on at another one: nothing is lost, nothing comes twice. */
@QuarkusTest
@QuarkusTestResource(Owners.Address.class)
class OtherNodeTest extends LiveTest {
    private static final int SALES = 60;

    @Inject
    TillSocketConfig config;

    @Inject
    ConnectionConfig limits;

    @Inject
    RingConfig ringConfig;

    @Inject
    TokenVerification tokens;

    @Inject
    LogReader log;

    @Inject
    Drain drain;

    @Inject
    Vertx vertx;

    @ParameterizedTest
    @ValueSource(strings = {NodeClient.DEFAULT, NodeClient.WEBSOCKET, NodeClient.POLLING})
    void aClientGoesOnAtAnotherNode(String options) throws Exception {
        try (Node node = new Node(System.getProperty("kafka.bootstrap.servers"), ringConfig);
                Forwarder ingress = new Forwarder(address.getPort());
                NodeClient till = new NodeClient()) {
            TillSockets other = sockets(node);
            HttpServer server = listen(other);
            till.connect(
                    "http://127.0.0.1:" + ingress.port(),
                    options,
                    "{'token':'" + tills.token() + "','channels':['sales']}");
            assertThat(till.next("connect").path("recovered").asBoolean()).isFalse();
            List<String> heard = new ArrayList<>();
            for (int sale = 0; sale < SALES; sale++) {
                kafka.publish(Topics.SALES, shop, "sale.completed", "s" + sale, "{\"id\":\"s" + sale + "\"}");
                if (sale == SALES / 3) {
                    heard.add(id(till));
                    ingress.lead(server.actualPort());
                    ingress.cut();
                }
            }

            assertThat(till.next("connect").path("recovered").asBoolean()).isTrue();
            while (heard.size() < SALES) {
                heard.add(id(till));
            }

            assertThat(heard).containsExactlyElementsOf(expected());
            assertThat(till.others()).noneMatch(one -> one.path("name").asText().equals("sale.completed"));
            assertThat(other.size()).isEqualTo(1);

            // The other node is drained, as at a restart: the first one has the client again.
            ingress.lead(address.getPort());
            other.moveAll();
            assertThat(till.next("disconnect").path("active").asBoolean()).isTrue();
            assertThat(till.next("connect").path("recovered").asBoolean()).isTrue();
            kafka.publish(Topics.SALES, shop, "sale.completed", "last", "{\"id\":\"last\"}");
            assertThat(id(till)).isEqualTo("last");
            await(server.close());
        }
    }

    private static String id(NodeClient till) {
        JsonNode event = till.event("sale.completed");
        return event.get(0).path("id").asText();
    }

    private static List<String> expected() {
        List<String> ids = new ArrayList<>();
        for (int sale = 0; sale < SALES; sale++) {
            ids.add("s" + sale);
        }
        return ids;
    }

    private TillSockets sockets(Node node) {
        return new TillSockets(
                config,
                limits,
                node.hub,
                tokens,
                new ConnectionQuotas(),
                new LiveMetrics(new SimpleMeterRegistry(), Clock.systemUTC()),
                log,
                drain,
                new SimpleMeterRegistry());
    }

    private HttpServer listen(TillSockets sockets) {
        Router router = Router.router(vertx);
        sockets.add(router);
        return await(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
    }

    private static <T> T await(io.vertx.core.Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }
}
