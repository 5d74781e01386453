package uz.ksb.pos.platform.database;

import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
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
}
