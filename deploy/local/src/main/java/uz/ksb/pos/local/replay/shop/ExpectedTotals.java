package uz.ksb.pos.local.replay.shop;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import uz.ksb.pos.local.failure.CommandFailed;

/**
 * The totals that the system must show, from {@code totals-<sales file>.json}.
 *
 * <p>Its invoices include those that only write stock off, which are no sales; its gross includes their lines at price
 * 0; what was cancelled is negative there and positive here.
 */
public record ExpectedTotals(String currency, List<Day> days) {

    /** One business date. */
    public record Day(LocalDate date, long sales, long returns, BigDecimal gross, BigDecimal returned) {}

    /** @throws CommandFailed naming the file, and what of it cannot be read */
    public static ExpectedTotals read(Path path) {
        String name = path.getFileName().toString();
        try {
            JsonObject json = new JsonObject(Files.readString(path));
            List<Day> days = new ArrayList<>();
            JsonObject byDate = json.getJsonObject("days");
            for (String date : byDate.fieldNames()) {
                days.add(day(date, byDate.getJsonObject(date)));
            }
            days.sort(Comparator.comparing(Day::date));
            return new ExpectedTotals(json.getString("currency"), days);
        } catch (IOException | DecodeException e) {
            throw new CommandFailed(name + " is not readable as JSON");
        } catch (ClassCastException | NullPointerException | NumberFormatException | DateTimeException e) {
            throw new CommandFailed(name + ": currency or days are missing or cannot be read");
        }
    }

    private static Day day(String date, JsonObject json) {
        return new Day(
                LocalDate.parse(date),
                json.getLong("invoices") - json.getLong("adjustment_invoices"),
                json.getLong("cancellation_invoices"),
                new BigDecimal(json.getString("gross")),
                new BigDecimal(json.getString("cancelled")).negate());
    }
}
