package uz.ksb.pos.local.replay.shop;

/** A row of {@code customers.csv}. */
public record Customer(String number, String country) {

    public static Customer of(CsvFile.Line line) {
        return new Customer(line.required("customer_id"), line.text("country"));
    }

    /** The data are anonymous: the number and the country are all the name there is. */
    public String name() {
        return country.isBlank() ? "Customer " + number : "Customer %s (%s)".formatted(number, country);
    }
}
