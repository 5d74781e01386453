package uz.ksb.pos.local.replay.server;

import java.util.ArrayList;
import java.util.List;

/** The results of the sales that were sent; safe for all tills at once. */
public final class SaleResults {

    private static final int TOLD = 5;

    private int created;
    private int replayed;
    private int refused;
    private final List<String> problems = new ArrayList<>();

    public synchronized void add(String invoice, String result, String reason) {
        switch (result) {
            case "created" -> created++;
            case "replayed" -> replayed++;
            default -> {
                refused++;
                if (problems.size() < TOLD) {
                    problems.add("invoice %s: %s%s".formatted(invoice, result, reason.isEmpty() ? "" : ", " + reason));
                }
            }
        }
    }

    public synchronized int created() {
        return created;
    }

    public synchronized int replayed() {
        return replayed;
    }

    /** Conflicts and what the server could not read. */
    public synchronized int refused() {
        return refused;
    }

    /** The first of them, for people. */
    public synchronized List<String> problems() {
        return List.copyOf(problems);
    }
}
