package uz.ksb.pos.product.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.testing.Property;
import uz.ksb.pos.product.row.RowRejected;

class ProductsChangedTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Source PUSHED = Source.pushed(false);

    @Test
    void theEventLooksAsPublished() throws IOException {
        ChunkDiff diff = new ChunkDiff(PUSHED, 41, 9, Map.of(), Map.of());
        diff.add(given("""
                {"id":"00-0017","version":3,"name":"Шакар оқ","article":"SH-1","unit":"kg","currency":"UZS",
                 "barcodes":["4780001112223"],"boxQuantity":"50","mxik":"01701001001000001","packageCode":"1495086",
                 "vatRate":"12","marked":true,"cashAllowed":false,"purchasePrice":"9000",
                 "prices":[{"priceType":"ulgurji","price":"1.1","currency":"USD"},{"priceType":"chakana","price":"12500"}],
                 "stock":[{"warehouse":"asosiy","quantity":"12.500"}]}"""));
        diff.add(given("{\"id\":\"00-0018\",\"version\":7,\"deleted\":true}"));

        JsonNode event = JSON.readTree(JSON.writeValueAsString(diff.events().getFirst()));

        assertThat(event).isEqualTo(golden("products.changed.v1.json"));
    }

    @Test
    void fieldsOfTheLawAreValidated() {
        for (String wrong : List.of(
                "\"vatRate\":12",
                "\"vatRate\":\"100.01\"",
                "\"vatRate\":\"-1\"",
                "\"marked\":\"yes\"",
                "\"cashAllowed\":0",
                "\"mxik\":\"" + "1".repeat(101) + "\"")) {
            assertThatThrownBy(() -> ProductParser.read(
                            JSON.readTree("{\"id\":\"1\",\"version\":1,\"name\":\"Aroq\",\"unit\":\"dona\","
                                    + "\"currency\":\"UZS\"," + wrong + "}")))
                    .isInstanceOf(RowRejected.class)
                    .hasMessageContaining(wrong.substring(1, wrong.indexOf('"', 1)));
        }
    }

    @Test
    void eventsAreSmallContiguousAndCarryEveryChangeInOrder() {
        Property.forAll(20, random -> {
            int rows = random.nextInt(1, 900);
            String name = "x".repeat(random.nextInt(1, 400)) + "я".repeat(random.nextInt(1, 100));
            ChunkDiff diff = new ChunkDiff(Source.pushed(true), 100, 0, Map.of(), Map.of());
            IntStream.range(0, rows)
                    .forEach(i -> diff.add(ChunkDiff.Given.of(product("p" + i, name, random.nextInt(300)))));

            List<ProductsChanged> events = diff.events();

            long position = 100;
            for (ProductsChanged event : events) {
                assertThat(event.fromVersion()).isEqualTo(position);
                assertThat(event.rows()).hasSizeBetween(1, ProductsChanged.MAX_ROWS);
                assertThat(event.toVersion() - event.fromVersion())
                        .isEqualTo(event.rows().size());
                assertThat(event.counts().products()).isEqualTo(event.toVersion() - 100);
                if (event.rows().size() > 1) {
                    assertThat(event.rows().stream()
                                    .mapToInt(row -> row.rawValue().toString().getBytes(StandardCharsets.UTF_8).length)
                                    .sum())
                            .isLessThanOrEqualTo(ProductsChanged.MAX_BYTES);
                }
                position = event.toVersion();
            }
            assertThat(position).isEqualTo(100 + rows);
        });
    }

    @Test
    void anEqualLaterRowConfirmsAndADifferentOlderRowIsStale() {
        UUID hash = UUID.randomUUID();
        RowOutcome.Stored stored = new RowOutcome.Stored(5, hash, true, null);

        assertThat(RowOutcome.of(null, 0, hash, PUSHED)).isEqualTo(RowOutcome.CREATED);
        assertThat(RowOutcome.of(stored, 4, hash, PUSHED)).isEqualTo(RowOutcome.UNCHANGED);
        assertThat(RowOutcome.of(stored, 5, hash, PUSHED)).isEqualTo(RowOutcome.UNCHANGED);
        assertThat(RowOutcome.of(stored, 6, hash, PUSHED)).isEqualTo(RowOutcome.CONFIRMED);
        assertThat(RowOutcome.of(stored, 5, UUID.randomUUID(), PUSHED)).isEqualTo(RowOutcome.STALE);
        assertThat(RowOutcome.of(stored, 6, UUID.randomUUID(), PUSHED)).isEqualTo(RowOutcome.UPDATED);
        Source reading = new Source(false, Instant.EPOCH);
        assertThat(RowOutcome.of(stored, 4, UUID.randomUUID(), reading)).isEqualTo(RowOutcome.STALE);
        assertThat(RowOutcome.of(stored, 5, UUID.randomUUID(), reading)).isEqualTo(RowOutcome.UPDATED);
    }

    private static ChunkDiff.Given given(String row) throws IOException {
        return ChunkDiff.Given.of(ProductParser.read(JSON.readTree(row)));
    }

    private static Product product(String id, String name, int barcodes) {
        return new Product(
                id,
                1,
                name,
                null,
                "dona",
                "UZS",
                IntStream.range(0, barcodes).mapToObj(i -> "47800000" + i).toList(),
                null,
                List.of(),
                List.of(),
                false,
                false,
                Product.Fiscal.UNKNOWN,
                null);
    }

    private static JsonNode golden(String name) throws IOException {
        try (InputStream file = ProductsChangedTest.class.getResourceAsStream("/golden/" + name)) {
            return JSON.readTree(file);
        }
    }
}
