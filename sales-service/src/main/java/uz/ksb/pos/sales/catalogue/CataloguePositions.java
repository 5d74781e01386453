package uz.ksb.pos.sales.catalogue;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import uz.ksb.pos.platform.database.Rows;

/**
 * The table {@code catalogue_positions}: up to which change version the copy of an enterprise's products is complete. It is to
 * be compared with its owner when an event does not begin where the copy ends, and after each start.
 */
@ApplicationScoped
class CataloguePositions {
    private static final String FOLLOW = """
            insert into catalogue_positions as known (ksb_id, version, seen_version)
            values ($1, case when $2::bigint = 0 then $3::bigint else 0 end, $3)
            on conflict (ksb_id) do update set
              version = case when $2 <= known.version then greatest(known.version, $3) else known.version end,
              seen_version = greatest(known.seen_version, $3),
              compared_at = case when $2 = known.version then known.compared_at end""";

    private static final String COMPARE_ALL = """
            insert into catalogue_positions (ksb_id)
            select ksb_id from enterprises union select ksb_id from catalogue_positions
            on conflict (ksb_id) do update set compared_at = null, tried_at = null""";

    /** A failed comparison is tried again after half a minute, behind those that were not tried yet. */
    private static final String TO_COMPARE = """
            select ksb_id, version from catalogue_positions
            where (compared_at is null or version < seen_version)
              and (tried_at is null or tried_at not between clock_timestamp() - interval '30 seconds' and clock_timestamp())
            order by tried_at nulls first limit $1""";

    /** An event may have come further meanwhile. Version 0: the copy is read anew. */
    private static final String ARRIVED = """
            update catalogue_positions set
              version = case when $2::bigint = 0 then 0 else greatest(version, $2) end,
              seen_version = case when $2 = 0 then 0 else seen_version end,
              compared_at = case when $3 then clock_timestamp() else compared_at end,
              tried_at = case when $3 and $2 < seen_version then clock_timestamp() end
            where ksb_id = $1""";

    private final Pool pool;

    CataloguePositions(Pool pool) {
        this.pool = pool;
    }

    /** @param version after which changes are asked for */
    record Position(String ksbId, long version) {}

    /** An event changed what lies between these versions. */
    Uni<Void> follow(SqlClient client, String ksbId, long from, long to) {
        return client.preparedQuery(FOLLOW).execute(Tuple.of(ksbId, from, to)).replaceWithVoid();
    }

    /** Every copy is to be compared with its owner. */
    Uni<Void> compareAll() {
        return pool.query(COMPARE_ALL).execute().replaceWithVoid();
    }

    Uni<List<Position>> toCompare(int most) {
        return pool.preparedQuery(TO_COMPARE)
                .execute(Tuple.of(most))
                .map(rows -> Rows.list(rows, row -> new Position(row.getString("ksb_id"), row.getLong("version"))));
    }

    Uni<Void> failed(String ksbId) {
        return pool.preparedQuery("update catalogue_positions set tried_at = clock_timestamp() where ksb_id = $1")
                .execute(Tuple.of(ksbId))
                .replaceWithVoid();
    }

    /** @param complete the owner has no more than this */
    Uni<Void> arrived(SqlClient client, String ksbId, long version, boolean complete) {
        return client.preparedQuery(ARRIVED)
                .execute(Tuple.of(ksbId, version, complete))
                .replaceWithVoid();
    }
}
