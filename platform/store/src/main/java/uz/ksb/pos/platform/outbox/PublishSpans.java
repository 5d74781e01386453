package uz.ksb.pos.platform.outbox;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import java.util.ArrayList;
import java.util.List;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.trace.EventTrace;

/** The spans of one turn of the relay: of each event with a kept trace, from the reading to Kafka's acknowledgement. */
final class PublishSpans implements AutoCloseable {
    private final List<Span> spans = new ArrayList<>();

    /** The event as it goes out: consumers go on from its publishing. */
    CloudEvent traced(String topic, CloudEvent event) {
        if (!EventTrace.isKept(event.traceParent())) {
            return event;
        }
        Span span = EventTrace.span(topic + " publish", SpanKind.PRODUCER, event.traceParent(), event.id())
                .startSpan();
        spans.add(span);
        return event.withTraceParent(EventTrace.parent(span));
    }

    @Override
    public void close() {
        spans.forEach(Span::end);
    }
}
