package uz.ksb.pos.sales.house;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Objects;
import uz.ksb.pos.platform.database.Rows;

/** The tables {@code devices}, {@code enterprise_rules} and {@code currency_rates}. */
@ApplicationScoped
public class HouseRepository {
    private static final long NONE = -1;
    /** Offline sales that are older are measured by the oldest rate that is left. */
    private static final Duration RATES_KEPT = Duration.ofDays(40);

    private static final String TILL = """
            select d.status, d.code, e.zone, e.day_start, e.currency
            from (values ($1::text, $2::text)) as asked (ksb_id, device_id)
            left join devices d on d.ksb_id = asked.ksb_id and d.device_id = asked.device_id
            left join enterprise_rules e on e.ksb_id = asked.ksb_id""";

    /** A till that was forgotten and registers again starts at version 1, with a higher code. */
    private static final String STORE_DEVICE = """
            insert into devices as stored (ksb_id, device_id, code, status, version, name) values ($1, $2, $3, $4, $5, $6)
            on conflict (ksb_id, device_id) do update set code = excluded.code, status = excluded.status,
              version = excluded.version, name = excluded.name
            where (coalesce(excluded.code::int, stored.code::int, 0), excluded.version)
              > (coalesce(stored.code::int, 0), stored.version)""";

    private static final String STORE_RULES = """
            insert into enterprise_rules as stored
              (ksb_id, version, zone, day_start, currency, cash_roundings, cash_limit)
            select $1, $2, told ->> 'zone', told ->> 'dayStart', told ->> 'currency',
                   coalesce(nullif(told -> 'cashRoundings', 'null'), '{"UZS": 100}'), (told ->> 'cashLimit')::numeric
            from (select $3::text::jsonb as told) as message
            on conflict (ksb_id) do update set version = excluded.version, zone = excluded.zone,
              day_start = excluded.day_start, currency = excluded.currency, cash_roundings = excluded.cash_roundings,
              cash_limit = excluded.cash_limit
            where stored.version < excluded.version or stored.version = $4""";

    private static final String STORE_RATES = """
            insert into currency_rates as stored (ksb_id, currency, version, rate, valid_from)
            select $1, told ->> 'currency', (told ->> 'version')::bigint, (told ->> 'rate')::numeric,
                   coalesce(told ->> 'validFrom', told ->> 'setAt')::timestamptz
            from jsonb_array_elements($2::text::jsonb) as told
            on conflict (ksb_id, currency, version) do update set rate = excluded.rate, valid_from = excluded.valid_from
            where (stored.rate, stored.valid_from) <> (excluded.rate, excluded.valid_from)""";

    /** Rates whose successors are this old are never asked for; of a currency that is set all the time the newest are enough. */
    private static final String FORGET_RATES = """
            delete from currency_rates r
            where ksb_id = $1 and (exists (
              select from currency_rates n
              where n.ksb_id = r.ksb_id and n.currency = r.currency and n.valid_from > r.valid_from
                and n.valid_from < $2)
              or version <= (
                select version from currency_rates n
                where n.ksb_id = r.ksb_id and n.currency = r.currency order by version desc offset 1000 limit 1))""";

    private static final String VERSIONS = """
            select (select max(version) from enterprise_rules where ksb_id = $1) as rules,
                   (select coalesce(jsonb_object_agg(device_id, version), '{}')::text from devices where ksb_id = $1) as devices,
                   (select max(version) from currency_rates where ksb_id = $1) as rates""";

    private static final String COMPARE_DEVICES = """
            insert into devices as stored (ksb_id, device_id, code, status, version, name)
            select $1, lower(told ->> 'deviceId'), told ->> 'code', told ->> 'status', (told ->> 'version')::bigint,
                   told ->> 'name'
            from jsonb_array_elements($2::text::jsonb) as told
            on conflict (ksb_id, device_id) do update set code = excluded.code, status = excluded.status,
              version = excluded.version, name = excluded.name
            where (coalesce(excluded.code::int, stored.code::int, 0), excluded.version)
                > (coalesce(stored.code::int, 0), stored.version)
              or stored.version = ($3::text::jsonb ->> stored.device_id)::bigint""";

    private static final String DELETE_DEVICES = """
            delete from devices
            where ksb_id = $1 and version = ($3::text::jsonb ->> device_id)::bigint
              and device_id not in (select lower(told ->> 'deviceId') from jsonb_array_elements($2::text::jsonb) as told)""";

