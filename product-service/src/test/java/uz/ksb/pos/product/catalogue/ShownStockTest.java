package uz.ksb.pos.product.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShownStockTest {
    private static final String DOCUMENT = """
            {"id":"1","stock":[{"quantity":"12.5","warehouse":"a"},{"quantity":"3","warehouse":"b"}]}""";

    @Test
    void whatWasSoldIsSubtractedAndTheToldValueKept() {
        assertThat(shown("a", "1.5")).isEqualTo("""
                {"id":"1","stock":[{"quantity":"11","warehouse":"a","told":"12.5"},{"quantity":"3","warehouse":"b"}]}""");
        assertThat(shown("a", "-100.250")).contains("\"quantity\":\"112.75\"");
        assertThat(shown("b", "5")).contains("\"quantity\":\"-2\"");
    }

    @Test
    void goodsFromNoNamedWarehouseAreMissingInEach() {
        assertThat(shown("", "1")).contains("\"11.5\"", "\"2\"");
    }

    @Test
    void onlyToldWarehousesAreShown() {
        assertThat(ShownStock.sold(DOCUMENT, Map.of("elsewhere", BigDecimal.ONE)))
                .isNull();
        assertThat(ShownStock.sold(List.of(), Map.of("a", BigDecimal.ONE))).isNull();
    }

    @Test
    void equalQuantitiesGiveEqualTexts() {
        assertThat(ShownStock.sold(DOCUMENT, Map.of("b", new BigDecimal("1.00"), "a", new BigDecimal("2.000"))))
                .isEqualTo("{\"a\":\"2\",\"b\":\"1\"}");
        assertThat(ShownStock.sold(DOCUMENT, Map.of("a", new BigDecimal("0.000"))))
                .isNull();
    }

    private static String shown(String warehouse, String quantity) {
        return ShownStock.document(DOCUMENT, ShownStock.sold(DOCUMENT, Map.of(warehouse, new BigDecimal(quantity))));
    }
}
