package uz.ksb.pos.sales.till.domain;

import java.time.Duration;
import java.time.Instant;
import uz.ksb.pos.sales.house.Till;

/**
 * All that is known of one till.
 *
 * @param status null: its enterprise does not have it any more
 * @param report null: it was never heard
 * @param away whether it was not heard for long, though it did not say that it closes
 * @param lastSale when it sold last today; known only of a till that was never heard
 * @param serverSequence the highest of its numbers that the server has
 * @param missing how many of its numbers the server lacks
 * @param settledThrough a manager has settled the numbers up to this one
 * @param settled a manager's decision, until the till is heard again
 * @param told the view that was published last; null: none
 */
public record KnownTill(
        String ksbId,
        String deviceId,
        String code,
        String name,
        Till.Status status,
        long version,
        Report report,
        Instant heardAt,
        Instant changedAt,
        boolean away,
        Instant lastSale,
        long serverSequence,
        long missing,
        Instant missingSince,
        long settledThrough,
        TillView.Settled settled,
        boolean removed,
        TillView told) {

    /** The till after it reported. */
    public KnownTill heard(Report told, Instant now) {
        return with(told, now, false, missing, missingSince, serverSequence, settledThrough, null, false);
    }

    /** The till after its numbers were compared with those that the server has. */
    public KnownTill compared(Numbers numbers, Instant now) {
        long lacking = numbers.missing(report);
        Instant since = lacking == 0 ? null : missingSince == null ? now : missingSince;
        long last = Math.max(serverSequence, numbers.last());
        return with(report, heardAt, away, lacking, since, last, settledThrough, settled, removed || status == null);
    }

    /** The till at a later time: it counts as away when it was not heard for {@code limit}. */
    public KnownTill watched(Instant now, Duration limit) {
        boolean silent = heardAt != null && !isClosed() && heardAt.isBefore(now.minus(limit));
        return with(report, heardAt, silent, missing, missingSince, serverSequence, settledThrough, settled, removed);
    }

    /** The till after a manager's decision: nothing that it owes up to now is waited for. */
    public KnownTill settled(TillView.Settled decision) {
        long through = Math.max(Math.max(settledThrough, serverSequence), report == null ? 0 : report.last());
        return with(report, heardAt, false, 0, null, serverSequence, through, decision, decision.isRemoval());
    }

    private boolean isClosed() {
        return settled != null || report != null && report.closing();
    }

    private boolean owes() {
        boolean gone = away || isClosed();
        // A till that is gone cannot tell that another one has brought its sales: then its numbers do.
        return missing > 0 || !gone && report != null && report.unsent() > 0;
    }

    TillState state() {
        if (removed || status == null) {
            return TillState.REMOVED;
        }
        if (status == Till.Status.PENDING || status == Till.Status.BLOCKED) {
            return status == Till.Status.PENDING ? TillState.PENDING : TillState.BLOCKED;
        }
        if (owes()) {
            return report != null && report.unsent() > 0 ? TillState.UNSENT : TillState.MISSING;
        }
        if (isClosed()) {
            return TillState.CLOSED;
        }
        if (report == null) {
            return lastSale == null ? TillState.IDLE : TillState.UNHEARD;
        }
        return away ? TillState.AWAY : TillState.WORKING;
    }

    private Instant since(TillState state) {
        return switch (state) {
            case UNSENT -> report.oldest() == null ? missingSince : report.oldest();
            case MISSING -> missingSince;
            case UNHEARD -> lastSale;
            case AWAY, CLOSED -> heardAt;
            case BLOCKED -> missing > 0 && report != null ? report.oldest() : null;
            case WORKING, IDLE, PENDING, REMOVED -> null;
        };
    }

    public TillView view() {
        TillState state = state();
        boolean complete = state.isComplete() && (state != TillState.BLOCKED || missing == 0);
        Report told = report == null ? Report.NONE : report;
        return new TillView(
                deviceId,
                code,
                name,
                status,
                state,
                complete,
                since(state),
                away,
                told.unsent(),
                told.oldest(),
                told.lastSequence(),
                serverSequence,
                missing,
                told.program(),
                told.storage(),
                told.warnings(),
                heardAt,
                changedAt,
                settled,
                version);
    }

    /** Whether this is to be told: something but the time is not as it was told. */
    public boolean hasChanged() {
        return told == null || !view().sameAs(told);
    }

    /** The next version, from now on. */
    public KnownTill next(Instant now) {
        return new KnownTill(
                ksbId,
                deviceId,
                code,
                name,
                status,
                version + 1,
                report,
                heardAt,
                now,
                away,
                lastSale,
                serverSequence,
                missing,
                missingSince,
                settledThrough,
                settled,
                removed,
                told);
    }

    private KnownTill with(
            Report words,
            Instant heard,
            boolean isAway,
            long lacking,
            Instant lackingSince,
            long last,
            long through,
            TillView.Settled decision,
            boolean isRemoved) {
        return new KnownTill(
                ksbId,
                deviceId,
                code,
                name,
                status,
                version,
                words,
                heard,
                changedAt,
                isAway,
                lastSale,
                last,
                lacking,
                lackingSince,
                through,
                decision,
                isRemoved,
                told);
    }
}
