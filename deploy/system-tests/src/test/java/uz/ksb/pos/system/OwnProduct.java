package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import uz.ksb.pos.till.Api;

/** A product that the back office has for one test alone, so that no other test changes it. */
record OwnProduct(Api api, String ksbId, String id, String name, String barcode, String currency) {

    /** A new one in UZS with a barcode of thirteen digits. */
    static OwnProduct at(Api api, String price) {
        return at(api, price, "UZS", "2" + ThreadLocalRandom.current().nextLong(100_000_000_000L, 999_999_999_999L));
    }

    static OwnProduct at(Api api, String price, String currency, String barcode) {
        String id = "own-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
        OwnProduct product = new OwnProduct(api, TillWindow.KSB_ID, id, "Sinov " + id, barcode, currency);
        product.costs(price, 1);
        return product;
    }

    /** The back office sends it with another price. @param version above the one before */
    void costs(String price, int version) {
        Map<String, Object> row = Map.of(
                "id",
                id,
                "version",
                version,
                "name",
                name,
                "unit",
                "dona",
                "currency",
                currency,
                "barcodes",
                List.of(barcode),
                "prices",
                List.of(Map.of("priceType", "chakana", "price", price, "currency", currency)),
                "stock",
                List.of(Map.of("warehouse", "asosiy", "quantity", "1000")));
        Api.Answer answer = api.post("/api/product-updates", api.backOffice(ksbId), List.of(row));
        assertThat(answer.json().path("rejectedCount").asInt(-1))
                .as(answer::body)
                .isZero();
    }
}
