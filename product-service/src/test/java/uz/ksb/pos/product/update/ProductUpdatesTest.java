package uz.ksb.pos.product.update;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.eventually;
import static uz.ksb.pos.product.testing.Shop.row;
import static uz.ksb.pos.product.testing.Shop.texts;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.testing.TestInfrastructure;
import uz.ksb.pos.platform.testing.Tokens;
import uz.ksb.pos.product.testing.Shop;

@QuarkusTest
class ProductUpdatesTest {
    @TestHTTPResource
    URI address;

    private Shop shop;

    @BeforeEach
    void open() throws SQLException {
        shop = Shop.open();
    }

    @Test
    void aNewRowIsCreatedAndItsRepetitionChangesNothing() {
        assertThat(counts(shop.push(row("1", 1, "Shakar", "12500.00")))).isEqualTo("1 created");
        assertThat(counts(shop.push(row("1", 1, "Shakar", "12500.00")))).isEqualTo("1 unchanged");

        JsonNode product = shop.get("/api/products/1");
        assertThat(product.get("name").asText()).isEqualTo("Shakar");
        assertThat(product.get("prices").get(0).get("price").asText()).isEqualTo("12500.00");
        assertThat(product.get("prices").get(0).get("currency").asText()).isEqualTo("UZS");
        assertThat(product.get("changeVersion").asLong()).isEqualTo(1);
        eventually(() -> assertThat(shop.productEvents()).hasSize(1));
    }

    @Test
    void aNewerRowWithOtherContentUpdatesAndAnOlderOneIsStale() {
        shop.push(row("1", 5, "Shakar", "100"));

        assertThat(counts(shop.push(row("1", 6, "Shakar", "110")))).isEqualTo("1 updated");
        assertThat(counts(shop.push(row("1", 5, "Shakar", "100")))).isEqualTo("1 stale");
        assertThat(counts(shop.push(row("1", 6, "Shakar", "120")))).isEqualTo("1 stale");
        assertThat(counts(shop.push(row("1", 2, "Shakar", "110.00")))).isEqualTo("1 unchanged");
        assertThat(price("1")).isEqualTo("110.00");
    }

    @Test
    void theSameContentAtALaterVersionMakesWhatLiesBetweenStale() {
        shop.push(row("1", 5, "Shakar", "100"));

        assertThat(counts(shop.push(row("1", 9, "Shakar", "100")))).isEqualTo("1 unchanged");
        assertThat(counts(shop.push(row("1", 7, "Shakar", "90")))).isEqualTo("1 stale");
        assertThat(shop.get("/api/products/1").get("changeVersion").asLong()).isEqualTo(1);
    }

    @Test
    void rowsThatChangeNothingWaitForNoWriter() throws SQLException {
        shop.push(row("1", 1, "Shakar", "100"));

        try (Connection writer = TestInfrastructure.database();
                Statement lock = writer.createStatement()) {
            writer.setAutoCommit(false);
            lock.execute("select from catalogues where ksb_id = '" + shop.ksbId() + "' for update");

            assertThat(counts(shop.push(row("1", 1, "Shakar", "100"), row("2", 1, "", "100"))))
                    .isEqualTo("1 unchanged 1 rejected");
        }
    }

