package uz.ksb.pos.sales.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static uz.ksb.pos.platform.testing.AtOnce.atOnce;
import static uz.ksb.pos.sales.SaleFixture.aFinishedSale;
import static uz.ksb.pos.sales.SaleFixture.aLine;
import static uz.ksb.pos.sales.SaleFixture.aPayment;
import static uz.ksb.pos.sales.SaleFixture.aSale;
import static uz.ksb.pos.sales.SaleFixture.aTill;
import static uz.ksb.pos.sales.SaleFixture.anEnterprise;
import static uz.ksb.pos.sales.SaleFixture.anId;
import static uz.ksb.pos.sales.SaleFixture.as;
import static uz.ksb.pos.sales.SaleFixture.batch;
import static uz.ksb.pos.sales.SaleFixture.decimal;
import static uz.ksb.pos.sales.SaleFixture.execute;
import static uz.ksb.pos.sales.SaleFixture.put;
import static uz.ksb.pos.sales.SaleFixture.query;
import static uz.ksb.pos.sales.SaleFixture.totals;
import static uz.ksb.pos.sales.SaleFixture.with;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uz.ksb.pos.platform.caller.Claims;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.testing.Tokens;

@QuarkusTest
class BatchApiTest {
    private static final String AT = "2011-11-14T08:10:00+05:00";

    private final ObjectMapper json = new ObjectMapper();
    private final String ksbId = anEnterprise();

    /** More than there are worker threads; none has a token. */
    @Test
    void ratesAreThoseOfTheTimeThatTheServerCorrected() throws Exception {
        Instant now = Instant.now();
        execute("insert into currency_rates (ksb_id, currency, version, rate, valid_from) values ('" + ksbId
                + "', 'USD', 1, 10000, '2000-01-01T00:00:00Z'), ('" + ksbId + "', 'USD', 2, 20000, '"
                + now.minus(Duration.ofHours(30)) + "')");
        Map<String, Object> sale =
                aFinishedSale(anId(), now.minus(Duration.ofHours(1)).toString());
        Map<String, Object> dollars = aPayment("CASH", "3");
        dollars.put("currency", "USD");
        dollars.put("rate", "10000");
        sale.put("payments", List.of(dollars));
        // The till's clock is two days ahead: the sale is 49 hours old.
        as(ksbId, Role.CASHIER)
                .header("X-Client-Time", now.plus(Duration.ofDays(2)).toString())
                .body(List.of(sale))
                .post("/api/sales/batch")
                .then()
                .body("result", contains("created"));
        as(ksbId, Role.CASHIER).get("/api/sales/" + sale.get("id")).then().body("flags", contains("clock"));
    }

