package uz.ksb.pos.sales.enterprise;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import uz.ksb.pos.platform.caller.Caller;

/**
 * The business day and the currency of each enterprise, for work that has no token: as settings-service told them, or else as a
 * token of the enterprise said.
 */
@ApplicationScoped
public class Enterprises {
    private static final Logger LOG = Logger.getLogger(Enterprises.class);
    private static final String DEFAULT_CURRENCY = "UZS";

    private final Pool pool;
    private final Clock clock;
    private final Map<String, Enterprise> known = new ConcurrentHashMap<>();
    /** Those of {@link #known} that settings-service told: no token changes them. */
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    Enterprises(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    /** The rules of an enterprise's business day. */
    public record Enterprise(String ksbId, ZoneId zone, LocalTime dayStart, String currency) {
        public LocalDate dateOf(Instant time) {
            return time.atZone(zone)
                    .toLocalDateTime()
                    .minusNanos(dayStart.toNanoOfDay())
                    .toLocalDate();
        }
    }

    /** The enterprise by the caller's verified token. It is remembered while nothing better is known. */
    public Enterprise of(Caller caller) {
        Enterprise enterprise = new Enterprise(caller.ksbId(), caller.zone(), caller.dayStart(), caller.currency());
        remember(enterprise);
        return enterprise;
    }

    private void remember(Enterprise enterprise) {
        if (!told.contains(enterprise.ksbId()) && !enterprise.equals(known.put(enterprise.ksbId(), enterprise))) {
            pool.preparedQuery("""
                            insert into enterprises (ksb_id, zone, day_start, currency) values ($1, $2, $3, $4)
                            on conflict (ksb_id) do update set zone = $2, day_start = $3, currency = $4""")
                    .execute(Tuple.of(
                            enterprise.ksbId(),
                            enterprise.zone().getId(),
                            enterprise.dayStart().toString(),
                            enterprise.currency()))
                    .subscribe()
                    .with(done -> {}, failure -> known.remove(enterprise.ksbId(), enterprise));
        }
    }

    public Optional<Enterprise> find(String ksbId) {
        return Optional.ofNullable(known.get(ksbId));
    }

    /** The enterprise, or, as long as no token of its own was seen, one with the usual rules. */
    public Enterprise orUsual(String ksbId) {
        return find(ksbId)
                .orElseGet(
                        () -> new Enterprise(ksbId, ZoneId.of("Asia/Tashkent"), LocalTime.MIDNIGHT, DEFAULT_CURRENCY));
    }

    /** The business date it is there now. */
    public Optional<LocalDate> today(String ksbId) {
        return find(ksbId).map(enterprise -> enterprise.dateOf(clock.instant()));
    }

    public String currency(String ksbId) {
        return find(ksbId).map(Enterprise::currency).orElse(DEFAULT_CURRENCY);
    }

    void start(@Observes StartupEvent started) {
        load().subscribe().with(done -> {}, failure -> LOG.warnf("Enterprises are read later: %s", failure));
    }

    /** Reads what events told and the tokens that other replicas saw. */
    @Scheduled(every = "1m", delayed = "1m")
    Uni<Void> load() {
        return pool.query("""
                        select ksb_id, zone, day_start, currency, true as told from enterprise_rules
                        union all
                        select ksb_id, zone, day_start, currency, false from enterprises
                        where ksb_id not in (select ksb_id from enterprise_rules)""")
                .execute()
                .invoke(rows -> rows.forEach(this::load))
                .replaceWithVoid();
    }

    private void load(Row row) {
        String ksbId = row.getString("ksb_id");
        try {
            known.put(
                    ksbId,
                    new Enterprise(
                            ksbId,
                            ZoneId.of(row.getString("zone")),
                            LocalTime.parse(row.getString("day_start")),
                            row.getString("currency")));
            if (row.getBoolean("told")) {
                told.add(ksbId);
            }
        } catch (DateTimeException e) {
            LOG.warnf("The zone or day start of %s cannot be read: %s", ksbId, e);
        }
    }
}
