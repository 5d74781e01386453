package uz.ksb.pos.local.replay.shop;

import java.math.BigDecimal;

/** A row of {@code products.csv}; the code is case-sensitive. */
public record Product(String code, String name, BigDecimal price) {

    public static Product of(CsvFile.Line line) {
        String code = line.required("stock_code");
        String description = line.text("description");
        BigDecimal price = line.decimal("unit_price");
        if (price.signum() < 0) {
            throw line.broken("unit_price is negative");
        }
        return new Product(code, description.isBlank() ? code : description, price);
    }
}
