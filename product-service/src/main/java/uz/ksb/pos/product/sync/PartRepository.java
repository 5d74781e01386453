package uz.ksb.pos.product.sync;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import uz.ksb.pos.product.sync.PartApplied.RejectedItem;

/** The counts of parts that are being received, so that their end is answered exactly, also by another replica. */
@ApplicationScoped
class PartRepository {
    private static final String COUNT = """
            insert into sync_parts as stored (ksb_id, sync_id, part, received, applied, unchanged)
            values ($1, $2, $3, $4, $5, $6)
            on conflict (ksb_id, sync_id, part) do update set
                received = stored.received + excluded.received, applied = stored.applied + excluded.applied,
                unchanged = stored.unchanged + excluded.unchanged, updated_at = clock_timestamp()""";

    private static final String REJECT = """
            insert into sync_part_rejections (ksb_id, sync_id, part, row_id, reason)
            select $1, $2, $3, * from unnest($4::text[], $5::text[])""";

    private static final String COUNTED = """
            select received, applied, unchanged from sync_parts where ksb_id = $1 and sync_id = $2 and part = $3""";

    private static final String REJECTED = """
            select row_id, reason from sync_part_rejections
            where ksb_id = $1 and sync_id = $2 and part = $3 order by sequence""";

    private static final String FORGET_OLD = """
            with old as (
                delete from sync_parts where updated_at < clock_timestamp() - interval '7 days'
                returning ksb_id, sync_id, part)
            delete from sync_part_rejections using old
            where sync_part_rejections.ksb_id = old.ksb_id and sync_part_rejections.sync_id = old.sync_id
              and sync_part_rejections.part = old.part""";

    private final Pool pool;

    PartRepository(Pool pool) {
        this.pool = pool;
    }

    Uni<Void> count(SqlConnection connection, String ksbId, PartMessage.Rows message, PartRows rows) {
        Tuple counts = Tuple.of(ksbId, message.syncId(), message.part());
        counts.addLong(rows.received()).addLong(rows.applied()).addLong(rows.unchanged());
        Uni<Void> counted = connection.preparedQuery(COUNT).execute(counts).replaceWithVoid();
        if (rows.rejected().isEmpty()) {
            return counted;
        }
        Tuple rejections = Tuple.of(
                ksbId,
                message.syncId(),
                message.part(),
                rows.rejected().stream().map(PartRows.Rejected::id).toArray(String[]::new),
                rows.rejected().stream().map(PartRows.Rejected::reason).toArray(String[]::new));
        return counted.chain(() -> connection.preparedQuery(REJECT).execute(rejections))
                .replaceWithVoid();
    }

    Uni<PartApplied> applied(SqlConnection connection, String ksbId, PartMessage.End end) {
        Tuple key = Tuple.of(ksbId, end.syncId(), end.part());
        return connection
                .preparedQuery(REJECTED)
                .execute(key)
                .map(PartRepository::rejected)
                .chain(rejected -> connection
                        .preparedQuery(COUNTED)
                        .execute(key)
                        .map(rows -> {
                            if (rows.size() == 0) {
                                return new PartApplied(end.syncId(), end.part(), 0, 0, 0, rejected);
                            }
                            Row row = rows.iterator().next();
                            return new PartApplied(
                                    end.syncId(),
                                    end.part(),
                                    row.getLong("received"),
                                    row.getLong("applied"),
                                    row.getLong("unchanged"),
                                    rejected);
                        }));
    }

    /** Longer ago than the topic keeps its messages. */
    @Scheduled(every = "6h", delayed = "12m")
    Uni<Void> forgetOld() {
        return pool.query(FORGET_OLD).execute().replaceWithVoid();
    }

    private static List<RejectedItem> rejected(Iterable<Row> rows) {
        List<RejectedItem> rejected = new ArrayList<>();
        rows.forEach(row -> rejected.add(new RejectedItem(row.getString("row_id"), row.getString("reason"))));
        return rejected;
    }
}
