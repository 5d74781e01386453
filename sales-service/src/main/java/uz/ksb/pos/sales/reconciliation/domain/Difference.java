package uz.ksb.pos.sales.reconciliation.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/**
 * A difference between the three places.
 *
 * @param till its code; null: not known
 * @param number of the sale, or the first of several that are missing
 * @param lastNumber the last one of several that are missing
 * @param count how many sales it is about
 * @param id of the sale, the conflict or the unreadable entry
 * @param amount of the sale, in {@code currency}, a return negative
 * @param there the amount that the back office has, when it is another one
 * @param reason as the back office or the server gave it
 * @param at when the sale was finished, or the entry came
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Difference(
        Kind kind,
        Action action,
        String till,
        String number,
        String lastNumber,
        long count,
        UUID id,
        BigDecimal amount,
        String currency,
        BigDecimal there,
        String reason,
        Instant at) {

    /** The kinds, the most pressing first. */
    public enum Kind {
        /** The till has sales that the server lacks. */
        UNSENT(Action.CONNECT_TILL),
        /** The till took numbers that no sale has. */
        MISSING(Action.FIND_OR_SETTLE),
        /** Two sales have one number. */
        TWICE(Action.COMPARE),
        HELD(Action.DECIDE),
        CONFLICT(Action.RESOLVE),
        UNREADABLE(Action.READ),
        REJECTED(Action.CORRECT_AND_SEND),
        WAITING(Action.SEND),
        /** Delivered, but the back office does not have it any more. */
        ABSENT(Action.REPEAT),
        /** The back office has another sum. */
        AMOUNT(Action.CORRECT_THERE),
        /** Accepted there, but not processed. */
        UNPROCESSED(Action.PROCESS_THERE);

        private final Action action;

        Kind(Action action) {
            this.action = action;
        }

        @JsonValue
        public String text() {
            return word(name());
        }
    }

    /** The one thing to do. */
    public enum Action {
        CONNECT_TILL,
        FIND_OR_SETTLE,
        COMPARE,
        DECIDE,
        RESOLVE,
        READ,
        CORRECT_AND_SEND,
        SEND,
        REPEAT,
        CORRECT_THERE,
        PROCESS_THERE;

        @JsonValue
        public String text() {
            return word(name());
        }
    }

    private static String word(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Difference of(
            Kind kind,
            String till,
            String number,
            UUID id,
            BigDecimal amount,
            String currency,
            String reason,
            Instant at) {
        return new Difference(kind, kind.action, till, number, null, 1, id, amount, currency, null, reason, at);
    }

    /** Numbers of a till, from the first to the last one. */
    static Difference missing(String till, long first, long last) {
        return new Difference(
                Kind.MISSING,
                Action.FIND_OR_SETTLE,
                till,
                number(till, first),
                first == last ? null : number(till, last),
                last - first + 1,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    public static Difference unsent(String till, long count, Instant since) {
        return new Difference(
                Kind.UNSENT, Action.CONNECT_TILL, till, null, null, count, null, null, null, null, null, since);
    }

    /** @param there the sum of the document in the back office */
    static Difference amount(Delivered sale, BigDecimal there) {
        return new Difference(
                Kind.AMOUNT,
                Action.CORRECT_THERE,
                sale.till(),
                sale.number(),
                null,
                1,
                sale.id(),
                sale.amount(),
                sale.currency(),
                there,
                null,
                sale.at());
    }

    public static String number(String till, long sequence) {
        return "%s-%06d".formatted(till == null ? "?" : till, sequence);
    }
}
