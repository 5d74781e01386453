package uz.ksb.pos.product.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.product.testing.Shop.row;
import static uz.ksb.pos.product.testing.Shop.texts;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.testing.Property;
import uz.ksb.pos.product.testing.Shop;

@QuarkusTest
class ProductFeedTest {
    @TestHTTPResource
    URI address;

    @Test
    void anEmptyCatalogueHasAnEmptyFeed() throws SQLException {
        JsonNode feed = Shop.open().get("/api/products/changes");

        assertThat(feed.get("items")).isEmpty();
        assertThat(feed.get("changeVersion").asLong()).isZero();
        assertThat(feed.get("more").asBoolean()).isFalse();
    }

    @Test
    void theFeedGoesOnWhereItWasLeft() throws SQLException {
        Shop shop = Shop.open();
        shop.push(row("a", 1, "A", "1"), row("b", 1, "B", "1"), row("c", 1, "C", "1"));

        JsonNode first = shop.get("/api/products/changes?after=0&limit=2");
        assertThat(texts(first.get("items"), "id")).containsExactly("a", "b");
        assertThat(first.get("more").asBoolean()).isTrue();
        shop.push(row("a", 2, "A", "2"));
        JsonNode second = shop.get("/api/products/changes?after=" + first.get("changeVersion") + "&limit=2");

        assertThat(texts(second.get("items"), "id")).containsExactly("c", "a");
        assertThat(second.get("more").asBoolean()).isFalse();
        assertThat(second.get("changeVersion").asLong()).isEqualTo(4);
        assertThat(shop.feed(4)).isEmpty();
    }

    @Test
    void aReaderAheadOfTheCatalogueSeesThatItIs() throws SQLException {
        Shop shop = Shop.open();
        shop.push(row("a", 1, "A", "1"), row("b", 1, "B", "1"));

        for (String question : List.of("after=9", "after=9&limit=7", "after=" + Integer.MAX_VALUE + "9")) {
            JsonNode feed = shop.get("/api/products/changes?" + question);
            assertThat(feed.toString()).as(question).isEqualTo("{\"items\":[],\"changeVersion\":2,\"more\":false}");
        }
    }

    @Test
    void theFullCatalogueIsStreamedToItsEndAndZipped() throws Exception {
        Shop shop = Shop.open();
        shop.pushLines(IntStream.range(0, 4500)
                .mapToObj(i -> row("p" + i, 1, "Mahsulot " + i, "1"))
                .collect(Collectors.joining("\n")));

        HttpResponse<byte[]> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(address.resolve("/api/products/changes?after=0"))
                                .header("Authorization", "Bearer " + shop.token(Role.CASHIER))
                                .header("Accept-Encoding", "gzip")
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());

        assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("gzip");
        String text;
        try (GZIPInputStream unzipped = new GZIPInputStream(new java.io.ByteArrayInputStream(answer.body()))) {
            text = new String(unzipped.readAllBytes(), StandardCharsets.UTF_8);
        }
        assertThat(answer.body().length).isLessThan(text.length() / 4);
        JsonNode feed = Shop.tree(text);
        assertThat(texts(feed.get("items"), "changeVersion"))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 4500)
                        .mapToObj(Integer::toString)
                        .toList());
        assertThat(feed.get("changeVersion").asLong()).isEqualTo(4500);
    }

    @Test
    void aReaderBesideConcurrentWritersMissesNoVersion() {
        Property.forAll(3, random -> {
            Shop shop = open();
            int writers = 4;
            int rounds = 6;
            long seed = random.nextLong();
            try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
                List<CompletableFuture<Void>> running = IntStream.range(0, writers)
                        .mapToObj(writer -> CompletableFuture.runAsync(
                                () -> write(shop, writer, rounds, new java.util.Random(seed + writer)), threads))
                        .toList();
                Map<String, Long> seen = new HashMap<>();
                long position = 0;
                boolean finished;
                do {
                    finished = running.stream().allMatch(CompletableFuture::isDone);
                    position = catchUp(shop, position, seen);
                } while (!finished);
                CompletableFuture.allOf(running.toArray(CompletableFuture[]::new))
                        .join();

                Map<String, Long> stored = shop.feed(0).stream()
                        .collect(Collectors.toMap(
                                product -> product.get("id").asText(),
                                product -> product.get("changeVersion").asLong()));
                assertThat(seen).isEqualTo(stored);
                assertThat(stored.values()).doesNotHaveDuplicates();
                assertThat(position)
                        .isEqualTo(
                                stored.values().stream().mapToLong(v -> v).max().orElseThrow());
            }
        });
    }

    @Test
    void anotherEnterpriseSeesNothing() throws SQLException {
        Shop shop = Shop.open();
        shop.push(row("secret", 1, "Sir", "1"));
        Shop other = Shop.open();

        assertThat(other.feed(0)).isEmpty();
        assertThat(other.get("/api/products?search=sir").get("items")).isEmpty();
        assertThat(other.get("/api/products?barcode=Bsecret").get("items")).isEmpty();
        assertThat(other.get("/api/products/count").get("products").asLong()).isZero();
        other.as(Role.ADMIN).get("/api/products/secret").then().statusCode(404);
        for (String path : List.of("", "/changes", "/count", "/secret", "/secret/purchase-price")) {
            io.restassured.RestAssured.given()
                    .get("/api/products" + path)
                    .then()
                    .statusCode(401);
        }
    }

    private static void write(Shop shop, int writer, int rounds, java.util.Random random) {
        for (int round = 1; round <= rounds; round++) {
            int version = round;
            shop.push(random.ints(20, 0, 60)
                    .distinct()
                    .mapToObj(
                            i -> row("p" + i, version * 10L + writer, "Mahsulot", Integer.toString(random.nextInt(99))))
                    .toArray(String[]::new));
        }
    }

    private static long catchUp(Shop shop, long after, Map<String, Long> seen) {
        JsonNode feed = shop.get("/api/products/changes?limit=7&after=" + after);
        feed.get("items").forEach(item -> {
            long version = item.get("changeVersion").asLong();
            assertThat(version).isGreaterThan(after);
            seen.put(item.get("id").asText(), version);
        });
        long position = feed.get("changeVersion").asLong();
        return feed.get("more").asBoolean() ? catchUp(shop, position, seen) : position;
    }

    private static Shop open() {
        try {
            return Shop.open();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
