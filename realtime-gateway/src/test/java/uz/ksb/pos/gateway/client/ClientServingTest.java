package uz.ksb.pos.gateway.client;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Quinoa is off in tests: files of the test resources stand for those of the built client. */
@QuarkusTest
class ClientServingTest {
    @Test
    void whatHasAHashInItsNameIsKeptForEver() {
        given().get("/assets/probe-1a2b3c.js")
                .then()
                .statusCode(200)
                .header("Cache-Control", ClientServing.FOR_EVER)
                .header("X-Content-Type-Options", "nosniff");
    }

    @Test
    void thatAFileIsMissingIsNotKept() {
        given().get("/assets/gone-1a2b3c.js").then().statusCode(404).header("Cache-Control", ClientServing.ASK_FIRST);
    }

    @Test
    void theShellIsAskedForAnewAndMayOnlyUseItsOwnOrigin() {
        given().get("/")
                .then()
                .statusCode(200)
                .header("Cache-Control", ClientServing.ASK_FIRST)
                .header("Content-Security-Policy", ClientServing.CONTENT_SECURITY_POLICY);
    }

    @Test
    void everyPageOfTheClientIsTheShell() {
        page("/ksb-id").statusCode(200).body(containsString("<title>probe</title>"));
        page("/sales/2-000127").statusCode(200).body(containsString("<title>probe</title>"));
    }

    @Test
    void whatIsNoPageStaysMissing() {
        given().get("/gone.js").then().statusCode(404);
        given().get("/api/gone").then().statusCode(404).header("Content-Type", startsWith("application/problem+json"));
        given().post("/ksb-id").then().statusCode(greaterThanOrEqualTo(404));
    }

    @Test
    void aMistypedAddressOfTheApiIsNoPage() {
        for (String path : List.of("/API/sales", "/Api/totals", "/metrics", "/health/ready", "/Q/metrics", "/WS/x")) {
            page(path).statusCode(404).body(not(containsString("<title>")));
        }
        given().get("/ksb-id").then().statusCode(404);
    }

    private static ValidatableResponse page(String path) {
        return given().header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
                .get(path)
                .then();
    }

    @Test
    void theManifestHasItsContentType() {
        given().get("/probe.webmanifest").then().statusCode(200).header("Content-Type", "application/manifest+json");
    }

    @Test
    void whatIsNotTheClientsIsLeftAlone() {
        given().get("/q/health/live").then().statusCode(200).header("Content-Security-Policy", nullValue());
        assertThat(ClientPaths.isOfTheClient("/ws")).isFalse();
        assertThat(ClientPaths.isOfTheClient("/socket.io/")).isFalse();
        assertThat(ClientPaths.isOfTheClient("/api/live/stats")).isFalse();
        assertThat(ClientPaths.isOfTheClient("/wsx")).isTrue();
    }

    @Test
    void thePolicyAllowsNothingInlineAndNothingForeign() {
        assertThat(ClientServing.CONTENT_SECURITY_POLICY)
                .startsWith("default-src 'none'")
                .doesNotContain("unsafe")
                .doesNotContain("*")
                .doesNotContain("http");
    }
}