    @Test
    void whoeverStallsInTheMiddleOfABatchHoldsUpNoOther() throws Exception {
        List<Socket> stalled = new ArrayList<>();
        try {
            for (int i = 0; i < 250; i++) {
                Socket till = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port);
                stalled.add(till);
                till.getOutputStream()
                        .write(
                                ("POST /api/sales/batch HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                                + "Content-Length: 100000\r\n\r\n[" + " ".repeat(50_000))
                                        .getBytes(StandardCharsets.US_ASCII));
            }
            batch(ksbId, List.of(aFinishedSale(anId(), AT))).body("result", contains("created"));
        } finally {
            for (Socket till : stalled) {
                till.close();
            }
        }
    }

    @Test
    void aBatchIsAnsweredSaleBySaleInOrderAndCounted() {
        List<Map<String, Object>> sales =
                IntStream.range(0, 500).mapToObj(i -> aFinishedSale(anId(), AT)).toList();
        batch(ksbId, sales)
                .statusCode(200)
                .body("size()", equalTo(500))
                .body(
                        "id",
                        equalTo(sales.stream()
                                .map(sale -> sale.get("id").toString())
                                .toList()))
                .body("result.unique()", contains("created"));
        batch(ksbId, sales).statusCode(200).body("result.unique()", contains("replayed"));
        var totals = totals(ksbId, "2011-11-14");
        assertThat(totals.getInt("count")).isEqualTo(500);
        assertThat(decimal(totals, "gross")).isEqualByComparingTo("15000000");
        assertThat(totals.getInt("notDelivered")).isEqualTo(500);
        batch(
                        ksbId,
                        IntStream.range(0, 501)
                                .mapToObj(i -> aFinishedSale(anId(), AT))
                                .toList())
                .statusCode(413);
    }

    @Test
    void eightConnectionsWithOneSaleGetEightEqualAnswers() throws Exception {
        UUID id = anId();
        List<String> results = atOnce(8, i -> resultOf(aFinishedSale(id, AT)));
        assertThat(results)
                .containsOnly("created", "replayed")
                .filteredOn("created"::equals)
                .hasSize(1);
        assertThat(totals(ksbId, "2011-11-14").getInt("count")).isEqualTo(1);
    }

    /** The sales share customers, products and receipts, whose rows are locked too. */
    @Test
    void batchesInOppositeOrdersStoreEachSaleOnce() throws Exception {
        UUID customer = anId();
        as(ksbId, Role.CASHIER)
                .body(Map.of("id", customer, "name", "Ali"))
                .post("/api/customers")
                .then()
                .statusCode(201);
        List<Map<String, Object>> sales = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            Map<String, Object> sale = aFinishedSale(anId(), AT);
            sale.put("customerId", customer);
            sale.put("payments", List.of(aPayment("DEBT", "10000"), aPayment("CASH", "20000")));
            if (i % 3 == 2) {
                sale.put("kind", "RETURN");
                sale.put("returnOf", sales.get(i - 2).get("id"));
                Map<String, Object> line = aLine("p1", "10000", "1");
                line.put("returnOfLine", "l-p1");
                sale.put("lines", List.of(line));
                sale.put("payments", List.of(aPayment("DEBT", "10000")));
            }
            sales.add(sale);
        }
        List<JsonPath> answers = atOnce(8, i -> {
            List<Map<String, Object>> order = new ArrayList<>(sales);
            if (i % 2 == 1) {
                Collections.reverse(order);
            } else if (i % 4 == 2) {
                Collections.shuffle(order, new Random(i));
            }
            return batch(ksbId, order).statusCode(200).extract().jsonPath();
        });

        List<String> results = answers.stream()
                .flatMap(answer -> answer.getList("result", String.class).stream())
                .toList();
        assertThat(results).containsOnly("created", "replayed").hasSize(8 * 60);
        assertThat(results).filteredOn("created"::equals).hasSize(60);
        assertThat(totals(ksbId, "2011-11-14").getInt("count")).isEqualTo(40);
        assertThat(totals(ksbId, "2011-11-14").getInt("returnsCount")).isEqualTo(20);
        as(ksbId, Role.CASHIER)
                .get("/api/customers?search=ali")
                .then()
                .body("items[0].balances[0].amount", equalTo("-200000.00"));
        assertThat(query("select count(*) from sales where ksb_id = '" + ksbId + "' and flags <> '[]'"))
                .isEqualTo(0L);
    }

    @Test
    void eightConnectionsWithDifferentContentMakeSevenConflicts() throws Exception {
        UUID id = anId();
        List<String> results = atOnce(8, i -> {
            Map<String, Object> sale = aFinishedSale(id, AT);
            sale.put("lines", List.of(aLine("p", Integer.toString(i + 1), "1")));
            sale.put("payments", List.of(aPayment("CASH", Integer.toString(i + 1))));
            return resultOf(sale);
        });
        assertThat(results).filteredOn("created"::equals).hasSize(1);
        assertThat(results).filteredOn("conflict"::equals).hasSize(7);
        assertThat(totals(ksbId, "2011-11-14").getInt("toReview")).isEqualTo(7);

        var conflicts = as(ksbId, Role.MANAGER)
                .get("/api/sales/conflicts")
                .then()
                .extract()
                .jsonPath();
        assertThat(conflicts.getList("items")).hasSize(7);
        String first = conflicts.getString("items[0].id");
        Map<String, Object> asNew = Map.of("as", "new-sale", "reason", "two customers");
        as(ksbId, Role.CASHIER)
                .body(asNew)
                .post("/api/sales/conflicts/" + first + "/resolution")
                .then()
                .statusCode(403);
        as(anEnterprise(), Role.MANAGER)
                .body(asNew)
                .post("/api/sales/conflicts/" + first + "/resolution")
                .then()
                .statusCode(404);
        for (int i = 0; i < 2; i++) {
            as(ksbId, Role.MANAGER)
                    .body(asNew)
                    .post("/api/sales/conflicts/" + first + "/resolution")
                    .then()
                    .statusCode(200)
                    .body("resolution", equalTo("new-sale"));
        }
        as(ksbId, Role.MANAGER)
                .body(Map.of("as", "dismissed", "reason", "a test"))
                .post("/api/sales/conflicts/" + conflicts.getString("items[1].id") + "/resolution")
                .then()
                .statusCode(200);
        var totals = totals(ksbId, "2011-11-14");
        assertThat(totals.getInt("count")).isEqualTo(2);
        assertThat(totals.getInt("toReview")).isEqualTo(5);
        as(ksbId, Role.MANAGER).get("/api/sales/conflicts").then().body("items.size()", equalTo(5));
    }

