package uz.ksb.pos.gateway.connection;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uz.ksb.pos.platform.testing.Eventually.eventually;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.gateway.testing.Owners;
import uz.ksb.pos.gateway.testing.RawClient;

@QuarkusTest
@QuarkusTestResource(Owners.Address.class)
@TestProfile(OriginsTest.OneOrigin.class)
class OriginsTest {
    /** A gateway that only its own page's origin may use. */
    public static class OneOrigin implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("pos.live.connection.allowed-origins", "https://pos.example,file://");
        }
    }

    @TestHTTPResource("/")
    URI address;

    @Test
    void pagesOfOtherOriginsAreRefusedWhereOriginsAreNamed() {
        eventually(() -> given().get("/q/health/ready").then().statusCode(200));
        for (String headers : new String[] {"Origin: https://pos.example", "Origin: file://", "X-No-Page: 1"}) {
            try (RawClient client = new RawClient(address.getPort(), 0, headers)) {
                assertThat(client.head()).startsWith("HTTP/1.1 101");
            }
        }
        for (String headers : new String[] {"Origin: https://elsewhere.example", "Origin: null"}) {
            assertThatThrownBy(() -> new RawClient(address.getPort(), 0, headers))
                    .hasMessageContaining("403");
        }
    }

    @Test
    void theSameHoldsForSocketIo() {
        eventually(() -> given().get("/q/health/ready").then().statusCode(200));
        String handshake = "/socket.io/?EIO=4&transport=polling";
        given().header("Origin", "https://pos.example").get(handshake).then().statusCode(200);
        given().get(handshake).then().statusCode(200);
        given().header("Origin", "https://elsewhere.example")
                .get(handshake)
                .then()
                .statusCode(403);
    }
}
