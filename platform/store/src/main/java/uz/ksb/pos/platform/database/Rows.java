package uz.ksb.pos.platform.database;

import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads the rows of a statement's result. */
public final class Rows {
    private Rows() {}

    public static Stream<Row> stream(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }

    public static <T> List<T> list(RowSet<Row> rows, Function<Row, T> form) {
        return stream(rows).map(form).toList();
    }

    /** The first row as {@code form} reads it; null when there is none. */
    public static <T> T first(RowSet<Row> rows, Function<Row, T> form) {
        return rows.size() == 0 ? null : form.apply(rows.iterator().next());
    }

    /** A column of a point in time; null when it is null. */
    public static Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }

    /** A column of a whole number; 0 when it is null. */
    public static long number(Row row, String column) {
        Long number = row.getLong(column);
        return number == null ? 0 : number;
    }

    /** A point in time as a statement takes it; null for null. */
    public static OffsetDateTime timestamp(Instant instant) {
        return instant == null ? null : OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
