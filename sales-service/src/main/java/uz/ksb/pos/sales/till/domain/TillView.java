package uz.ksb.pos.sales.till.domain;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import uz.ksb.pos.sales.house.Till;

/**
 * A till as the shop sees it; also the data of {@code till.reported}. The highest version is the newest.
 *
 * @param complete whether the day's sum is whole as far as this till goes
 * @param since when the state began, as far as that matters
 * @param away whether it was not heard for long, though it did not say that it closes
 * @param unsent finished sales that only the till has, as it said last
 * @param lastSequence the highest number that it has given, as it said last
 * @param serverSequence the highest of its numbers that the server has
 * @param missing how many of its numbers the server lacks
 * @param program version of its program
 * @param warnings names of what is wrong with the till itself, as it said last
 * @param heardAt when it was heard last; in an event: when that was published
 * @param settled a manager's decision since it was heard last
 */
public record TillView(
        String deviceId,
        String code,
        String name,
        Till.Status status,
        TillState state,
        boolean complete,
        Instant since,
        boolean away,
        int unsent,
        Instant oldest,
        Long lastSequence,
        long serverSequence,
        long missing,
        String program,
        Report.Storage storage,
        List<String> warnings,
        Instant heardAt,
        Instant changedAt,
        Settled settled,
        long version) {

    /**
     * A manager's decision: what a till owes is known, and nothing of it is waited for.
     *
     * @param as {@code closed}, or {@code removed}: it leaves the list until it is heard again
     */
    public record Settled(String as, String reason, String by, Instant at) {
        public static final String CLOSED = "closed";
        public static final String REMOVED = "removed";

        @JsonIgnore
        boolean isRemoval() {
            return REMOVED.equals(as);
        }
    }

    /** Whether both say the same but for the times of contact and the version. */
    boolean sameAs(TillView other) {
        return Objects.equals(withoutTimes(), other.withoutTimes());
    }

    private TillView withoutTimes() {
        // A closed till's time is that of its last contact, which is no news.
        Instant told = state == TillState.CLOSED ? null : since;
        return new TillView(
                deviceId,
                code,
                name,
                status,
                state,
                complete,
                told,
                away,
                unsent,
                oldest,
                lastSequence,
                serverSequence,
                missing,
                program,
                storage,
                warnings,
                null,
                null,
                settled,
                0);
    }
}
