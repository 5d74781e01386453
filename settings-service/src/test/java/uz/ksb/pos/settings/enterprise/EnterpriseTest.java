package uz.ksb.pos.settings.enterprise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static uz.ksb.pos.platform.testing.Eventually.eventually;
import static uz.ksb.pos.platform.testing.TestInfrastructure.query;
import static uz.ksb.pos.platform.testing.TopicWriter.publish;
import static uz.ksb.pos.settings.Till.ONE;
import static uz.ksb.pos.settings.Till.OTHER;
import static uz.ksb.pos.settings.Till.as;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.event.Ids;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.testing.TopicReader;
import uz.ksb.pos.settings.Till;

@QuarkusTest
class EnterpriseTest {
    @Test
    void anyoneMayAskForTheNameOfAnEnterpriseAndNothingElse() {
        RestAssured.get("/api/enterprises/" + ONE)
                .then()
                .statusCode(200)
                .body("name", equalTo("Namuna do'koni"))
                .body("currency", nullValue());
        RestAssured.get("/api/enterprises/99999999").then().statusCode(404);
        for (String bad : List.of("1000000", "100000001", "abcdefgh")) {
            RestAssured.get("/api/enterprises/" + bad)
                    .then()
                    .statusCode(400)
                    .body("violations[0].field", equalTo("ksbId"));
        }
    }

    @Test
    void everybodySeesTheOwnEnterpriseAndAnAdminChangesIt() {
        String admin = Till.of(OTHER).accessToken("admin");
        int version = as(admin).get("/api/enterprise").path("version");
        Map<String, Object> change = Map.of(
                "phones", List.of("+998 71 200 00 0" + version % 10),
                "dayStart", "05:00",
                "cashRoundings", Map.of("GBP", 1));

        as(admin)
                .body(change)
                .patch("/api/enterprise")
                .then()
                .statusCode(200)
                .body("version", equalTo(version + 1))
                .body("dayStart", equalTo("05:00"))
                .body("cashRoundings.GBP", equalTo(1));
        as(admin).body(change).patch("/api/enterprise").then().body("version", equalTo(version + 1));
        as(Till.of(OTHER).accessToken("kassir"))
                .get("/api/enterprise")
                .then()
                .statusCode(200)
                .body("dayStart", equalTo("05:00"));
        as(Till.of(ONE).accessToken("kassir")).get("/api/enterprise").then().body("dayStart", equalTo("00:00"));
        eventually(() -> assertThat(TopicReader.all(
                        Topics.SETTINGS,
                        published -> published.event().type().equals("enterprise.changed")
                                && published.event().ksbId().equals(OTHER)
                                && published.data().contains("\"version\":" + (version + 1))))
                .hasSize(1));
    }

    @Test
    void onlyAnAdminChangesItAndBadInputNamesItsField() {
        as(Till.of(ONE).accessToken("menejer"))
                .body("{}")
                .patch("/api/enterprise")
                .then()
                .statusCode(403);
        String admin = Till.of(ONE).accessToken("admin");
        refused(admin, "{\"zone\":\"Mars/Olympus\"}", 400, "zone");
        refused(admin, "{\"currency\":\"sum\"}", 400, "currency");
        refused(admin, "{\"currency\":\"ZZZ\"}", 400, "currency");
        refused(admin, "{\"currency\":\"XXX\"}", 400, "currency");
        refused(admin, "{\"name\":\"\u3164\"}", 400, "name");
        refused(admin, "{\"cashLimit\":\"-1\"}", 400, "cashLimit");
        refused(admin, "{\"cashRoundings\":{\"UZS\":7}}", 422, "cashRoundings");
        refused(admin, "{\"licenceUntil\":\"2099-01-01\"}", 400, "licenceUntil");
    }

    @Test
    void theMainCurrencyStaysOnceThereAreSales() throws Exception {
        String ksbId = Till.newEnterprise();
        String admin = Till.of(ksbId).accessToken("admin");
        as(admin).body("{\"currency\":\"USD\"}").patch("/api/enterprise").then().statusCode(200);
        totals(ksbId, 0);
        totals(ksbId, 1);
        eventually(() -> assertThat(hasSales(ksbId)).isTrue());

        as(admin)
                .body("{\"currency\":\"EUR\"}")
                .patch("/api/enterprise")
                .then()
                .statusCode(409)
                .body("violations[0].field", equalTo("currency"));
        as(admin).body("{\"currency\":\"USD\"}").patch("/api/enterprise").then().statusCode(200);
    }

    private static boolean hasSales(String ksbId) {
        return (boolean) query("select has_sales from enterprises where ksb_id = '" + ksbId + "'");
    }

    private static void totals(String ksbId, int count) {
        publish(
                Topics.TOTALS,
                new CloudEvent(Ids.next(), "totals.changed", "test", Instant.now(), null, ksbId, null),
                "{\"count\":" + count + ",\"returnsCount\":0}");
    }

    private static void refused(String admin, String body, int status, String field) {
        as(admin)
                .body(body)
                .patch("/api/enterprise")
                .then()
                .statusCode(status)
                .body("violations[0].field", equalTo(field));
    }
}
