package uz.ksb.pos.gateway.docs;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The documents of the APIs at {@code /api/docs}. */
@QuarkusTest
class DocsTest {
    private static final Path KEPT = Path.of("src/main/webui/api");

    private final ObjectMapper json = new ObjectMapper();

    private JsonNode served(String path) throws IOException {
        return json.readTree(given().get(path).then().statusCode(200).extract().asByteArray());
    }

    private JsonNode kept(String part) throws IOException {
        return json.readTree(KEPT.resolve(part + ".json").toFile());
    }

    @Test
    void theDocumentHasEveryEndpointOfEveryService() throws IOException {
        Set<String> expected = new TreeSet<>();
        for (String part : ApiDocument.PARTS) {
            kept(part).path("paths").fieldNames().forEachRemaining(expected::add);
        }
        Set<String> paths = new TreeSet<>();
        served("/api/docs/openapi.json").path("paths").fieldNames().forEachRemaining(paths::add);

        assertThat(paths).hasSizeGreaterThan(70).isEqualTo(expected);
    }

    @Test
    void everyReferenceIsToASchemaOfTheDocument() throws IOException {
        JsonNode document = served("/api/docs/openapi.json");

        assertThat(document.findValuesAsText("$ref")).hasSizeGreaterThan(100).allSatisfy(reference -> assertThat(
                        document.at(reference.substring(1)).isMissingNode())
                .as(reference)
                .isFalse());
    }

    /** As the other services' documents are compared by their own tests. */
    @Test
    void theGatewaysOwnPartIsAsItAnswers() throws IOException {
        JsonNode own = served("/q/openapi?format=json");

        assertThat(own.path("paths")).as("npm run api").isEqualTo(kept("live").path("paths"));
        assertThat(own.path("components"))
                .as("npm run api")
                .isEqualTo(kept("live").path("components"));
    }

    @Test
    void aNameOfTwoSchemasIsToldApart() throws IOException {
        JsonNode first = json.readTree(part("/a", "string"));
        JsonNode second = json.readTree(part("/b", "integer"));

        JsonNode merged = ApiDocument.merge(json, Map.of("one", first, "two", second));

        assertThat(merged.at("/paths/~1b/get/responses/200/schema/$ref").asText())
                .isEqualTo("#/components/schemas/TwoKind");
        assertThat(merged.at("/components/schemas/OneKind/type").asText()).isEqualTo("string");
        assertThat(merged.at("/components/schemas/TwoKind/type").asText()).isEqualTo("integer");
    }

    @Test
    void twoServicesWithOnePathAreAMistake() throws IOException {
        JsonNode part = json.readTree(part("/a", "string"));

        assertThatThrownBy(() -> ApiDocument.merge(json, Map.of("one", part, "two", part)))
                .hasMessageContaining("/a");
    }

    private static String part(String path, String type) {
        return """
            {"paths":{"%s":{"get":{"responses":{"200":{"schema":{"$ref":"#/components/schemas/Kind"}}}}}},
             "components":{"schemas":{"Kind":{"type":"%s"}}}}""".formatted(path, type);
    }

    @Test
    void thePageUsesItsOwnOriginOnly() {
        for (String path : new String[] {"/api/docs", "/api/docs/"}) {
            given().get(path)
                    .then()
                    .statusCode(200)
                    .header("Content-Security-Policy", containsString("default-src 'none'; script-src 'self'"))
                    .header("Cache-Control", "no-cache")
                    .body(containsString("/api/docs/swagger-ui-bundle.js"));
        }
        for (String file : new String[] {"swagger-ui-bundle.js", "swagger-ui.css"}) {
            String length = given().get("/api/docs/" + file)
                    .then()
                    .statusCode(200)
                    .extract()
                    .asString();
            assertThat(length.length()).as(file).isGreaterThan(100_000);
        }
        given().get("/api/docs/page.js").then().statusCode(200).body(containsString("SwaggerUIBundle"));
        given().get("/api/docs/gone.js").then().statusCode(404);
    }
}
