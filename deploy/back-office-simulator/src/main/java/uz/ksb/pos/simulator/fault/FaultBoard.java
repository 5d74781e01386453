package uz.ksb.pos.simulator.fault;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * The faults of each method. A method's own order takes the place of the one for all, and one for a single enterprise that of
 * the others.
 */
public final class FaultBoard {

    public static final String CRM = "crm";
    public static final String KSB_INFO = "ksb-info";

    private static final String ALL = "all";
    public static final Set<String> OF_THE_CRM = Set.of(CRM, KSB_INFO);

    private final LongSupplier nanoTime;
    private final MethodFaults none;
    private final Map<String, MethodFaults> ordered = new ConcurrentHashMap<>();

    public FaultBoard(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.none = new MethodFaults(Faults.NONE, nanoTime);
    }

    /** From now on, instead of what was ordered for the same method before. */
    public void order(Faults faults) {
        ordered.put(
                key(faults.method() == null ? ALL : faults.method(), faults.ksbId()),
                new MethodFaults(faults, nanoTime));
    }

    public void clear() {
        ordered.clear();
    }

    public MethodFaults of(String method, String ksbId) {
        return Stream.of(key(method, ksbId), key(ofAll(method), ksbId), method, ofAll(method))
                .map(ordered::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(none);
    }

    private static String ofAll(String method) {
        return OF_THE_CRM.contains(method) ? method : ALL;
    }

    private static String key(String method, String ksbId) {
        return ksbId == null ? method : method + "@" + ksbId;
    }

    public Map<String, MethodFaults> all() {
        return new TreeMap<>(ordered);
    }
}
