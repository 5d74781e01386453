package uz.ksb.pos.platform.outbox;

import io.opentelemetry.api.trace.Span;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.trace.EventTrace;

/**
 * The spans of a relay: one of each event with a kept trace, from the first reading until it has left the outbox. An event that is sent
 * again, because sending it or taking it out of the outbox has failed, goes on in its span, and in one of the same id when another
 * process sends it: whichever copy a consumer takes, its trace is the same.
 *
 * <p>Used by the relay's thread. It holds the spans of one batch.
 */
final class PublishSpans {
    private final Map<UUID, Span> open = new HashMap<>();
    private boolean acknowledged;

    /** The event as it goes out: consumers go on from its publishing. */
    CloudEvent traced(String topic, CloudEvent event) {
        if (!EventTrace.isKept(event.traceParent())) {
            return event;
        }
        Span span = open.computeIfAbsent(event.id(), id -> EventTrace.publishing(topic, event.traceParent(), id));
        return event.withTraceParent(EventTrace.parent(span));
    }

    /** Kafka has all that were traced. */
    void acknowledged() {
        acknowledged = true;
    }

    /**
     * Ends the spans of events that have left the outbox, and forgets those that another process has sent: it ends them.
     *
     * @param batch what is in the outbox, the oldest first
     */
    void left(List<OutboxDatabase.StoredEvent> batch) {
        if (!open.isEmpty()) {
            Set<UUID> there = batch.stream().map(stored -> stored.event().id()).collect(Collectors.toSet());
            open.entrySet().removeIf(event -> !there.contains(event.getKey()) && ended(event.getValue()));
        }
        acknowledged = false;
    }

    private boolean ended(Span span) {
        if (acknowledged) {
            span.end();
        }
        return true;
    }
}
