package uz.ksb.pos.sales.till;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jboss.logging.Logger;
import uz.ksb.pos.platform.database.Writings;
import uz.ksb.pos.platform.event.Event;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.outbox.Outbox;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.platform.schedule.OneByOne;
import uz.ksb.pos.platform.text.StorableText;
import uz.ksb.pos.sales.house.Till;
import uz.ksb.pos.sales.sale.domain.content.Fields;
import uz.ksb.pos.sales.sale.domain.content.Seller;
import uz.ksb.pos.sales.till.domain.KnownTill;
import uz.ksb.pos.sales.till.domain.Report;
import uz.ksb.pos.sales.till.domain.TillView;

/** Changes what is known of a till: under its lock, with its event, and only when something but the time changed. */
@ApplicationScoped
class TillLedger {
    private static final Logger LOG = Logger.getLogger(TillLedger.class);
    /** Between two changes that one till tells. */
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** Contact is noted no more often. */
    private static final Duration CONTACT = Duration.ofSeconds(10);
    /** News of a till that was just approved is on its way. */
    private static final Duration NOT_HEARD_YET = Duration.ofSeconds(1);

    private static final int MAX_REASON = 300;

    private final TillConfig config;
    private final TillRepository tills;
    private final Pool pool;
    private final Outbox outbox;
    private final Writings writings;
    private final Clock clock;

    TillLedger(TillConfig config, TillRepository tills, Pool pool, Outbox outbox, Writings writings, Clock clock) {
        this.config = config;
        this.tills = tills;
        this.pool = pool;
        this.outbox = outbox;
        this.writings = writings;
        this.clock = clock;
    }

    /**
     * A manager's decision.
     *
     * @param as {@code closed}: what the till owes up to now is known; {@code removed}: and it leaves the list until it is heard again
     */
    record NewSettlement(String as, String reason) {}

    /** Takes a till's report. Fails with 403 when it is no approved till of the enterprise, with 429 when it changes too often. */
    Uni<TillView> report(Seller till, Report report) {
        if (till.blocked()) {
            throw Problem.forbidden("device-blocked", "This till is blocked.");
        }
        if (till.deviceId() == null) {
            throw Problem.forbidden("device-unknown", "This till is not known here.");
        }
        Instant now = now();
        return inTransaction(till.ksbId(), connection -> tills.lockOrMake(
                        connection, till.ksbId(), till.deviceId(), List.of(Till.Status.APPROVED))
                .invoke(TillLedger::requireApproved)
                .chain(before -> store(connection, before, before.heard(report, now), mayChange(before, report, now))));
    }

    /** Notes a manager's decision on what a till owes. */
    Uni<TillView> settle(String deviceId, NewSettlement asked, Seller manager) {
        Fields.require(asked != null, "body", "is missing");
        Fields.require(
                TillView.Settled.CLOSED.equals(asked.as()) || TillView.Settled.REMOVED.equals(asked.as()),
                "as",
                "is closed or removed");
        String reason = StorableText.required(asked.reason(), MAX_REASON, "reason");
        TillView.Settled decision = new TillView.Settled(asked.as(), reason, manager.login(), now());
        return inTransaction(manager.ksbId(), connection -> tills.lockOrMake(
                        connection, manager.ksbId(), deviceId, Arrays.asList(Till.Status.values()))
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("This till"))
                .chain(before -> tills.numbers(connection, before.ksbId(), deviceId, before.settledThrough())
                        .map(numbers -> before.compared(numbers, now()).settled(decision)))
                .chain(after -> store(connection, after, after, true)));
    }

    /** Looks at the tills that may have changed without a word of them. One that fails stops no other. */
    Uni<Void> watch() {
        Instant now = now();
        return tills.due(pool, now.minus(config.awayAfter()), now.minus(config.look()))
                .chain(due -> OneByOne.each(due, this::look));
    }

    private Uni<TillView> look(TillRepository.Due due) {
        return inTransaction(due.ksbId(), connection -> tills.lock(connection, due.ksbId(), due.deviceId())
                        .chain(before -> before == null
                                ? Uni.createFrom().nullItem()
                                : store(connection, before, before.watched(now(), config.awayAfter()), true)))
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.warnf("The till %s of %s is looked at later: %s", due.deviceId(), due.ksbId(), failure);
                    return null;
                });
    }

    private Uni<TillView> inTransaction(String ksbId, Function<SqlConnection, Uni<TillView>> work) {
        return writings.inTurn(ksbId, () -> outbox.inTransaction(work));
    }

    private Uni<TillView> store(SqlConnection connection, KnownTill before, KnownTill heard, boolean mayChange) {
        return tills.numbers(connection, heard.ksbId(), heard.deviceId(), heard.settledThrough())
                .map(numbers -> heard.compared(numbers, now()))
                .chain(after -> after.hasChanged()
                        ? change(connection, after, mayChange)
                        : contact(connection, before, after).replaceWith(after.view()));
    }

    private Uni<TillView> change(SqlConnection connection, KnownTill after, boolean mayChange) {
        if (!mayChange) {
            throw Problem.tooMany("too-many-reports", "A till reports a change at most once a second.", PAUSE);
        }
        Instant now = now();
        KnownTill changed = after.next(now);
        return tills.write(connection, changed, now)
                .chain(() -> outbox.add(connection, event(changed)))
                .replaceWith(changed::view);
    }

    private Uni<Void> contact(SqlConnection connection, KnownTill before, KnownTill after) {
        boolean wasHeard = !Objects.equals(before.heardAt(), after.heardAt());
        boolean isRecent = wasHeard && after.heardAt().isBefore(before.heardAt().plus(CONTACT));
        return isRecent ? Uni.createFrom().voidItem() : tills.touch(connection, after, now());
    }

    static Event event(KnownTill till) {
        return new Event(Topics.TILLS, "till.reported", till.ksbId(), till.deviceId(), till.view());
    }

    private static void requireApproved(KnownTill till) {
        if (till == null || till.status() == null) {
            throw Problem.forbidden("device-unknown", "This till is not known here.", NOT_HEARD_YET);
        }
        if (till.status() != Till.Status.APPROVED) {
            throw Problem.forbidden("device-blocked", "This till is not approved.");
        }
    }

    /** A till that closes has no second chance to say so. */
    private static boolean mayChange(KnownTill before, Report report, Instant now) {
        boolean closes =
                report.closing() && (before.report() == null || !before.report().closing());
        return closes || before.changedAt() == null || !before.changedAt().isAfter(now.minus(PAUSE));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
