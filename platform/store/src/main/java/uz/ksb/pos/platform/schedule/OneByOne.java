package uz.ksb.pos.platform.schedule;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.function.Function;

/** Steps of which each begins when the one before has ended; the first that fails is the last. */
public final class OneByOne {
    private OneByOne() {}

    public static <T> Uni<Void> each(Iterable<T> items, Function<? super T, ? extends Uni<?>> step) {
        return steps(items, item -> step.apply(item).replaceWithVoid())
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** The results in the order of the items; those that are null are left out. */
    public static <T, R> Uni<List<R>> map(Iterable<T> items, Function<? super T, Uni<? extends R>> step) {
        return steps(items, step).collect().asList();
    }

    private static <T, R> Multi<R> steps(Iterable<T> items, Function<? super T, Uni<? extends R>> step) {
        return Multi.createFrom().iterable(items).onItem().transformToUniAndConcatenate(step);
    }
}
