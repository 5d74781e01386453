package uz.ksb.pos.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import uz.ksb.pos.till.Follower;

/** A till that follows the sales of one enterprise on two nodes and checks that their numbers come one after the other. */
final class HistoryTill implements Follower.Screen, AutoCloseable {
    private final Follower follower;
    private volatile long next;
    private volatile String wrong;

    HistoryTill(LiveNodes nodes, int node, String token) {
        follower = new Follower(List.of(nodes.port(node), nodes.port(1 - node)), () -> token, "sales", this);
    }

    boolean isConnected() {
        return follower.isConnected();
    }

    /** The number of the next sale. */
    long next() {
        return next;
    }

    /** The first thing that was not as promised; null: none. */
    String wrong() {
        return follower.reloads() > 0 ? "not recovered" : wrong;
    }

    long longestBreakMillis() {
        return follower.longestBreakMillis();
    }

    @Override
    public void event(JsonNode frame) {
        long number = frame.path("data").path("n").asLong();
        check(number == next, (number < next ? "doubled " : "lost before ") + number + ", expected " + next);
        next = number + 1;
    }

    @Override
    public void other(JsonNode frame) {
        check(frame.path("op").asText().equals("welcome"), frame.toString());
    }

    private void check(boolean right, String otherwise) {
        if (!right && wrong == null) {
            wrong = otherwise;
        }
    }

    @Override
    public void close() throws InterruptedException {
        follower.close();
    }
}
