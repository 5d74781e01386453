package uz.ksb.pos.product.rate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RatesChangedTest {
    @Inject
    ObjectMapper json;

    @Test
    void theEventLooksAsPublished() throws IOException {
        CurrencyRate rate = new CurrencyRate(
                "USD",
                "AQSH dollari",
                new BigDecimal("12650.500000"),
                7,
                OffsetDateTime.parse("2026-03-01T09:00:00+05:00"),
                "menejer");

        try (InputStream golden = RatesChangedTest.class.getResourceAsStream("/golden/rates.changed.v1.json")) {
            assertThat(json.readTree(json.writeValueAsString(new RatesChanged(7, List.of("USD"), List.of(rate)))))
                    .isEqualTo(json.readTree(golden));
        }
    }
}
