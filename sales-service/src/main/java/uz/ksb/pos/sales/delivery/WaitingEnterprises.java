package uz.ksb.pos.sales.delivery;

import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import uz.ksb.pos.sales.sale.store.UndeliveredSales;

/**
 * The enterprises that a look considers: those of whom this process knows that they have something new, and the next
 * {@value #MAX_WALKED} of all that wait. So a look costs the same however many wait, and each of them comes to its turn. One look at a time.
 */
final class WaitingEnterprises {
    static final int MAX_WALKED = 256;

    private final UndeliveredSales undelivered;
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private String after = "";

    WaitingEnterprises(UndeliveredSales undelivered) {
        this.undelivered = undelivered;
    }

    /** @param ksbId has something new; null: nobody in particular. Those that are too many come by the walk */
    void add(String ksbId) {
        if (ksbId != null && known.size() < MAX_WALKED) {
            known.add(ksbId);
        }
    }

    Uni<Collection<String>> next(Predicate<String> wanted) {
        List<String> named = List.copyOf(known);
        named.forEach(known::remove);
        return undelivered.enterprises(named, after, MAX_WALKED).map(found -> {
            List<String> walked = found.walked();
            after = walked.size() < MAX_WALKED ? "" : walked.getLast();
            Set<String> all = new HashSet<>(walked);
            all.addAll(found.named());
            all.removeIf(wanted.negate());
            return all;
        });
    }
}