    @Test
    void aBadRowRejectsItselfOnlyAndSaysWhy() {
        JsonNode answer = shop.push(
                row("1", 1, "Non", "3000"),
                row("2", 1, " ", "3000"),
                row("3", 1, "Non", "0.00001"),
                row("4", 1, "Non", "-1"),
                row("5", 1, "Non", "abc"),
                row("6", 1, "Non", "1").replace("\"dona\"", "\"quti\""),
                row("7", 1, "Non", "1").replace("chakana", "CHAKANA"),
                row("8", 1, "Non", "1").replace("asosiy", "ombor-9"),
                row("9", 1, "Non", "1").replace("\"quantity\":\"5\"", "\"quantity\":\"0.0001\""),
                row("10", 1, "Non", "1").replace("\"barcodes\"", "\"barkodlar\""),
                row("11", 1, "Non\\u0000", "1"),
                row("12", 1, "Non\\ud800", "1"),
                "17",
                row("13", 1, "Non", "1").replace("\"version\":1", "\"version\":\"1\""),
                row("14", 1, "Non", "1e900000000"),
                row("15", 1, "Suv", "0"));

        assertThat(counts(answer)).isEqualTo("2 created 14 rejected");
        assertThat(texts(answer.get("rejected"), "reason"))
                .containsExactly(
                        "name is missing or blank",
                        "prices[0].price has more than 4 decimals",
                        "prices[0].price is negative",
                        "prices[0].price is not a decimal as text",
                        "unit quti is not known",
                        "priceType CHAKANA is not known",
                        "warehouse ombor-9 is not known",
                        "stock[0].quantity has more than 3 decimals",
                        "barkodlar is not a known field",
                        "name has a character that cannot be stored",
                        "name has a character that cannot be stored",
                        "the row is not a JSON object",
                        "version is not a whole number from 0 to 9007199254740991",
                        "prices[0].price is not a decimal as text");
        assertThat(texts(answer.get("rejected"), "line"))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(2, 15).mapToObj(Integer::toString).toList());
        assertThat(price("15")).isEqualTo("0.00");
    }

    @Test
    void aHostileRowRejectsItselfOnly() {
        String[] rows = {
            row("1", 1, "Non", "3000"),
            "{\"id\":\"2\",\"a\\u0000b\":1}",
            "{\"id\":\"3\\ud800\"}",
            row("4", 1, "Non", "1").replace("\"version\":1", "\"version\":" + "9".repeat(2_000)),
            row("5", 1, "Non", "1").replace("\"version\":1", "\"version\":1e999"),
            "[".repeat(5_000) + "]".repeat(5_000),
            row("6", 1, "Non", "1").replace("asosiy", "asosiy\\u0000"),
            "{\"id\":\"8\",\"\\ud800\":1}",
            "{\"id\":\"9\",\"a\\udc00b\":1}",
            "{\"id\":\"10\",\"" + "n".repeat(60_000) + "\":1}",
            row("7", 1, "Suv", "2000")
        };

        assertThat(counts(shop.push(rows))).isEqualTo("2 created 9 rejected");
        assertThat(counts(shop.pushLines(String.join("\r\n\r\n", rows)))).isEqualTo("2 unchanged 9 rejected");
        assertThat(Shop.tree(shop.as(Role.ADMIN)
                                .get("/api/product-updates/rejected")
                                .asString())
                        .get("items"))
                .hasSize(9);
    }

    @Test
    void codesThatDifferByCaseOnlyAreDifferentProducts() {
        shop.push(row("m", 1, "Kichik", "1"), row("M", 1, "Katta", "2"));

        assertThat(price("m")).isEqualTo("1.00");
        assertThat(price("M")).isEqualTo("2.00");
        assertThat(texts(shop.get("/api/products?barcode=BM").get("items"), "id"))
                .containsExactly("M");
    }

    @Test
    void decimalsAreKeptExactly() {
        shop.push(row("1", 1, "Dori", "99999999999.1234"), row("2", 1, "Dori", "0.1000"));

        assertThat(price("1")).isEqualTo("99999999999.1234");
        assertThat(price("2")).isEqualTo("0.10");
    }

    @Test
    void onlyPlainDecimalsAsTextAreNumbers() {
        String number = row("1", 1, "Dori", "x").replace("\"price\":\"x\"", "\"price\":1.5");
        String hostile = row("2", 1, "Dori", "1E+2147483647");
        String arabic = row("3", 1, "Dori", "\u0661\u0662");
        String signed = row("4", 1, "Dori", "+1");
        String open = row("5", 1, "Dori", ".5");

        assertThat(texts(shop.push(number, hostile, arabic, signed, open).get("rejected"), "reason"))
                .hasSize(5)
                .containsOnly("prices[0].price is not a decimal as text");
    }

    @Test
    void aVersionThatJavaScriptCannotHoldIsRejected() {
        JsonNode answer =
                shop.push(row("1", 9_007_199_254_740_991L, "A", "1"), row("2", 9_007_199_254_740_992L, "A", "1"));

        assertThat(counts(answer)).isEqualTo("1 created 1 rejected");
    }

    @Test
    void anIdThatNoAddressCanNameIsRejected() {
        String[] rows = Stream.of(".", "..", "count", "changes", "a/b", "a?b", "a#b", "a%b")
                .map(id -> row(id, 1, "A", "1"))
                .toArray(String[]::new);

        assertThat(counts(shop.push(rows))).isEqualTo("8 rejected");
        assertThat(counts(shop.push(row("a b+c&d", 1, "A", "1")))).isEqualTo("1 created");
        assertThat(shop.get("/api/products/a b+c&d").get("name").asText()).isEqualTo("A");
    }

    @Test
    void aNameWithoutAVisibleCharacterIsRejected() {
        JsonNode answer = shop.push(row("1", 1, "\u200b", "1"), row("2", 1, "\u3164", "1"), row("3", 1, "\ufeff", "1"));

        assertThat(texts(answer.get("rejected"), "reason")).hasSize(3).containsOnly("name has no visible character");
    }

    @Test
    void aKeyThatStandsTwiceRejectsTheRow() {
        JsonNode answer =
                shop.push(row("1", 1, "A", "1").replace("\"unit\"", "\"name\":\"B\",\"unit\""), row("2", 1, "A", "1"));

        assertThat(counts(answer)).isEqualTo("1 created 1 rejected");
        assertThat(texts(answer.get("rejected"), "reason")).containsExactly("a key stands twice");
    }

    @Test
    void aByteOrderMarkBeforeTheRowsIsIgnored() {
        assertThat(counts(shop.pushLines("\ufeff" + row("1", 1, "A", "1")))).isEqualTo("1 created");
        assertThat(counts(Shop.tree(shop.pushing("application/json", "\ufeff[" + row("2", 1, "A", "1") + "]")
                        .asString())))
                .isEqualTo("1 created");
    }

    @Test
    void linesMayBeCompressedWithGzip() throws IOException {
        String body = IntStream.range(0, 3000)
                .mapToObj(i -> row("p" + i, 1, "A", "1"))
                .collect(Collectors.joining("\n"));

        assertThat(counts(
                        Shop.tree(packed(body).then().statusCode(200).extract().asString())))
                .isEqualTo("3000 created");
        pushing("application/json", "gzip", new byte[0]).then().statusCode(415);
        pushing("application/x-ndjson", "br", new byte[0]).then().statusCode(415);
    }

    @Test
    void aGzipStreamThatIsCutOffIsRefusedAsAWhole() throws IOException {
        byte[] whole = gzip(IntStream.range(0, 200)
                .mapToObj(i -> row("p" + i, 1, "A" + i * 7919, "1"))
                .collect(Collectors.joining("\n")));
        for (int length : new int[] {5, whole.length / 2, whole.length - 9, whole.length - 4, whole.length - 1}) {
            String answer = pushing("application/x-ndjson", "gzip", Arrays.copyOf(whole, length))
                    .then()
                    .statusCode(400)
                    .extract()
                    .asString();
            assertThat(answer).contains("/problems/invalid-request", "\"body\"", "gzip");
        }
        assertThat(stored()).isZero();
    }

    @Test
    void aBodyThatStallsIsEnded() throws IOException {
        try (Socket till = new Socket(address.getHost(), address.getPort())) {
            till.setSoTimeout(30_000);
            till.getOutputStream().write(head("Content-Length: 1000"));
            till.getOutputStream().write((row("1", 1, "A", "1") + "\n").getBytes(StandardCharsets.UTF_8));
            till.getOutputStream().flush();
            assertThat(new String(till.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 408")
                    .contains("/problems/too-slow");
        }
        assertThat(stored()).isZero();
    }

    @Test
    void aPackedBombIsReadInPieces() throws IOException {
        JsonNode answer = Shop.tree(packed("x".repeat(64 * 1024 * 1024))
                .then()
                .statusCode(200)
                .extract()
                .asString());

        assertThat(texts(answer.get("rejected"), "reason")).containsExactly("the row is longer than 256 KB");
    }

    @Test
    void anArrayOf15MegabytesIsReadInPieces() {
        String[] rows = IntStream.range(0, 15_000)
                .mapToObj(i -> row("p" + i, 1, "A".repeat(490), "1"))
                .map(row -> row + " ".repeat(1024 - row.length()))
                .toArray(String[]::new);

        assertThat(counts(shop.push(rows))).isEqualTo("15000 created");
    }

    @Test
    void emptyRowsByTheHundredThousandAreCounted() {
        int count = Boolean.getBoolean("pos.test.all") ? 4_000_000 : 200_000;

        JsonNode answer = Shop.tree(shop.pushing("application/json", "[{}" + ",{}".repeat(count - 1) + "]")
                .then()
                .statusCode(200)
                .extract()
                .asString());

        assertThat(answer.get("rejectedCount").asInt()).isEqualTo(count);
        assertThat(answer.get("rejected")).hasSize(100);
    }

    @Test
    void anArrayThatIsCutOffChangesNothing() {
        String rows = IntStream.range(0, 2500)
                .mapToObj(i -> row("p" + i, 1, "A", "1"))
                .collect(Collectors.joining(","));

        shop.pushing("application/json", "[" + rows + ",{").then().statusCode(400);

        assertThat(stored()).isZero();
    }

    @Test
    void updatesOfOneEnterpriseThatStallKeepNoOtherWaiting() throws Exception {
        List<Socket> stalled = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                stalled.add(new Socket(address.getHost(), address.getPort()));
                stalled.getLast().getOutputStream().write(head("Content-Length: 1000"));
                stalled.getLast().getOutputStream().flush();
            }
            assertThat(counts(Shop.open().push(row("1", 1, "A", "1")))).isEqualTo("1 created");
        } finally {
            for (Socket one : stalled) {
                one.close();
            }
        }
        assertThat(counts(shop.push(row("1", 1, "A", "1")))).isEqualTo("1 created");
    }

    @Test
    void aPageOfRejectedRowsHasAtMostTwoMegabytes() {
        String large = "\"" + "x".repeat(250_000) + "\"";
        shop.pushLines(IntStream.range(0, 12)
                .mapToObj(i -> "{\"id\":\"r" + i + "\",\"no\":" + large + "}")
                .collect(Collectors.joining("\n")));
        String path = "/api/product-updates/rejected?limit=1000";

        JsonNode first = Shop.tree(shop.as(Role.BACK_OFFICE).get(path).asString());
        JsonNode second = Shop.tree(shop.as(Role.BACK_OFFICE)
                .get(path + "&after=" + first.get("next").asText())
                .asString());

        assertThat(first.get("items")).hasSizeBetween(8, 9);
        assertThat(first.get("items").size() + second.get("items").size()).isEqualTo(12);
        assertThat(second.get("next").isNull()).isTrue();
        String one = "/api/product-updates/rejected/"
                + first.get("items").get(0).get("id").asText();
        shop.as(Role.BACK_OFFICE).get(one).then().statusCode(200);
        shop.as(Role.BACK_OFFICE).delete(one).then().statusCode(204);
        shop.as(Role.BACK_OFFICE).get(one).then().statusCode(404);
    }

    private Response packed(String body) throws IOException {
        return pushing("application/x-ndjson", "gzip", gzip(body));
    }

    private static byte[] gzip(String body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private Response pushing(String type, String encoding, byte[] body) {
        return shop.as(Role.BACK_OFFICE)
                .header("Content-Type", type)
                .header("Content-Encoding", encoding)
                .body(body)
                .post("/api/product-updates");
    }

    @Test
    void rowsOfOneProductInOneUpdateAreAppliedInTheirOrder() {
        JsonNode answer =
                shop.push(row("1", 1, "A", "1"), row("1", 2, "A", "2"), row("1", 1, "A", "1"), row("1", 3, "A", "3"));

        assertThat(counts(answer)).isEqualTo("1 created 2 updated 1 stale");
        assertThat(price("1")).isEqualTo("3.00");
    }

    @Test
    void aTombstoneNeedsNoContentAndOutlivesOlderRows() {
        shop.push(row("1", 1, "Non", "1"), row("2", 1, "Choy", "1"));

        assertThat(counts(shop.push("{\"id\":\"1\",\"version\":3,\"deleted\":true}")))
                .isEqualTo("1 updated");
        assertThat(counts(shop.push(row("1", 2, "Non", "2")))).isEqualTo("1 stale");
        assertThat(shop.get("/api/products/count").get("products").asInt()).isEqualTo(1);
        assertThat(texts(shop.get("/api/products").get("items"), "id")).containsExactly("2");
        assertThat(shop.feed(2)).hasSize(1).first().satisfies(tombstone -> assertThat(
                        tombstone.get("deleted").asBoolean())
                .isTrue());
    }

    @Test
    void twentyThousandLinesInPiecesWithBrokenOnesAreAllAccountedFor() throws Exception {
        String body = IntStream.rangeClosed(1, 20_000)
                .mapToObj(
                        i -> i % 1000 == 0 ? "{\"id\":\"" + i + "\", kesilgan" : row("p" + i, 1, "Маҳсулот №" + i, "1"))
                .collect(Collectors.joining("\n"));

        JsonNode answer = Shop.tree(inPieces(body.getBytes(StandardCharsets.UTF_8), 1021));

        assertThat(counts(answer)).isEqualTo("19980 created 20 rejected");
        assertThat(texts(answer.get("rejected"), "line"))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 20)
                        .mapToObj(i -> Integer.toString(i * 1000))
                        .toList());
        assertThat(texts(shop.feed(0), "name").stream().filter(name -> name.startsWith("Маҳсулот №")))
                .hasSize(19_980);
        assertThat(counts(shop.pushLines(body))).isEqualTo("19980 unchanged 20 rejected");
        JsonNode kept = Shop.tree(shop.as(Role.BACK_OFFICE)
                .get("/api/product-updates/rejected?limit=1000")
                .asString());
        assertThat(kept.get("items"))
                .hasSize(20)
                .allSatisfy(row -> assertThat(row.get("times").asInt()).isEqualTo(2));
    }

    @Test
    void linesThatAreTooLongOrNoTextSpoilNoOthers() {
        String answer = shop.as(Role.BACK_OFFICE)
                .header("Content-Type", "application/x-ndjson")
                .body(concat(
                        row("1", 1, "A", "1").getBytes(StandardCharsets.UTF_8),
                        "\r\n\n".getBytes(StandardCharsets.UTF_8),
                        row("2", 1, "x".repeat(RowCutter.MAX_ROW), "1").getBytes(StandardCharsets.UTF_8),
                        "\n".getBytes(StandardCharsets.UTF_8),
                        row("3", 1, "\u00e9", "1").getBytes(StandardCharsets.ISO_8859_1),
                        "\n".getBytes(StandardCharsets.UTF_8),
                        row("4", 1, "B", "1").getBytes(StandardCharsets.UTF_8)))
                .post("/api/product-updates")
                .asString();

        assertThat(counts(Shop.tree(answer))).isEqualTo("2 created 2 rejected");
        assertThat(texts(Shop.tree(answer).get("rejected"), "reason"))
                .containsExactly("the row is longer than 256 KB", "the row is not UTF-8");
        assertThat(texts(Shop.tree(answer).get("rejected"), "line")).containsExactly("3", "4");
    }

    @Test
    void aConnectionThatBreaksLeavesWholeChunksOnly() throws Exception {
        List<String> rows = IntStream.rangeClosed(1, 2 * UpdateChunk.MAX_ROWS + 300)
                .mapToObj(i -> row("k" + i, 1, "Mahsulot " + i, "1"))
                .toList();
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(head("Content-Length: 100000000"));
            out.write(String.join("\n", rows).getBytes(StandardCharsets.UTF_8));
            out.flush();
            eventually(() -> assertThat(stored()).isEqualTo(2 * UpdateChunk.MAX_ROWS));
        }

        assertThat(counts(shop.pushLines(String.join("\n", rows)))).isEqualTo("300 created 2000 unchanged");
        assertThat(stored()).isEqualTo(rows.size());
    }

    @Test
    void onlyTheBackOfficeOfTheEnterpriseMayUpdate() throws SQLException {
        shop.push(row("1", 1, "Non", "1"));
        for (Role role : List.of(Role.CASHIER, Role.MANAGER, Role.ADMIN)) {
            shop.as(role)
                    .header("Content-Type", "application/json")
                    .body("[]")
                    .post("/api/product-updates")
                    .then()
                    .statusCode(403);
        }
        given().contentType("application/json")
                .body("[]")
                .post("/api/product-updates")
                .then()
                .statusCode(401)
                .contentType("application/problem+json");
        given().auth()
                .oauth2(Tokens.of(shop.ksbId(), Role.BACK_OFFICE).expired().sign())
                .contentType("application/json")
                .body("[]")
                .post("/api/product-updates")
                .then()
                .statusCode(401);

        Shop other = Shop.open();
        assertThat(counts(other.push(row("1", 9, "Boshqa", "9")))).isEqualTo("1 created");
        assertThat(price("1")).isEqualTo("1.00");
    }

    @Test
    void whatIsNoArrayOfRowsIsRefused() {
        shop.pushing("application/json", "{\"id\":1}").then().statusCode(400);
        shop.pushing("application/json", "[").then().statusCode(400);
        shop.pushing("text/plain", "[]").then().statusCode(400);
        shop.pushing("application/json", "[" + " ".repeat(17 * 1024 * 1024) + "]")
                .then()
                .statusCode(413);
    }

    @Test
    void aRejectedRowIsReplayedOnceItsCauseIsGone() throws SQLException {
        shop.push(row("1", 1, "Non", "1").replace("\"dona\"", "\"quti\""));
        String id = Shop.tree(
                        shop.as(Role.ADMIN).get("/api/product-updates/rejected").asString())
                .get("items")
                .get(0)
                .get("id")
                .asText();
        String replay = "/api/product-updates/rejected/" + id + "/replay";

        assertThat(counts(replayed(replay))).isEqualTo("1 rejected");
        addUnit("quti");
        Shop.open().as(Role.BACK_OFFICE).post(replay).then().statusCode(404);
        shop.as(Role.MANAGER).post(replay).then().statusCode(403);
        assertThat(counts(replayed(replay))).isEqualTo("1 created");
        shop.as(Role.BACK_OFFICE).post(replay).then().statusCode(404);
        assertThat(price("1")).isEqualTo("1.00");
    }

    @Test
    void rejectedRowsOfAnotherEnterpriseAreNotShown() throws SQLException {
        shop.push("5");

        JsonNode others = Shop.tree(Shop.open()
                .as(Role.BACK_OFFICE)
                .get("/api/product-updates/rejected")
                .asString());

        assertThat(others.get("items")).isEmpty();
        shop.as(Role.CASHIER).get("/api/product-updates/rejected").then().statusCode(403);
    }

    private JsonNode replayed(String path) {
        return Shop.tree(shop.as(Role.BACK_OFFICE)
                .post(path)
                .then()
                .statusCode(200)
                .extract()
                .asString());
    }

    private void addUnit(String id) throws SQLException {
        try (var database = uz.ksb.pos.platform.testing.TestInfrastructure.database();
                var insert = database.prepareStatement(
                        "insert into reference_items values (?, 'units', ?, 0, 'x', null, null, false, false)")) {
            insert.setString(1, shop.ksbId());
            insert.setString(2, id);
            insert.executeUpdate();
        }
    }

    /** One request whose body arrives in pieces of any size, so that lines and characters are cut anywhere. */
    private String inPieces(byte[] body, int size) throws Exception {
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(head("Transfer-Encoding: chunked"));
            for (int start = 0; start < body.length; start += size) {
                int length = Math.min(size, body.length - start);
                out.write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                out.write(body, start, length);
                out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 200");
            return answer.substring(answer.indexOf("\r\n\r\n") + 4);
        }
    }

    private byte[] head(String length) {
        return ("POST /api/product-updates HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "Content-Type: application/x-ndjson\r\nAuthorization: Bearer " + shop.token(Role.BACK_OFFICE)
                        + "\r\n" + length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private int stored() {
        return shop.get("/api/products/count").get("products").asInt();
    }

    private String price(String id) {
        return shop.get("/api/products/" + id).get("prices").get(0).get("price").asText();
    }

    /** The counts that are not 0, which add up to what was received. */
    static String counts(JsonNode answer) {
        List<String> names = List.of("created", "updated", "unchanged", "stale");
        long sum = names.stream().mapToLong(name -> answer.get(name).asLong()).sum()
                + answer.get("rejectedCount").asLong();
        assertThat(answer.get("received").asLong()).isEqualTo(sum);
        assertThat(StreamSupport.stream(answer.get("rejected").spliterator(), false))
                .hasSize(Math.min(100, answer.get("rejectedCount").asInt()));
        String counts = names.stream()
                .filter(name -> answer.get(name).asLong() > 0)
                .map(name -> answer.get(name).asLong() + " " + name)
                .collect(Collectors.joining(" "));
        long rejected = answer.get("rejectedCount").asLong();
        return (rejected == 0 ? counts : counts + " " + rejected + " rejected").strip();
    }

    private static byte[] concat(byte[]... parts) {
        byte[] all = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
