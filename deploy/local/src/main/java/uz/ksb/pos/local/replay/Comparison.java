package uz.ksb.pos.local.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import uz.ksb.pos.local.failure.CommandFailed;
import uz.ksb.pos.local.replay.shop.ExpectedTotals;

/** The totals that the server shows beside those that the folder expects. */
record Comparison(String currency, List<Day> days) {

    private static final String ROW = "%-10s  %13s  %13s  %27s  %25s  %s%n";

    /** @param actualCurrency what the server's totals are in */
    record Day(ExpectedTotals.Day expected, ExpectedTotals.Day actual, String actualCurrency) {

        static Day of(ExpectedTotals.Day expected, JsonNode totals) {
            try {
                ExpectedTotals.Day actual = new ExpectedTotals.Day(
                        expected.date(),
                        totals.required("count").asLong(),
                        totals.required("returnsCount").asLong(),
                        new BigDecimal(totals.required("gross").asText()),
                        new BigDecimal(totals.required("returns").asText()));
                return new Day(expected, actual, totals.required("currency").asText());
            } catch (IllegalArgumentException e) {
                throw new CommandFailed("the server's totals of %s cannot be read".formatted(expected.date()));
            }
        }

        boolean equal() {
            return expected.sales() == actual.sales()
                    && expected.returns() == actual.returns()
                    && expected.gross().compareTo(actual.gross()) == 0
                    && expected.returned().compareTo(actual.returned()) == 0;
        }
    }

    boolean equal() {
        return days.stream().allMatch(day -> day.equal() && day.actualCurrency().equals(currency));
    }

    /** One line per day and one for all, expected / actual. */
    String table() {
        StringBuilder table = new StringBuilder(ROW.formatted(
                "date", "sales", "returns", "gross " + currency, "returned " + currency, "(expected / actual)"));
        days.forEach(day -> table.append(row(day.expected().date().toString(), day)));
        table.append(row(
                "all",
                new Day(
                        sum(days.stream().map(Day::expected).toList()),
                        sum(days.stream().map(Day::actual).toList()),
                        currency)));
        return table.toString();
    }

    private String row(String name, Day day) {
        ExpectedTotals.Day expected = day.expected();
        ExpectedTotals.Day actual = day.actual();
        boolean same = day.equal() && day.actualCurrency().equals(currency);
        return ROW.formatted(
                name,
                expected.sales() + " / " + actual.sales(),
                expected.returns() + " / " + actual.returns(),
                expected.gross().toPlainString() + " / " + actual.gross().toPlainString(),
                expected.returned().toPlainString() + " / " + actual.returned().toPlainString(),
                same ? "ok" : "DIFFERENT");
    }

    private static ExpectedTotals.Day sum(List<ExpectedTotals.Day> days) {
        return new ExpectedTotals.Day(
                null,
                days.stream().mapToLong(ExpectedTotals.Day::sales).sum(),
                days.stream().mapToLong(ExpectedTotals.Day::returns).sum(),
                days.stream().map(ExpectedTotals.Day::gross).reduce(BigDecimal.ZERO, BigDecimal::add),
                days.stream().map(ExpectedTotals.Day::returned).reduce(BigDecimal.ZERO, BigDecimal::add));
    }
}
