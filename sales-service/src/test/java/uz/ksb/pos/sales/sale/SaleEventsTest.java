package uz.ksb.pos.sales.sale;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import uz.ksb.pos.platform.event.Event;
import uz.ksb.pos.sales.catalogue.Catalogue;
import uz.ksb.pos.sales.house.House;
import uz.ksb.pos.sales.money.SaleArithmetic.Means;
import uz.ksb.pos.sales.sale.domain.CompletedSale;
import uz.ksb.pos.sales.sale.domain.Known;
import uz.ksb.pos.sales.sale.domain.OpenSale;
import uz.ksb.pos.sales.sale.domain.SaleEvent;
import uz.ksb.pos.sales.sale.domain.content.NewCompletion;
import uz.ksb.pos.sales.sale.domain.content.NewSale;
import uz.ksb.pos.sales.sale.domain.content.NewSale.NewLine;
import uz.ksb.pos.sales.sale.domain.content.NewSale.NewPayment;
import uz.ksb.pos.sales.sale.domain.content.Seller;
import uz.ksb.pos.sales.sale.domain.content.TillTime;

/** The published form is a contract: each type has an example that must not change by accident. */
@QuarkusTest
class SaleEventsTest {
    private static final UUID ID = UUID.fromString("019a9f4e-0000-7000-8000-000000000001");
    private static final Instant NOW = Instant.parse("2026-11-23T05:00:00Z");
    private static final Seller SELLER = new Seller(
            "10000001",
            "019a9f4e-0000-7000-8000-0000000000dd",
            "2",
            "kassir",
            false,
            ZoneId.of("Asia/Tashkent"),
            LocalTime.MIDNIGHT,
            "UZS",
            new BigDecimal("5"),
            Set.of(),
            false,
            true,
            null,
            List.of(),
            false);

    @Inject
    ObjectMapper json;

    @TestFactory
    Stream<DynamicTest> eachTypeIsPublishedAsItsExampleSays() {
        OpenSale open = OpenSale.written(ID, aSale(), SELLER, NOW);
        CompletedSale completed = open.complete(
                        aCompletion(), SELLER, TillTime.of(NOW, null), Known.of(Catalogue.UNKNOWN, House.DEFAULT))
                .sale();
        return Stream.of(
                        new SaleEvent.SaleOpened(open),
                        new SaleEvent.SaleUpdated(new OpenSale(open.ksbId(), ID, 2, open.content(), open.origin())),
                        new SaleEvent.SaleCompleted(completed),
                        open.trash(),
                        completed.accepted(true, NOW),
                        completed.refused("Товар не найден"),
                        completed.closed("entered by hand", NOW))
                .map(SaleEvent::published)
                .map(event -> DynamicTest.dynamicTest(event.type(), () -> assertAsExample(event)));
    }

    private void assertAsExample(Event event) throws IOException {
        assertThat(event.topic()).isEqualTo("pos.sales.v1");
        JsonNode published = json.readTree(json.writeValueAsString(event.data()));
        String name = "golden/events/" + event.type() + ".json";
        if (Boolean.getBoolean("pos.golden.write")) {
            Files.writeString(
                    Path.of("src/test/resources", name),
                    json.writerWithDefaultPrettyPrinter().writeValueAsString(published) + "\n");
        }
        try (InputStream example = SaleEventsTest.class.getResourceAsStream("/" + name)) {
            assertThat(published).isEqualTo(json.readTree(example));
        }
    }

    private static NewSale aSale() {
        return new NewSale(
                ID,
                0,
                null,
                null,
                null,
                "UZS",
                null,
                "chakana",
                "asosiy",
                new NewSale.NewDiscount(null, new BigDecimal("5")),
                null,
                null,
                null,
                null,
                null,
                List.of(new NewLine(
                        "l-1",
                        "p-1",
                        "Shakar",
                        "kg",
                        new BigDecimal("12500"),
                        7L,
                        new BigDecimal("12500"),
                        "UZS",
                        null,
                        new BigDecimal("1.5"),
                        null,
                        null,
                        null)),
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static NewCompletion aCompletion() {
        return new NewCompletion(
                1,
                new BigDecimal("17812.5"),
                List.of(new NewPayment(Means.CASH, new BigDecimal("18000"), "UZS", null, null, "naqd", null, null)),
                null,
                null,
                new BigDecimal("-12.5"),
                OffsetDateTime.parse("2026-11-23T09:59:30+05:00"),
                127L,
                null,
                null,
                null);
    }
}
