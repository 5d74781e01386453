package uz.ksb.pos.sales.reconciliation;

import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import uz.ksb.pos.platform.database.Rows;
import uz.ksb.pos.sales.reconciliation.domain.Difference;
import uz.ksb.pos.sales.reconciliation.domain.Figure;
import uz.ksb.pos.sales.reconciliation.domain.TillDay;

/** The rows of {@link DaySql} as the comparison knows them. */
final class DayRows {
    private DayRows() {}

    static TillDay till(Row row, int unsent, Long first, Long last) {
        return new TillDay(
                row.getString("device_id"),
                row.getString("code"),
                row.getString("name"),
                row.getString("state"),
                unsent,
                first,
                last,
                first == null ? 0 : last - first + 1,
                0,
                0,
                figure(row, "sales"),
                figure(row, "returns"),
                figure(row, "net"),
                figure(row, "held"),
                0,
                figure(row, "delivered"),
                figure(row, "waiting"),
                figure(row, "rejected"),
                figure(row, "closed"),
                Rows.number(row, "unprocessed"),
                0);
    }

    private static Figure figure(Row row, String name) {
        BigDecimal sum = row.getBigDecimal(name + "_sum");
        return sum == null ? Figure.NONE : new Figure(Rows.number(row, name), sum);
    }

    static DayReading.Found sale(Row row, Difference.Kind kind, String reason) {
        return new DayReading.Found(
                row.getString("device_id"),
                Difference.of(
                        kind,
                        row.getString("device_code"),
                        number(row),
                        row.getUUID("id"),
                        row.getBigDecimal("amount"),
                        row.getString("currency"),
                        reason,
                        Rows.instant(row, "at")));
    }

    /** Null when the sale has none. */
    static String number(Row row) {
        Long sequence = row.getLong("device_sequence");
        return sequence == null ? null : Difference.number(row.getString("device_code"), sequence);
    }
}
