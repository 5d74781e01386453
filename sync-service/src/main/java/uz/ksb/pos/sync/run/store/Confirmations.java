package uz.ksb.pos.sync.run.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import uz.ksb.pos.sync.run.domain.Part;
import uz.ksb.pos.sync.run.domain.Run;

/** The applied rows of parts until the back office knows that they are stored. */
@ApplicationScoped
public class Confirmations {
    /** Confirmed by one request: at most 5,000 rows. */
    private static final int MAX_CONFIRMED_CHUNKS = 10;

    private static final String UNCONFIRMED = """
            select chunk, ids, rejected,
                (select coalesce(array_agg(one ->> 'id'), '{}') from sync_parts p, jsonb_array_elements(p.rejected) one
                 where p.sync_id = $1 and p.part in ($2, $3) and one ->> 'id' is not null) as rejected_ids
            from sync_chunks where sync_id = $1 and part = $2 order by chunk limit $4""";

    private final Pool pool;

    Confirmations(Pool pool) {
        this.pool = pool;
    }

    /**
     * Applied rows that wait for their confirmation.
     *
     * @param lastChunk the last one they are of
     * @param ids as the ERP gave them, without those that were rejected
     */
    public record Unconfirmed(int lastChunk, List<String> ids) {}

    /** The receiver rejected rows of a chunk: they are not confirmed. */
    public Uni<Void> reject(UUID syncId, String part, long reading, int chunk, List<Integer> places) {
        return pool.preparedQuery("""
                        update sync_chunks set rejected = $5
                        where sync_id = $1 and part = $2 and reading = $3 and chunk = $4""")
                .execute(Tuple.of(syncId, part, reading, chunk, places.toArray(Integer[]::new)))
                .replaceWithVoid();
    }

    /**
     * Begins a try to confirm.
     *
     * @param with a part whose rows are the same ones: those it rejected are not confirmed either; null: none
     */
    public Uni<Unconfirmed> begin(Run run, Part part, Part with) {
        return pool.preparedQuery("update sync_parts set attempts = attempts + 1 where sync_id = $1 and part = $2")
                .execute(Tuple.of(run.id(), part.label()))
                .chain(() -> pool.preparedQuery(UNCONFIRMED)
                        .execute(Tuple.of(
                                run.id(), part.label(), with == null ? null : with.label(), MAX_CONFIRMED_CHUNKS)))
                .map(Confirmations::unconfirmed);
    }

    /** Rows up to a chunk are confirmed. */
    public Uni<Void> confirmed(Run run, Part part, int lastChunk) {
        return pool.preparedQuery("""
                        with confirmed as (delete from sync_chunks where sync_id = $1 and part = $2 and chunk <= $3)
                        update sync_parts set attempts = 0, reason = null, reason_code = null where sync_id = $1 and part = $2""")
                .execute(Tuple.of(run.id(), part.label(), lastChunk))
                .replaceWithVoid();
    }

    private static Unconfirmed unconfirmed(RowSet<Row> chunks) {
        Set<String> rejected = new HashSet<>();
        List<String> ids = new ArrayList<>();
        int last = 0;
        for (Row chunk : chunks) {
            last = chunk.getInteger("chunk");
            ids.addAll(List.of(chunk.getArrayOfStrings("ids")));
            for (Integer place : chunk.getArrayOfIntegers("rejected")) {
                rejected.add(chunk.getArrayOfStrings("ids")[place]);
            }
            rejected.addAll(List.of(chunk.getArrayOfStrings("rejected_ids")));
        }
        ids.removeIf(id -> rejected.contains(id) || rejected.contains(id.strip()));
        return new Unconfirmed(last, ids);
    }
}
