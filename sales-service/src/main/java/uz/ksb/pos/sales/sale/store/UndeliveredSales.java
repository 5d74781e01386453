package uz.ksb.pos.sales.sale.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import uz.ksb.pos.platform.database.Rows;
import uz.ksb.pos.sales.sale.domain.CompletedSale;

/** The finished sales that the back office does not have yet. Held ones wait for a person and are not among them. */
@ApplicationScoped
public class UndeliveredSales {
    private static final String WAITS = "delivery_status = 'NOT_DELIVERED' and held is null";

    /** A walk over some enterprises in the index of undelivered sales, without reading all of those. */
    static final String ENTERPRISES = """
            with recursive enterprises as (
              (select ksb_id, 1 as place from sales where %1$s and ksb_id > $1 order by ksb_id limit 1)
              union all
              select (select s.ksb_id from sales s where %1$s and s.ksb_id > e.ksb_id order by s.ksb_id limit 1), e.place + 1
              from enterprises e where e.ksb_id is not null and e.place < $2
            )
            select ksb_id, false as named from enterprises where ksb_id is not null
            union all
            select ksb_id, true from unnest($3::text[]) as asked (ksb_id)
            cross join lateral (select from sales s where %1$s and s.ksb_id = asked.ksb_id limit 1) one""".formatted(WAITS);

    /** The same walk: how long the next sale of each has waited here, however old it was when it came; those that wait longest. */
    static final String WAITING_TIMES = """
            with recursive enterprises as (
              (select ksb_id, received_at, completed_at from sales where %1$s order by ksb_id, completed_at, id limit 1)
              union all
              select following.* from enterprises e cross join lateral (
                select s.ksb_id, s.received_at, s.completed_at from sales s where %1$s and s.ksb_id > e.ksb_id
                order by s.ksb_id, s.completed_at, s.id limit 1) following
            )
            select ksb_id, age, (count(*) filter (where age > $2) over ())::int as late
            from (select ksb_id, extract(epoch from $1::timestamptz - greatest(received_at, completed_at))::float8 as age
              from enterprises) waiting
            where $3::text[] is null or ksb_id = any($3)
            order by age desc limit $4""".formatted(WAITS);

    /** A next attempt further ahead than the longest pause is ignored: the clock went back since. */
    static final String DUE = "select " + SaleRow.SELECTED + " from sales where ksb_id = $1 and " + WAITS + "\n" + """
            and (next_attempt_at is null or next_attempt_at <= $2 or next_attempt_at > $3)
            and (kind = 'SALE' or $4) order by completed_at, id limit $5""";

    private static final String UNMARKED_RETURNS =
            "select " + SaleRow.SELECTED + " from sales where ksb_id = $1 and " + WAITS + "\n" + """
            and kind = 'RETURN' and last_error is null order by completed_at, id limit $2""";

    private static final String NOTE_FAILURE = """
            update sales set attempts = attempts + 1, last_error = $3, next_attempt_at = $4
            where ksb_id = $1 and id = $2 and delivery_status = 'NOT_DELIVERED'""";

    private static final String ATTEMPT_ALL_NOW = "update sales set next_attempt_at = null where ksb_id = $1 and "
            + WAITS + " and next_attempt_at is not null";

    private final Pool pool;
    private final ObjectMapper json;
    private final Clock clock;

    UndeliveredSales(Pool pool, ObjectMapper json, Clock clock) {
        this.pool = pool;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Enterprises that have some.
     *
     * @param named of those that were asked for
     * @param walked the next ones of all, in the order of their ids
     */
    public record Waiting(List<String> named, List<String> walked) {}

    /**
     * Enterprises that have some, whether they are due or not.
     *
     * @param named are asked for by their ids
     * @param after of all others too, the next ones after this id
     */
    public Uni<Waiting> enterprises(Collection<String> named, String after, int most) {
        return pool.preparedQuery(ENTERPRISES)
                .execute(Tuple.of(after, most, named.toArray(String[]::new)))
                .map(rows -> new Waiting(ids(rows, true), ids(rows, false)));
    }

    private static List<String> ids(RowSet<Row> rows, boolean named) {
        return Rows.stream(rows)
                .filter(row -> row.getBoolean("named") == named)
                .map(row -> row.getString("ksb_id"))
                .toList();
    }

    /**
     * How long the next sales to be sent have waited.
     *
     * @param late how many enterprises wait for longer than was asked for
     * @param longest those that wait longest, in this order: seconds by KSB-ID, negative where the clock of the database is ahead
     */
    public record Waits(int late, Map<String, Double> longest) {}

    /**
     * The enterprises that wait longest.
     *
     * @param among only these; empty: all
     */
    public Uni<Waits> longestWaits(Optional<Set<String>> among, Duration late, int most) {
        return pool.preparedQuery(WAITING_TIMES)
                .execute(Tuple.of(
                        Rows.timestamp(clock.instant()),
                        (double) late.toSeconds(),
                        among.map(ids -> ids.toArray(String[]::new)).orElse(null),
                        most))
                .map(UndeliveredSales::waits);
    }

    private static Waits waits(RowSet<Row> rows) {
        Map<String, Double> longest = new LinkedHashMap<>();
        int late = 0;
        for (Row row : rows) {
            longest.put(row.getString("ksb_id"), row.getDouble("age"));
            late = row.getInteger("late");
        }
        return new Waits(late, longest);
    }

    /**
     * The sales to be sent now, the oldest first.
     *
     * @param longestPause between two attempts
     */
    public Uni<List<CompletedSale>> due(String ksbId, Duration longestPause, boolean alsoReturns, int most) {
        OffsetDateTime now = Rows.timestamp(clock.instant());
        return find(DUE, Tuple.of(ksbId, now, now.plus(longestPause), alsoReturns, most));
    }

    /** Returns of which nothing is noted yet. */
    public Uni<List<CompletedSale>> unmarkedReturns(String ksbId, int most) {
        return find(UNMARKED_RETURNS, Tuple.of(ksbId, most));
    }

    /** Notes that sending came to nothing. No event tells of it. */
    public Uni<Void> noteFailure(String ksbId, UUID id, String error, Duration pause) {
        return pool.preparedQuery(NOTE_FAILURE)
                .execute(Tuple.of(
                        ksbId, id, error, Rows.timestamp(clock.instant().plus(pause))))
                .replaceWithVoid();
    }

    /**
     * Makes all of them due.
     *
     * @return how many there are
     */
    public Uni<Integer> attemptAllNow(SqlConnection connection, String ksbId) {
        return connection
                .preparedQuery(ATTEMPT_ALL_NOW)
                .execute(Tuple.of(ksbId))
                .chain(() -> connection
                        .preparedQuery("select count(*)::int as waiting from sales where ksb_id = $1 and " + WAITS)
                        .execute(Tuple.of(ksbId)))
                .map(rows -> rows.iterator().next().getInteger("waiting"));
    }

    private Uni<List<CompletedSale>> find(String sql, Tuple values) {
        return pool.preparedQuery(sql)
                .execute(values)
                .map(rows -> Rows.list(rows, row -> (CompletedSale) SaleRow.sale(row, json)));
    }
}
