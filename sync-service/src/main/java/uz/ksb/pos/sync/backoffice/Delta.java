package uz.ksb.pos.sync.backoffice;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import uz.ksb.pos.platform.ksbmerp.BackOfficeFailure;

/** The rows of one reading, one after the other: never all in memory. Reading blocks, so it belongs on a worker thread. */
public interface Delta extends AutoCloseable {
    /** The ERP's word for the kind of rows; empty: they need no confirmation. */
    Optional<String> object();

    /**
     * @return the next row; empty at the end
     * @throws BackOfficeFailure when the answer cannot be read any further
     */
    Optional<Row> next();

    @Override
    void close();

    /** A row of the ERP. */
    sealed interface Row {
        /** As the ERP gave it. */
        String id();

        /** A row in the shape of our ingestion topics. */
        record Offered(String id, String json) implements Row {}

        /** A row that cannot be brought into that shape. */
        record Refused(String id, String reason) implements Row {}
    }

    /** A few rows that need no confirmation. */
    static Delta of(List<? extends JsonNode> rows) {
        Iterator<? extends JsonNode> left = rows.iterator();
        return new Delta() {
            @Override
            public Optional<String> object() {
                return Optional.empty();
            }

            @Override
            public Optional<Row> next() {
                if (!left.hasNext()) {
                    return Optional.empty();
                }
                JsonNode row = left.next();
                return Optional.of(new Row.Offered(row.path("id").asText(), row.toString()));
            }

            @Override
            public void close() {}
        };
    }
}
