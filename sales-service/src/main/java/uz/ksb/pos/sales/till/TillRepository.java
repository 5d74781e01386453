package uz.ksb.pos.sales.till;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import uz.ksb.pos.platform.database.Rows;
import uz.ksb.pos.platform.json.Json;
import uz.ksb.pos.sales.house.Till;
import uz.ksb.pos.sales.till.domain.KnownTill;
import uz.ksb.pos.sales.till.domain.Numbers;
import uz.ksb.pos.sales.till.domain.Report;
import uz.ksb.pos.sales.till.domain.TillView;

/** The table {@code tills}, with the copy of the devices and the numbers of the sales. */
@ApplicationScoped
class TillRepository {
    private static final String COLUMNS = """
            d.code, d.name, d.status, t.version, t.report::text as report, t.heard_at, t.changed_at, t.away,
            t.server_sequence, t.missing, t.missing_since, t.settled_through, t.settled::text as settled, t.removed,
            t.view::text as view\s""";

    private static final String LOCK = "select t.ksb_id, t.device_id, null::timestamptz as last_sale, " + COLUMNS + """
            from tills t left join devices d using (ksb_id, device_id)
            where t.ksb_id = $1 and t.device_id = $2 for update of t""";

    private static final String INSERT = """
            insert into tills (ksb_id, device_id)
            select ksb_id, device_id from devices where ksb_id = $1 and device_id = $2 and status = any($3)
            on conflict do nothing""";

    private static final String NUMBERS = """
            select device_sequence as number from (
              (select device_sequence from sales
               where ksb_id = $1 and device_id = $2 and device_sequence > $3
               order by device_sequence desc limit $4)
              union
              select device_sequence from sale_conflicts
              where ksb_id = $1 and device_id = $2 and device_sequence > $3) present
            order by 1 desc limit $4""";

    private static final String WRITE = """
            update tills set version = $3, report = $4::text::jsonb, heard_at = $5, changed_at = $6, away = $7,
              server_sequence = $8, missing = $9, missing_since = $10, settled_through = $11, settled = $12::text::jsonb,
              removed = $13, view = $14::text::jsonb, checked_at = $15
            where ksb_id = $1 and device_id = $2""";

    private static final String TOUCH =
            "update tills set heard_at = $3, checked_at = $4 where ksb_id = $1 and device_id = $2";

    /** A till that was never heard sells, perhaps: its last sale of today is looked for. */
    private static final String LIST = "select d.ksb_id, d.device_id, s.completed_at as last_sale, " + COLUMNS + """
            from devices d left join tills t using (ksb_id, device_id)
            left join lateral (
              select completed_at, business_date from sales
              where ksb_id = d.ksb_id and device_id = d.device_id and status = 'COMPLETED'
              order by received_at desc, id desc limit 1) s
              on t.heard_at is null and s.business_date = $2
            where d.ksb_id = $1 and (coalesce(d.code::int, 0), d.device_id) > ($3, $4) and t.removed is not true
            order by coalesce(d.code::int, 0), d.device_id limit $5""";

    /** Tills that may have changed without a word of them; of one enterprise a few at a time. */
    private static final String DUE = """
            select ksb_id, device_id from (
              select t.ksb_id, t.device_id,
                     row_number() over (partition by t.ksb_id order by t.checked_at nulls first) as place
              from tills t left join devices d using (ksb_id, device_id)
              where not t.removed and (
                d.status is null or t.view is null
                or d.status <> t.view ->> 'status' or d.name is distinct from t.view ->> 'name'
                or t.heard_at < $1 and not t.away and t.settled is null and not (t.report ->> 'closing')::boolean
                or t.missing > 0 and t.checked_at < $2)) due
            where place <= 20 order by place limit 200""";

    private final ObjectMapper json;

    TillRepository(ObjectMapper json) {
        this.json = json;
    }

    /** The till's row, locked until the transaction ends; null when it has none. */
    Uni<KnownTill> lock(SqlConnection connection, String ksbId, String deviceId) {
        return connection
                .preparedQuery(LOCK)
                .execute(Tuple.of(ksbId, deviceId))
                .map(rows -> Rows.first(rows, this::till));
    }

