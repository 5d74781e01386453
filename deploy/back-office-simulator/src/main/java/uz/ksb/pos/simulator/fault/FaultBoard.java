package uz.ksb.pos.simulator.fault;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** The faults of each method. A method's own order takes the place of the one for all. */
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
        ordered.put(faults.method() == null ? ALL : faults.method(), new MethodFaults(faults, nanoTime));
    }

    public void clear() {
        ordered.clear();
    }

    public MethodFaults of(String method) {
        MethodFaults own = ordered.get(method);
        return own != null || OF_THE_CRM.contains(method)
                ? (own == null ? none : own)
                : ordered.getOrDefault(ALL, none);
    }

    public Map<String, MethodFaults> all() {
        return new TreeMap<>(ordered);
    }
}
