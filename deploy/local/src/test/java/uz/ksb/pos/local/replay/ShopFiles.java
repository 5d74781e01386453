package uz.ksb.pos.local.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small folder with each of the data's traps once: £, quotes, codes that differ by case, write-offs, price 0. */
final class ShopFiles {

    static final String PRODUCTS = """
            stock_code,description,unit_price,first_seen
            15056BL,EDWARDIAN PARASOL BLACK,5.95,2010-12-01
            15056bl,EDWARDIAN PARASOL BLACK,6.00,2010-12-01
            22423,"REGENCY CAKESTAND, ""3 TIER""\",12.75,2010-12-01
            gift_0001_10,Dotcomgiftshop Gift Voucher £10.00,8.33,2010-12-01
            PADS,,0.00,2011-01-01
            """;

    static final String CUSTOMERS = """
            customer_id,country
            12346,United Kingdom
            12347,Iceland
            """;

    static final String SALES = """
            invoice,stock_code,quantity,unit_price,timestamp,customer_id
            1,15056BL,2,5.95,2011-11-14T08:10:00,12346
            1,15056bl,1,6.00,2011-11-14T08:11:00,12346
            1,15056BL,2,5.95,2011-11-14T08:10:00,12346
            2,22423,-30,0.00,2011-11-14T09:00:00,
            C3,22423,-1,12.75,2011-11-14T10:00:00,12346
            4,PADS,10,0.00,2011-11-15T10:00:00,
            4,22423,-5,0.00,2011-11-15T10:00:00,
            5,gift_0001_10,3,8.33,2011-11-15T23:59:00,12347
            """;

    static final String TOTALS = """
            {"currency": "GBP", "days": {
              "2011-11-14": {"invoices": 2, "adjustment_invoices": 1, "cancellation_invoices": 1,
                             "gross": "29.80", "cancelled": "-12.75"},
              "2011-11-15": {"invoices": 2, "adjustment_invoices": 0, "cancellation_invoices": 0,
                             "gross": "24.99", "cancelled": "0.00"}}}
            """;

    private ShopFiles() {}

    static Path in(Path folder) throws IOException {
        Files.writeString(folder.resolve("products.csv"), PRODUCTS);
        Files.writeString(folder.resolve("customers.csv"), CUSTOMERS);
        Files.writeString(folder.resolve("sales.csv"), SALES);
        Files.writeString(folder.resolve("totals-sales.json"), TOTALS);
        return folder;
    }
}