    /** As {@link #lock}; makes the row of a till that has one of these statuses. */
    Uni<KnownTill> lockOrMake(SqlConnection connection, String ksbId, String deviceId, List<Till.Status> statuses) {
        String[] names = statuses.stream().map(Till.Status::name).toArray(String[]::new);
        return lock(connection, ksbId, deviceId)
                .chain(found -> found != null
                        ? Uni.createFrom().item(found)
                        : connection
                                .preparedQuery(INSERT)
                                .execute(Tuple.of(ksbId, deviceId, names))
                                .chain(() -> lock(connection, ksbId, deviceId)));
    }

    /** The till's numbers that the server has above {@code floor}. */
    Uni<Numbers> numbers(SqlClient client, String ksbId, String deviceId, long floor) {
        return client.preparedQuery(NUMBERS)
                .execute(Tuple.of(ksbId, deviceId, floor, Numbers.MAX_NUMBERS))
                .map(rows -> new Numbers(floor, Rows.list(rows, row -> row.getLong("number"))));
    }

    /** Writes the till, which must be locked. */
    Uni<Void> write(SqlConnection connection, KnownTill till, Instant now) {
        return connection
                .preparedQuery(WRITE)
                .execute(Tuple.from(new Object[] {
                    till.ksbId(),
                    till.deviceId(),
                    till.version(),
                    till.report() == null ? null : Json.write(json, till.report()),
                    Rows.timestamp(till.heardAt()),
                    Rows.timestamp(till.changedAt()),
                    till.away(),
                    till.serverSequence(),
                    till.missing(),
                    Rows.timestamp(till.missingSince()),
                    till.settledThrough(),
                    till.settled() == null ? null : Json.write(json, till.settled()),
                    till.removed(),
                    Json.write(json, till.view()),
                    Rows.timestamp(now)
                }))
                .replaceWithVoid();
    }

    /** Notes only that the till was heard or looked at. */
    Uni<Void> touch(SqlConnection connection, KnownTill till, Instant now) {
        return connection
                .preparedQuery(TOUCH)
                .execute(Tuple.of(till.ksbId(), till.deviceId(), Rows.timestamp(till.heardAt()), Rows.timestamp(now)))
                .replaceWithVoid();
    }

    /**
     * The tills of an enterprise that are not removed, by their code.
     *
     * @param today business date there
     * @param afterCode code and id of the one before the first
     */
    Uni<List<KnownTill>> list(
            SqlClient client, String ksbId, LocalDate today, int afterCode, String afterDevice, int limit) {
        return client.preparedQuery(LIST)
                .execute(Tuple.of(ksbId, today, afterCode, afterDevice, limit))
                .map(rows -> Rows.list(rows, this::till));
    }

    /** A till to look at. */
    record Due(String ksbId, String deviceId) {}

    /** @param silent tills heard before this are away; {@code checked}: tills that lack numbers are looked at again */
    Uni<List<Due>> due(SqlClient client, Instant silent, Instant checked) {
        return client.preparedQuery(DUE)
                .execute(Tuple.of(Rows.timestamp(silent), Rows.timestamp(checked)))
                .map(rows -> Rows.list(rows, row -> new Due(row.getString("ksb_id"), row.getString("device_id"))));
    }

    private KnownTill till(Row row) {
        String status = row.getString("status");
        return new KnownTill(
                row.getString("ksb_id"),
                row.getString("device_id"),
                row.getString("code"),
                row.getString("name"),
                status == null ? null : Till.Status.valueOf(status),
                Rows.number(row, "version"),
                read(row, "report", Report.class),
                Rows.instant(row, "heard_at"),
                Rows.instant(row, "changed_at"),
                Boolean.TRUE.equals(row.getBoolean("away")),
                Rows.instant(row, "last_sale"),
                Rows.number(row, "server_sequence"),
                Rows.number(row, "missing"),
                Rows.instant(row, "missing_since"),
                Rows.number(row, "settled_through"),
                read(row, "settled", TillView.Settled.class),
                Boolean.TRUE.equals(row.getBoolean("removed")),
                read(row, "view", TillView.class));
    }

    private <T> T read(Row row, String column, Class<T> type) {
        String text = row.getString(column);
        return text == null ? null : Json.read(json, text, type);
    }
}
