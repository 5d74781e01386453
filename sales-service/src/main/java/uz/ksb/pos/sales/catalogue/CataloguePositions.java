package uz.ksb.pos.sales.catalogue;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

/** The table {@code catalogue_positions}: up to which change version the copy of an enterprise's products is complete. */
@ApplicationScoped
class CataloguePositions {
    private static final String FOLLOW = """
            with before as (select version from catalogue_positions where ksb_id = $1)
            insert into catalogue_positions as known (ksb_id, version, seen_version)
            values ($1, case when $2::bigint = 0 then $3::bigint else 0 end, $3)
            on conflict (ksb_id) do update set
              version = case when $2 <= known.version then greatest(known.version, $3) else known.version end,
              seen_version = greatest(known.seen_version, $3)
            returning coalesce((select version from before), 0) = $2 as follows""";

    /** An event may have come further meanwhile. */
    private static final String ARRIVED = """
            insert into catalogue_positions as known (ksb_id, version, seen_version) values ($1, $2, $2)
            on conflict (ksb_id) do update set
              version = greatest(known.version, $2), seen_version = greatest(known.seen_version, $2)""";

    private static final String RESTART = """
            update catalogue_positions set version = 0, seen_version = 0 where ksb_id = $1""";

    private final Pool pool;

    CataloguePositions(Pool pool) {
        this.pool = pool;
    }

    /**
     * An event changed what lies between these versions.
     *
     * @return whether it begins where the copy ends
     */
    Uni<Boolean> follow(SqlClient client, String ksbId, long from, long to) {
        return client.preparedQuery(FOLLOW)
                .execute(Tuple.of(ksbId, from, to))
                .map(rows -> rows.iterator().next().getBoolean("follows"));
    }

    /** After which the owner is asked for changes. */
    Uni<Long> version(String ksbId) {
        return pool.preparedQuery(
                        "select coalesce(max(version), 0) as version from catalogue_positions where ksb_id = $1")
                .execute(Tuple.of(ksbId))
                .map(rows -> rows.iterator().next().getLong("version"));
    }

    /** Fails while an event told of more than the owner has shown. */
    Uni<Void> mustBeComplete(String ksbId) {
        return pool.preparedQuery("select 1 from catalogue_positions where ksb_id = $1 and version < seen_version")
                .execute(Tuple.of(ksbId))
                .invoke(behind -> {
                    if (behind.size() > 0) {
                        throw new IllegalStateException("product-service does not show all that it has told");
                    }
                })
                .replaceWithVoid();
    }

    Uni<Void> arrived(SqlClient client, String ksbId, long version) {
        return client.preparedQuery(ARRIVED).execute(Tuple.of(ksbId, version)).replaceWithVoid();
    }

    /** The copy is empty. */
    Uni<Void> restart(SqlClient client, String ksbId) {
        return client.preparedQuery(RESTART).execute(Tuple.of(ksbId)).replaceWithVoid();
    }
}
