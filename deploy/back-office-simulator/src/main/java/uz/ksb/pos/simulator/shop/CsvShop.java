package uz.ksb.pos.simulator.shop;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The second sample enterprise, in pounds: empty, or filled from a folder with {@code products.csv} (stock_code,
 * description, unit_price) and {@code customers.csv} (customer_id, country).
 *
 * <p>A stock code, case-sensitive, is both id and article. A product without a description is called by its code. Ids and
 * names are those that a replay of the folder uses, so that both speak of the same goods and customers.
 */
public final class CsvShop {

    public static final String KSB_ID = "10000002";

    private static final UUID NAMESPACE = UUID.fromString("6f1ad5c4-8a0b-5c3e-9d5f-2b7e0c1f4a90");

    private CsvShop() {}

    public static Shop empty() {
        return shop(List.of(), List.of());
    }

    /** @throws UnreadableFolder if a file is missing, cannot be read, or lacks a column or a value */
    public static Shop from(Path folder) {
        return shop(
                read(folder.resolve("products.csv"), CsvShop::product),
                read(folder.resolve("customers.csv"), CsvShop::customer));
    }

    private static Shop shop(List<Product> products, List<Customer> customers) {
        return new Shop(
                KSB_ID,
                "Namuna savdo (GBP)",
                "+998712000002",
                Shop.LICENCE_UNTIL,
                Reference.ofSample(List.of(new Reference.Currency("GBP", "Funt sterling", BigDecimal.ONE))),
                Shop.USERS,
                Products.of(products),
                customers);
    }

    private static Product product(NamedCsvRecord row) {
        String code = row.getField("stock_code");
        String description = row.getField("description");
        return new Product(
                code,
                description.isBlank() ? code : description,
                code,
                "dona",
                "GBP",
                List.of(),
                1,
                Map.of("chakana", new BigDecimal(row.getField("unit_price"))),
                Map.of(),
                false,
                false,
                null);
    }

    private static Customer customer(NamedCsvRecord row) {
        String number = row.getField("customer_id");
        String country = row.getField("country");
        String name = country.isBlank() ? "Customer " + number : "Customer %s (%s)".formatted(number, country);
        return new Customer(customerId(number), name, "", Map.of());
    }

    /** The UUIDv5 (RFC 9562) of a customer's number; a replay of the folder's sales names customers by the same. */
    public static String customerId(String number) {
        ByteBuffer hash = ByteBuffer.wrap(sha1(KSB_ID + "/customer/" + number));
        long high = hash.getLong() & ~0xF000L | 0x5000L;
        long low = hash.getLong() & ~(0b11L << 62) | 0b10L << 62;
        return new UUID(high, low).toString();
    }

    private static byte[] sha1(String name) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest.update(ByteBuffer.allocate(2 * Long.BYTES)
                    .putLong(NAMESPACE.getMostSignificantBits())
                    .putLong(NAMESPACE.getLeastSignificantBits())
                    .flip());
            return digest.digest(name.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> List<T> read(Path file, Function<NamedCsvRecord, T> mapping) {
        if (!Files.isReadable(file)) {
            throw new UnreadableFolder(file + " is missing or cannot be read", null);
        }
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(file);
                Stream<NamedCsvRecord> rows = reader.stream()) {
            return rows.map(row -> mapped(file, row, mapping)).toList();
        } catch (IOException | UncheckedIOException e) {
            throw new UnreadableFolder(file + ": " + e.getMessage(), e);
        }
    }

    private static <T> T mapped(Path file, NamedCsvRecord row, Function<NamedCsvRecord, T> mapping) {
        try {
            return mapping.apply(row);
        } catch (RuntimeException e) {
            throw new UnreadableFolder(
                    "%s, line %d: %s".formatted(file, row.getStartingLineNumber(), e.getMessage()), e);
        }
    }

    /** The folder is not in the expected form; the message says where. */
    public static final class UnreadableFolder extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnreadableFolder(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