    private static final String DELETE_RATES = """
            delete from currency_rates where ksb_id = $1 and version > $2 and version <= $3""";

    private final Clock clock;

    HouseRepository(Clock clock) {
        this.clock = clock;
    }

    /**
     * The versions of the copies before they are compared: only what has not changed meanwhile gives way to an owner that is
     * behind.
     *
     * @param devices a JSON object: the version of each till
     */
    record Versions(long rules, String devices, long rates) {}

    /** The known rules of a till and of its enterprise. */
    public Uni<Till> till(SqlClient client, String ksbId, String deviceId) {
        return client.preparedQuery(TILL)
                .execute(Tuple.of(ksbId, deviceId))
                .map(rows -> till(rows.iterator().next()));
    }

    /** Whether the house has a rate for a currency: without one nobody pays, gives or owes in it. */
    public Uni<Boolean> hasRate(SqlClient client, String ksbId, String currency) {
        return client.preparedQuery("select exists (select from currency_rates where ksb_id = $1 and currency = $2)")
                .execute(Tuple.of(ksbId, currency))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /** A till as its event tells. */
    record Device(String deviceId, String code, String name, Till.Status status, long version) {}

    Uni<Void> storeDevice(SqlClient client, String ksbId, Device told) {
        return client.preparedQuery(STORE_DEVICE)
                .execute(Tuple.of(
                        ksbId, told.deviceId(), told.code(), told.status().name(), told.version(), told.name()))
                .replaceWithVoid();
    }

    /** @param enterprise the data of {@code enterprise.changed} */
    Uni<Void> storeRules(SqlClient client, String ksbId, long version, String enterprise) {
        return storeRules(client, ksbId, version, enterprise, NONE);
    }

    private static Uni<Void> storeRules(
            SqlClient client, String ksbId, long version, String enterprise, long givingWay) {
        return client.preparedQuery(STORE_RULES)
                .execute(Tuple.of(ksbId, version, enterprise, givingWay))
                .replaceWithVoid();
    }

    /** @param items a JSON array of rates with their versions */
    Uni<Void> storeRates(SqlClient client, String ksbId, String items) {
        return client.preparedQuery(STORE_RATES).execute(Tuple.of(ksbId, items)).replaceWithVoid();
    }

    /** Deletes rates that no sale is checked by any more. */
    Uni<Void> forgetRates(SqlClient client, String ksbId) {
        OffsetDateTime before = Rows.timestamp(clock.instant().minus(RATES_KEPT));
        return client.preparedQuery(FORGET_RATES)
                .execute(Tuple.of(ksbId, before))
                .replaceWithVoid();
    }

    Uni<Versions> versions(SqlClient client, String ksbId) {
        return client.preparedQuery(VERSIONS)
                .execute(Tuple.of(ksbId))
                .map(rows -> rows.iterator().next())
                .map(row -> new Versions(
                        Objects.requireNonNullElse(row.getLong("rules"), NONE),
                        row.getString("devices"),
                        Objects.requireNonNullElse(row.getLong("rates"), NONE)));
    }

    /** The owner's rules count, unless an event has brought others since {@code before}. */
    Uni<Void> compareRules(SqlClient client, String ksbId, Versions before, long version, String enterprise) {
        return storeRules(client, ksbId, version, enterprise, before.rules());
    }

    /** @param tills a JSON array: all tills that the owner has */
    Uni<Void> compareDevices(SqlClient client, String ksbId, Versions before, String tills) {
        Tuple values = Tuple.of(ksbId, tills, before.devices());
        return client.preparedQuery(COMPARE_DEVICES)
                .execute(values)
                .chain(() -> client.preparedQuery(DELETE_DEVICES).execute(values))
                .replaceWithVoid();
    }

    /** Deletes rates above the owner's newest {@code version}. */
    Uni<Void> deleteRates(SqlClient client, String ksbId, long version, Versions before) {
        return client.preparedQuery(DELETE_RATES)
                .execute(Tuple.of(ksbId, version, before.rates()))
                .replaceWithVoid();
    }

    private static Till till(Row row) {
        String status = row.getString("status");
        String zone = row.getString("zone");
        return new Till(
                status == null ? null : Till.Status.valueOf(status),
                row.getString("code"),
                zone == null ? null : ZoneId.of(zone),
                zone == null ? null : LocalTime.parse(row.getString("day_start")),
                row.getString("currency"));
    }
}
