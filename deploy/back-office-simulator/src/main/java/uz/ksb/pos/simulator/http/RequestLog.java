package uz.ksb.pos.simulator.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import uz.ksb.pos.simulator.fault.Fault;

/** The latest requests to the back office and the CRM, in their order. */
public final class RequestLog {
    private static final int MAX_REQUESTS = 1000;
    private static final int MAX_BODY = 16 * 1024;

    private final Deque<Request> requests = new ArrayDeque<>();

    /**
     * A request and the fault that struck it.
     *
     * @param body empty when it is longer than 16 KB
     */
    public record Request(String method, String ksbId, String deviceId, Fault fault, String body) {
        public Request {
            body = body == null || body.length() > MAX_BODY ? "" : body;
        }
    }

    synchronized void add(Request request) {
        requests.add(request);
        if (requests.size() > MAX_REQUESTS) {
            requests.remove();
        }
    }

    /** @param ksbId or method: empty for all */
    public synchronized List<Request> of(String ksbId, String method) {
        return requests.stream()
                .filter(request -> ksbId.isEmpty() || request.ksbId().equals(ksbId))
                .filter(request -> method.isEmpty() || request.method().equals(method))
                .toList();
    }

    public synchronized void clear() {
        requests.clear();
    }
}
