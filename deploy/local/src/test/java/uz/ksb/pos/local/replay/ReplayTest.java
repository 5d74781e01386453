package uz.ksb.pos.local.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.ksb.pos.local.failure.CommandFailed;
import uz.ksb.pos.local.replay.progress.Progress;
import uz.ksb.pos.local.replay.progress.ProgressLines;
import uz.ksb.pos.local.replay.server.Enterprise;
import uz.ksb.pos.local.replay.server.LostAnswers;
import uz.ksb.pos.local.replay.server.SaleResults;
import uz.ksb.pos.local.replay.server.Server;
import uz.ksb.pos.local.replay.shop.ShopFolder;
import uz.ksb.pos.till.Api;

class ReplayTest {

    @TempDir
    Path folder;

    private FakeServer server;
    private SaleResults results;

    @BeforeEach
    void start() throws IOException {
        ShopFiles.in(folder);
        server = new FakeServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void everythingArrivesAndTheTotalsAreEqual() throws InterruptedException {
        Comparison comparison = replay(2, 0);

        assertThat(comparison.equal()).isTrue();
        assertThat(server.products).hasSize(5);
        assertThat(server.customers).hasSize(2);
        assertThat(server.sales).hasSize(4);
        assertThat(server.devices).hasSize(2);
        assertThat(results.created()).isEqualTo(4);
    }

    @Test
    void aSaleIsSentAsTheApiWantsIt() throws InterruptedException {
        replay(1, 0);

        JsonObject sale = sale("2011-11-14T08:10:00");
        assertThat(sale.getString("completedAt")).isEqualTo("2011-11-14T08:10:00+05:00");
        assertThat(sale.getString("kind")).isEqualTo("SALE");
        assertThat(sale.getInteger("deviceSequence")).isEqualTo(1);
        assertThat(sale.getString("total")).isEqualTo("29.80");
        assertThat(server.customers).containsKey(sale.getString("customerId"));
        assertThat(sale.getJsonArray("payments"))
                .isEqualTo(JsonArray.of(new JsonObject(Map.of("kind", "CASH", "amount", "29.80", "currency", "GBP"))));
        JsonObject line = sale.getJsonArray("lines").getJsonObject(1);
        assertThat(line.getString("productId")).isEqualTo("15056bl");
        assertThat(line.getString("price")).isEqualTo("6.00");
        assertThat(line.getString("quantity")).isEqualTo("1");
    }

    @Test
    void aSaleOfNothingHasNoPaymentAndNoCustomer() throws InterruptedException {
        replay(1, 0);

        JsonObject sale = sale("2011-11-15T10:00:00");
        assertThat(sale.getString("total")).isEqualTo("0.00");
        assertThat(sale.getJsonArray("payments")).isEmpty();
        assertThat(sale.getJsonArray("lines")).hasSize(1);
        assertThat(sale.getString("customerId")).isEqualTo("00000000-0000-0000-0000-000000000000");
    }

    @Test
    void returnsAreSentByTheManagerAndSalesByTheCashier() throws InterruptedException {
        replay(1, 0);

        assertThat(server.senders.get(sale("2011-11-14T10:00:00").getString("id")))
                .isEqualTo("menejer");
        assertThat(server.senders.get(sale("2011-11-14T08:10:00").getString("id")))
                .isEqualTo("kassir");
    }

    @Test
    void aSecondReplayDoublesNothingAndSendsTheSame() throws InterruptedException {
        replay(1, 0);
        Set<String> ids = Set.copyOf(server.sales.keySet());

        Comparison second = replay(3, 0);

        assertThat(second.equal()).isTrue();
        assertThat(results.created()).isZero();
        assertThat(results.replayed()).isEqualTo(4);
        assertThat(server.sales.keySet()).isEqualTo(ids);
        assertThat(server.devices).as("each run is new tills").hasSize(4);
    }

    @Test
    void lostAnswersAndAnUnwellServerChangeNothing() throws InterruptedException {
        server.unwellEvery = 7;

        Comparison comparison = replay(4, 0.4);

        assertThat(comparison.equal()).isTrue();
        assertThat(server.sales).hasSize(4);
        assertThat(results.created() + results.replayed()).isEqualTo(4);
    }

    @Test
    void aTokenThatIsNoLongerTakenIsRenewed() throws InterruptedException {
        server.forgetsTokensEvery = 4;

        assertThat(replay(2, 0).equal()).isTrue();
    }

    @Test
    void aDifferenceOfOnePennyIsSeen() throws InterruptedException {
        server.error = new BigDecimal("0.01");

        Comparison comparison = replay(1, 0);

        assertThat(comparison.equal()).isFalse();
        assertThat(comparison.table()).contains("29.80 / 29.81").contains("DIFFERENT");
    }

    @Test
    void whatTheServerDoesNotTakeIsCountedAndNamed() throws InterruptedException {
        server.result = "conflict";

        replay(1, 0);

        assertThat(results.refused()).isEqualTo(4);
        assertThat(results.problems()).contains("invoice C3: conflict");
    }

    @Test
    void aWrongPasswordIsOneLineAndNothingIsDone() {
        assertThatThrownBy(() -> replay("10000002", "wrong", 1, 0))
                .isInstanceOf(CommandFailed.class)
                .hasMessageStartingWith("wrong KSB-ID or password for 10000002-backoffice")
                .hasMessageNotContaining("\n");
        assertThat(server.requests).isEqualTo(1);
    }

    @Test
    void aServerThatIsNotRunningIsOneLine() throws IOException {
        server.close();
        server = new FakeServer();
        int nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }
        assertThatThrownBy(() -> replayAt(nobody, "10000002", FakeServer.PASSWORD, 1, 0))
                .isInstanceOf(CommandFailed.class)
                .hasMessage("the server is not running at http://localhost:" + nobody
                        + " (nobody answers); start it with ./pos up");
    }

    @Test
    void aServerThatIsNotReadyYetIsOneLine() {
        server.unwellEvery = 1;

        assertThatThrownBy(() -> replay(1, 0)).hasMessageEndingWith("is not ready: 503 away");
    }

    private JsonObject sale(String localTime) {
        Map<String, JsonObject> byTime = server.sales.values().stream()
                .collect(Collectors.toMap(sale -> sale.getString("completedAt").substring(0, 19), sale -> sale));
        return byTime.get(localTime);
    }

    private Comparison replay(int tills, double lose) throws InterruptedException {
        return replay("10000002", FakeServer.PASSWORD, tills, lose);
    }

    private Comparison replay(String ksbId, String password, int tills, double lose) throws InterruptedException {
        return replayAt(server.port(), ksbId, password, tills, lose);
    }

    private Comparison replayAt(int port, String ksbId, String password, int tills, double lose)
            throws InterruptedException {
        ShopFolder shop = ShopFolder.read(folder, null);
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        try (Progress progress = new ProgressLines(nowhere)) {
            Server client = new Server(new Api("http://localhost:" + port, password), new LostAnswers(lose), progress);
            Replay replay = new Replay(shop, ksbId, client, new Enterprise(client, ksbId), progress);
            Comparison comparison = replay.run(tills);
            results = replay.results();
            return comparison;
        }
    }
}