    @Test
    void brokenJsonInsideABatchIsKeptRawAndSpoilsNoOther() throws Exception {
        UUID first = anId();
        UUID last = anId();
        String good = json.writeValueAsString(aFinishedSale(first, AT));
        String after = json.writeValueAsString(aFinishedSale(last, AT));
        String wrong = "{\"id\":\"" + anId() + "\",\"lines\":\"none\"}";
        String broken = "{\"id\":\"" + anId() + "\",\"lines\":[{\"lineId\":\"l\",}";
        String body = "[" + good + "," + broken + ",\n" + wrong + ", 17, " + after + "]";
        for (int i = 0; i < 2; i++) {
            batch(ksbId, body)
                    .statusCode(200)
                    .body(
                            "result",
                            contains(
                                    i == 0 ? "created" : "replayed",
                                    "invalid",
                                    "invalid",
                                    "invalid",
                                    i == 0 ? "created" : "replayed"))
                    .body("id[4]", equalTo(last.toString()));
        }
        assertThat(totals(ksbId, "2011-11-14").getInt("toReview")).isEqualTo(3);
        as(ksbId, Role.MANAGER)
                .get("/api/sales/unreadable")
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(3))
                .body("items.length", hasItem(broken.length()));
        as(anEnterprise(), Role.ADMIN).get("/api/sales/unreadable").then().body("items.size()", equalTo(0));
        batch(ksbId, "{}").statusCode(400);
        batch(ksbId, "").statusCode(400);
    }

    @Test
    void aSaleThatTheDatabaseRefusesSpoilsNoOther() throws Exception {
        Map<String, Object> poison = aFinishedSale(anId(), AT);
        poison.put("comment", "a\u0000b");
        Map<String, Object> large = aFinishedSale(anId(), AT);
        large.put("lines", List.of(aLine("p", "99999999999", "99999999")));
        Map<String, Object> longDevice = aFinishedSale(anId(), AT);
        longDevice.put("deviceId", "x".repeat(10_000));
        Map<String, Object> farTime = aFinishedSale(anId(), "+999999999-01-01T00:00:00Z");
        batch(ksbId, List.of(aFinishedSale(anId(), AT), poison, large, longDevice, farTime, aFinishedSale(anId(), AT)))
                .statusCode(200)
                .body("result", contains("created", "invalid", "invalid", "invalid", "invalid", "created"));
    }

    @Test
    void whatAnOfflineSaleBreaksIsOnlyFlagged() {
        Map<String, Object> sale = aFinishedSale(anId(), AT);
        sale.put("lines", List.of(aLine("p", "10.00001", "-1"), aLine("q", "5", "1.0001")));
        sale.put("discount", Map.of("percent", "50"));
        sale.put("payments", List.of(aPayment("DEBT", "1")));
        String token = Tokens.of(ksbId, Role.CASHIER).with("max_discount", "5").sign();
        with(token).body(List.of(sale)).post("/api/sales/batch").then().body("result", contains("created"));
        as(ksbId, Role.CASHIER)
                .get("/api/sales/" + sale.get("id"))
                .then()
                .statusCode(200)
                .body("flags", hasItem("quantity"))
                .body("flags", hasItem("price"))
                .body("flags", hasItem("debt"));
    }

    @ParameterizedTest
    @CsvSource({
        "quantity, 0, quantity",
        "quantity, -2, quantity",
        "quantity, 1.0001, quantity",
        "price, -1, price",
        "price, 1.00001, price",
        "payments, 29999.99, payment",
        "payments, 30000.01, ''",
        "debt, 30000, debt",
        "discount, 5.01, discount",
        "discount, -1, discount",
        "discount, 101, discount",
        "currency, USD, rate",
        "currency, XXX, currency",
        "paidIn, USD, rate",
        "paidIn, XTS, currency",
        "rounding, 27, rounding",
        "total, 1, total",
        "customerId, 00000000-0000-7000-8000-000000000001, unknown-customer",
        "customerId, 00000000-0000-0000-0000-000000000000, ''",
        "returnOf, 00000000-0000-7000-8000-000000000001, unknown-return",
        "lineTwice, x, lines",
        "completedAt, 2096-01-01T00:00:00Z, clock",
    })
    void eachRuleThatAnOfflineSaleBreaksIsFlaggedAndTheSaleIsStored(String what, String value, String flag) {
        Map<String, Object> sale = aFinishedSale(anId(), AT);
        Map<String, Object> line = aLine("p", "30000", "1");
        sale.put("lines", List.of(line));
        switch (what) {
            case "quantity", "price" -> line.put(what, value);
            case "payments" -> sale.put("payments", List.of(aPayment("CASH", value)));
            case "lineTwice" -> sale.put("lines", List.of(aLine("p", "15000", "1"), aLine("p", "15000", "1")));
            case "returnOf" -> {
                sale.put("kind", "RETURN");
                sale.put(what, value);
            }
            case "debt" -> sale.put("payments", List.of(aPayment("DEBT", value)));
            case "discount" -> sale.put("discount", Map.of("percent", value));
            case "paidIn" -> {
                Map<String, Object> payment = aPayment("CASH", "30000");
                payment.put("currency", value);
                sale.put("payments", List.of(payment));
            }
            default -> sale.put(what, value);
        }
        String token = Tokens.of(ksbId, Role.CASHIER).with("max_discount", "5").sign();
        with(token).body(List.of(sale)).post("/api/sales/batch").then().body("result", contains("created"));
        as(ksbId, Role.CASHIER)
                .get("/api/sales/" + sale.get("id"))
                .then()
                .statusCode(200)
                .body("flags", flag.isEmpty() ? empty() : hasItem(flag));
        var totals = totals(ksbId, flag.equals("clock") ? null : "2011-11-14");
        assertThat(totals.getInt("count") + totals.getInt("returnsCount")).isEqualTo(1);
        assertThat(totals.getInt("notDelivered")).isEqualTo(1);
    }

    @Test
    void theCustomerOfAnotherEnterpriseMakesNoDebtHere() {
        UUID customer = anId();
        String other = anEnterprise();
        as(other, Role.CASHIER)
                .body(Map.of("id", customer, "name", "Ali"))
                .post("/api/customers")
                .then()
                .statusCode(201);
        Map<String, Object> sale = aFinishedSale(anId(), AT);
        sale.put("customerId", customer);
        sale.put("payments", List.of(aPayment("DEBT", "30000")));
        batch(ksbId, List.of(sale)).body("result", contains("created"));
        as(other, Role.CASHIER).get("/api/customers/" + customer).then().body("balances", empty());
        as(ksbId, Role.CASHIER).get("/api/sales/" + sale.get("id")).then().body("flags", contains("unknown-customer"));
        assertThat(decimal(totals(ksbId, "2011-11-14"), "debt")).isEqualByComparingTo("30000");
    }

    @Test
    void whatCannotBeReadIsToldInWordsOfTheSaleNotOfTheProgram() throws Exception {
        String id = anId().toString();
        String body = "[17, \"text\", null, [1], {\"id\":\"%s\",\"lines\":[{\"quantity\":\"many\"}]},"
                + " {\"id\":\"%s\",\"lines\":7}, {\"id\":[]}, {\"id\": tru}, {}]";
        var answers =
                batch(ksbId, body.formatted(id, id)).statusCode(200).extract().jsonPath();
        assertThat(answers.getList("result", String.class)).hasSize(9).containsOnly("invalid");
        List<String> problems = answers.getList("problem", String.class);
        assertThat(problems).noneMatch(problem -> problem.matches("(?s).*(uz\\.ksb|java\\.|`|Cannot|Exception).*"));
        assertThat(problems.get(0)).isEqualTo("it is not a sale: a JSON object is expected");
        assertThat(problems.get(4)).isEqualTo("lines[0].quantity: has the wrong type or form");
        assertThat(problems.get(5)).isEqualTo("lines: has the wrong type or form");
        assertThat(problems.get(8)).isEqualTo("id: is missing");
        assertThat(totals(ksbId, "2011-11-14").getInt("toReview")).isEqualTo(9);
    }

    @Test
    void tooManyLinesInABatchAreKeptRaw() {
        Map<String, Object> sale = aFinishedSale(anId(), AT);
        sale.put(
                "lines",
                IntStream.rangeClosed(1, 2001)
                        .mapToObj(i -> aLine("p" + i, "1", "1"))
                        .toList());
        batch(ksbId, List.of(sale, aFinishedSale(anId(), AT))).body("result", contains("invalid", "created"));
    }

    @Test
    void aReturnWithoutReceiptByACashierIsFlaggedAndByAManagerNot() {
        Map<String, Object> sale = aFinishedSale(anId(), AT);
        sale.put("kind", "RETURN");
        batch(ksbId, List.of(sale)).body("result", contains("created"));
        as(ksbId, Role.CASHIER)
                .get("/api/sales/" + sale.get("id"))
                .then()
                .body("flags", contains("return-without-receipt"));
        Map<String, Object> other = aFinishedSale(anId(), AT);
        other.put("kind", "RETURN");
        as(ksbId, Role.MANAGER)
                .body(List.of(other))
                .post("/api/sales/batch")
                .then()
                .statusCode(200);
        as(ksbId, Role.CASHIER).get("/api/sales/" + other.get("id")).then().body("flags", empty());
        var totals = totals(ksbId, "2011-11-14");
        assertThat(totals.getInt("returnsCount")).isEqualTo(2);
        assertThat(decimal(totals, "returns")).isEqualByComparingTo("60000");
        assertThat(decimal(totals, "net")).isEqualByComparingTo("-60000");
        assertThat(decimal(totals, "cash")).isEqualByComparingTo("-60000");
    }

    @Test
    void aFinishedSaleWinsOverAnOpenOrTrashedOne() {
        UUID open = anId();
        UUID trashed = anId();
        put(ksbId, aSale(open)).statusCode(200);
        put(ksbId, aSale(trashed)).statusCode(200);
        as(ksbId, Role.CASHIER).delete("/api/sales/" + trashed).then().statusCode(204);
        batch(ksbId, List.of(aFinishedSale(open, AT), aFinishedSale(trashed, AT)))
                .body("result", contains("created", "created"));
        as(ksbId, Role.CASHIER).get("/api/sales/" + open).then().body("flags", contains("was-open"));
        as(ksbId, Role.CASHIER)
                .get("/api/sales/" + trashed)
                .then()
                .body("flags", contains("was-trashed"))
                .body("status", equalTo("COMPLETED"));
    }

    @Test
    void midnightInTashkentDividesTheDaysAlsoForWhatComesTwoDaysLate() {
        batch(
                        ksbId,
                        List.of(
                                aFinishedSale(anId(), "2011-11-14T18:59:59.999Z"),
                                aFinishedSale(anId(), "2011-11-15T00:00:00+05:00")))
                .statusCode(200);
        assertThat(totals(ksbId, "2011-11-14").getInt("count")).isEqualTo(1);
        assertThat(totals(ksbId, "2011-11-15").getInt("count")).isEqualTo(1);
        String token = Tokens.of(ksbId, Role.CASHIER)
                .with("zone", "Europe/London")
                .with("day_start", "06:00")
                .sign();
        with(token)
                .body(List.of(
                        aFinishedSale(anId(), "2011-12-01T05:59:59.999Z"),
                        aFinishedSale(anId(), "2011-12-01T06:00:00Z")))
                .post("/api/sales/batch")
                .then()
                .statusCode(200);
        assertThat(totals(ksbId, "2011-11-30").getInt("count")).isEqualTo(1);
        assertThat(totals(ksbId, "2011-12-01").getInt("count")).isEqualTo(1);
    }

    @Test
    void aTillWhoseClockIsADayAheadIsCorrectedAndFlagged() {
        UUID id = anId();
        Instant there = Instant.now().plus(1, ChronoUnit.DAYS);
        as(ksbId, Role.CASHIER)
                .header("X-Client-Time", there.toString())
                .body(List.of(aFinishedSale(id, there.minusSeconds(60).toString())))
                .post("/api/sales/batch")
                .then()
                .statusCode(200);
        var sale =
                as(ksbId, Role.CASHIER).get("/api/sales/" + id).then().extract().jsonPath();
        assertThat(sale.getList("flags", String.class)).containsExactly("clock");
        assertThat(Instant.parse(sale.getString("completedAt"))).isBefore(Instant.now());
        assertThat(OffsetDateTime.parse(sale.getString("claimedAt")).toInstant())
                .isAfter(Instant.now());
        UUID future = anId();
        batch(ksbId, List.of(aFinishedSale(future, there.toString()))).statusCode(200);
        as(ksbId, Role.CASHIER).get("/api/sales/" + future).then().body("flags", contains("clock"));
    }

    @Test
    void aTillWithoutAUserMayStillBringItsSales() {
        aTill(ksbId, "APPROVED");
        UUID id = anId();
        RestAssured.given()
                .contentType("application/json")
                .body(List.of(aFinishedSale(id, AT)))
                .post("/api/sales/batch")
                .then()
                .statusCode(401);
        for (String session :
                List.of("", Tokens.of(ksbId, Role.CASHIER).expired().sign())) {
            var request = RestAssured.given().contentType("application/json").header("X-Device-Token", deviceToken());
            (session.isEmpty() ? request : request.auth().oauth2(session))
                    .body(List.of(aFinishedSale(id, AT)))
                    .post("/api/sales/batch")
                    .then()
                    .statusCode(200)
                    .body("result", contains(session.isEmpty() ? "created" : "replayed"));
        }
        as(ksbId, Role.CASHIER).get("/api/sales/" + id).then().body("flags", contains("device-token"));
        RestAssured.given()
                .contentType("application/json")
                .header("X-Device-Token", Tokens.of(ksbId, Role.ADMIN).sign())
                .body("[]")
                .post("/api/sales/batch")
                .then()
                .statusCode(401);
        with(deviceToken()).get("/api/sales/" + id).then().statusCode(401);
        as(ksbId, Role.BACK_OFFICE).body("[]").post("/api/sales/batch").then().statusCode(403);
    }

    @Test
    void gapsInATillsNumbersAreNamedAndANumberTwiceIsFlagged() {
        List<Map<String, Object>> sales = new ArrayList<>();
        for (int number : new int[] {1, 2, 5, 5}) {
            Map<String, Object> sale = aFinishedSale(anId(), AT);
            sale.put("deviceSequence", number);
            sales.add(sale);
        }
        batch(ksbId, sales).statusCode(200);
        as(ksbId, Role.CASHIER)
                .queryParam("device", Tokens.deviceOf(ksbId).toString())
                .get("/api/sales/missing")
                .then()
                .statusCode(200)
                .body("missing", contains(3, 4));
        as(ksbId, Role.CASHIER)
                .get("/api/sales/" + sales.get(3).get("id"))
                .then()
                .body("flags", contains("sequence-twice"))
                .body("number", equalTo("1-000005"));
        as(anEnterprise(), Role.CASHIER)
                .get("/api/sales/missing?device=1")
                .then()
                .body("missing", empty());
    }

    @Test
    void aFarNumberNamesTheFirstThousandMissingOnes() {
        UUID id = anId();
        Map<String, Object> first = aFinishedSale(id, AT);
        first.put("deviceSequence", 1);
        Map<String, Object> conflict = aFinishedSale(id, "2011-11-14T08:11:00+05:00");
        conflict.put("deviceSequence", 2);
        Map<String, Object> far = aFinishedSale(anId(), AT);
        far.put("deviceSequence", 9_000_000_000_000_000L);
        batch(ksbId, List.of(first, conflict, far)).body("result", contains("created", "conflict", "created"));
        List<Integer> missing = as(ksbId, Role.CASHIER)
                .get("/api/sales/missing?device=1")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("missing", Integer.class);
        assertThat(missing).hasSize(1_000).startsWith(3, 4, 5).endsWith(1_002);
    }

    @Test
    void aFreeSaleWithoutPaymentIsValid() throws Exception {
        Map<String, Object> sale = aFinishedSale(anId(), AT);
        sale.put("lines", List.of(aLine("p", "0", "12540")));
        sale.put("payments", List.of());
        batch(ksbId, List.of(sale)).body("result", contains("created"));
        assertThat(query("select flags::text from sales where ksb_id = '" + ksbId + "'"))
                .isEqualTo("[]");
    }

    private String deviceToken() {
        return Tokens.of(ksbId, Role.CASHIER)
                .with("aud", Claims.DEVICE_AUDIENCE)
                .sign();
    }

    private String resultOf(Map<String, Object> sale) {
        return batch(ksbId, List.of(sale)).statusCode(200).extract().jsonPath().getString("[0].result");
    }
}
