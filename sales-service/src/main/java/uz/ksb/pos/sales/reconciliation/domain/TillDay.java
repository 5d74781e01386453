package uz.ksb.pos.sales.reconciliation.domain;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * One till's day.
 *
 * @param deviceId null: of no till
 * @param state of the till now; null: it was never heard
 * @param unsent finished sales that only the till has now, as it said last
 * @param first the first number that it took that day; null: none
 * @param last the last one, as far as it is known
 * @param taken how many numbers that are
 * @param missing how many of them the server lacks
 * @param twice how many sales have a number that another one has too
 * @param sales those that count, {@code returns} of receipts and without
 * @param held waiting for a manager, or dismissed: they count nowhere
 * @param delivered the back office has accepted them
 * @param absent delivered, but the back office does not have them any more
 */
public record TillDay(
        String deviceId,
        String code,
        String name,
        String state,
        int unsent,
        Long first,
        Long last,
        long taken,
        long missing,
        long twice,
        Figure sales,
        Figure returns,
        Figure net,
        Figure held,
        long conflicts,
        Figure delivered,
        Figure waiting,
        Figure rejected,
        Figure closed,
        long unprocessed,
        long absent) {

    /** The same, all tills together: of no till. */
    static TillDay total(List<TillDay> tills) {
        return new TillDay(
                null,
                null,
                null,
                null,
                tills.stream().mapToInt(TillDay::unsent).sum(),
                null,
                null,
                count(tills, TillDay::taken),
                count(tills, TillDay::missing),
                count(tills, TillDay::twice),
                sum(tills, TillDay::sales),
                sum(tills, TillDay::returns),
                sum(tills, TillDay::net),
                sum(tills, TillDay::held),
                count(tills, TillDay::conflicts),
                sum(tills, TillDay::delivered),
                sum(tills, TillDay::waiting),
                sum(tills, TillDay::rejected),
                sum(tills, TillDay::closed),
                count(tills, TillDay::unprocessed),
                count(tills, TillDay::absent));
    }

    private static long count(List<TillDay> tills, ToLongFunction<TillDay> number) {
        return tills.stream().mapToLong(number).sum();
    }

    private static Figure sum(List<TillDay> tills, Function<TillDay, Figure> figure) {
        return tills.stream().map(figure).reduce(Figure.NONE, Figure::plus);
    }

    /** The same with what waits for a manager. */
    public TillDay withReview(long numbersTwice, long itsConflicts) {
        return new TillDay(
                deviceId,
                code,
                name,
                state,
                unsent,
                first,
                last,
                taken,
                missing,
                numbersTwice,
                sales,
                returns,
                net,
                held,
                itsConflicts,
                delivered,
                waiting,
                rejected,
                closed,
                unprocessed,
                absent);
    }

    TillDay with(long numbersMissing, long documentsAbsent) {
        return new TillDay(
                deviceId,
                code,
                name,
                state,
                unsent,
                first,
                last,
                taken,
                numbersMissing,
                twice,
                sales,
                returns,
                net,
                held,
                conflicts,
                delivered,
                waiting,
                rejected,
                closed,
                unprocessed,
                documentsAbsent);
    }
}
