package uz.ksb.pos.local.replay.shop;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import uz.ksb.pos.local.failure.CommandFailed;

/** All that a replay needs, read and checked as a whole. */
public record ShopFolder(List<Product> products, List<Customer> customers, SalesFile sales, ExpectedTotals expected) {

    private static final List<String> DEFAULT_SALES = List.of("sales.csv.gz", "sales.csv");

    /**
     * Reads the folder.
     *
     * @param salesFile a name in it; null: {@code sales.csv.gz} or {@code sales.csv}
     * @throws CommandFailed naming the file that is missing, or the line that is broken
     */
    public static ShopFolder read(Path folder, String salesFile) {
        if (!Files.isDirectory(folder)) {
            throw new CommandFailed(folder + " is not a folder");
        }
        Path products = required(folder, "products.csv");
        Path customers = required(folder, "customers.csv");
        Path sales = required(folder, salesFile == null ? defaultSales(folder) : salesFile);
        Path totals = required(folder, totalsOf(sales));
        return new ShopFolder(
                once(
                        "products.csv",
                        Product::code,
                        new CsvFile(products, List.of("stock_code", "description", "unit_price", "first_seen"))
                                .read(Product::of)),
                once(
                        "customers.csv",
                        Customer::number,
                        new CsvFile(customers, List.of("customer_id", "country")).read(Customer::of)),
                SalesFile.read(sales),
                ExpectedTotals.read(totals));
    }

    public Map<String, Product> productsByCode() {
        return products.stream().collect(Collectors.toMap(Product::code, Function.identity()));
    }

    private static String defaultSales(Path folder) {
        return DEFAULT_SALES.stream()
                .filter(name -> Files.exists(folder.resolve(name)))
                .findFirst()
                .orElse(DEFAULT_SALES.getFirst());
    }

    /** {@code sales-week.csv} and {@code sales-week.csv.gz} have {@code totals-sales-week.json}. */
    private static String totalsOf(Path sales) {
        return "totals-" + sales.getFileName().toString().replaceFirst("(\\.csv)?(\\.gz)?$", "") + ".json";
    }

    private static Path required(Path folder, String name) {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new CommandFailed("%s is missing in %s".formatted(name, folder));
        }
        return file;
    }

    private static <T> List<T> once(String file, Function<T, String> key, List<T> rows) {
        Set<String> seen = new HashSet<>();
        for (T row : rows) {
            if (!seen.add(key.apply(row))) {
                throw new CommandFailed("%s: '%s' stands there twice".formatted(file, key.apply(row)));
            }
        }
        return rows;
    }
}
