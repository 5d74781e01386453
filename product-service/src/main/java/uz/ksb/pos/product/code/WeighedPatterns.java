package uz.ksb.pos.product.code;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import uz.ksb.pos.platform.database.Rows;

/** The table {@code weighed_patterns}. */
@ApplicationScoped
public class WeighedPatterns {
    private static final String STORE = """
            insert into weighed_patterns as stored (ksb_id, version, patterns) values ($1, $2, $3)
            on conflict (ksb_id) do update set version = excluded.version, patterns = excluded.patterns
            where stored.version < excluded.version""";

    WeighedPatterns() {}

    /** The newest version counts, in whatever order they come. */
    Uni<Void> store(SqlClient client, String ksbId, long version, List<String> patterns) {
        return client.preparedQuery(STORE)
                .execute(Tuple.of(ksbId, version, patterns.toArray(String[]::new)))
                .replaceWithVoid();
    }

    /** The usual ones while the enterprise told none. */
    public Uni<List<String>> of(SqlClient client, String ksbId) {
        return client.preparedQuery("select patterns from weighed_patterns where ksb_id = $1")
                .execute(Tuple.of(ksbId))
                .map(rows -> Rows.first(rows, row -> List.of(row.getArrayOfStrings("patterns"))))
                .map(patterns -> patterns == null ? ScannedCode.DEFAULT_PATTERNS : patterns);
    }
}
