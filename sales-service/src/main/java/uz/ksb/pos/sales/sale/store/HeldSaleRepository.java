package uz.ksb.pos.sales.sale.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import uz.ksb.pos.platform.database.Rows;
import uz.ksb.pos.sales.sale.domain.CompletedSale;
import uz.ksb.pos.sales.sale.domain.content.Flag;

/** The sales that wait for a manager. */
@ApplicationScoped
public class HeldSaleRepository {
    private static final int MAX_PAGE_BYTES = 2_000_000;

    private static final String HELD = "select " + SaleRow.SELECTED + ", received_at, next is null as last from ("
            + " select *, lead(id) over (order by id desc) as next,"
            + " sum(octet_length(lines::text)) over (order by id desc) - octet_length(lines::text) as bytes from ("
            + "  select * from sales where ksb_id = $1 and held in ('blocked-device', 'return')"
            + "  and ($2::uuid is null or id < $2) order by id desc limit $3 + 1) waiting) page"
            + " where bytes < $4 order by id desc limit $3";

    private static final String INSERT = "insert into sales (" + SaleRow.COLUMNS + ") select " + SaleRow.COLUMNS
            + " from jsonb_populate_record(null::sales, jsonb_set($1::text::jsonb, '{flags}',"
            + " ($1::text::jsonb -> 'flags') || to_jsonb($3::text))"
            + " || jsonb_build_object('id', $2::uuid, 'held', 'blocked-device'))";

    private final Pool pool;
    private final ObjectMapper json;

    HeldSaleRepository(Pool pool, ObjectMapper json) {
        this.pool = pool;
        this.json = json;
    }

    /** @param last whether no other one follows */
    public record HeldSale(CompletedSale sale, Instant receivedAt, boolean last) {}

    /** A page of them, the highest ids first; fewer when they are large. */
    public Uni<List<HeldSale>> list(String ksbId, UUID after, int most) {
        return pool.preparedQuery(HELD)
                .execute(Tuple.of(ksbId, after, most, MAX_PAGE_BYTES))
                .map(rows -> Rows.list(
                        rows,
                        row -> new HeldSale(
                                (CompletedSale) SaleRow.sale(row, json),
                                row.getOffsetDateTime("received_at").toInstant(),
                                row.getBoolean("last"))));
    }

    /** Inserts a kept row under another id, flagged and held. */
    public Uni<Void> insert(SqlConnection connection, String row, UUID id, Flag flag) {
        return connection
                .preparedQuery(INSERT)
                .execute(Tuple.of(row, id, flag.text()))
                .replaceWithVoid();
    }
}
