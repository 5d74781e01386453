package uz.ksb.pos.platform.trace;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import java.util.UUID;
import java.util.regex.Pattern;

/** The trace of an event, as W3C's {@code traceparent} carries it: {@code 00-<trace>-<span>-<flags>}. */
public final class EventTrace {
    private static final String TRACER = "ksb-pos";
    private static final AttributeKey<String> EVENT_ID = AttributeKey.stringKey("messaging.message.id");
    private static final Pattern KEPT = Pattern.compile("00-[0-9a-f]{32}-[0-9a-f]{16}-0[13]");
    private static final int TRACE_AT = 3;
    private static final int SPAN_AT = 36;
    private static final int FLAGS_AT = 53;

    private EventTrace() {}

    /** The trace of what runs now, for an event that comes of it; null: there is none. */
    public static String current() {
        return parent(Span.current());
    }

    /** The trace that goes on from {@code span}; null: it has none. */
    public static String parent(Span span) {
        SpanContext context = span.getSpanContext();
        return context.isValid()
                ? "00-" + context.getTraceId() + "-" + context.getSpanId() + "-"
                        + context.getTraceFlags().asHex()
                : null;
    }

    /** Whether spans of this trace are kept. Others have none beyond the request. */
    public static boolean isKept(String traceParent) {
        return traceParent != null
                && KEPT.matcher(traceParent).matches()
                && context(traceParent).isValid();
    }

    /**
     * A span of an event's way, to be started by the caller, now or at a time of the past, and ended.
     *
     * @param name what is done, such as {@code pos.sales.v1 publish}
     * @param traceParent of the event, see {@link #isKept}
     */
    public static SpanBuilder span(String name, SpanKind kind, String traceParent, UUID eventId) {
        return GlobalOpenTelemetry.getTracer(TRACER)
                .spanBuilder(name)
                .setSpanKind(kind)
                .setParent(Context.root().with(Span.wrap(context(traceParent))))
                .setAttribute(EVENT_ID, eventId.toString());
    }

    /**
     * Starts the span of an event's publishing. Its id comes of the event's, so that the copies of an event which several processes
     * send, one of them killed before it could tell of its span, belong to one.
     *
     * @param traceParent of the event, see {@link #isKept}
     */
    public static Span publishing(String topic, String traceParent, UUID eventId) {
        return SpanIds.start(span(topic + " publish", SpanKind.PRODUCER, traceParent, eventId), eventId);
    }

    private static SpanContext context(String traceParent) {
        return SpanContext.createFromRemoteParent(
                traceParent.substring(TRACE_AT, SPAN_AT - 1),
                traceParent.substring(SPAN_AT, FLAGS_AT - 1),
                TraceFlags.fromHex(traceParent, FLAGS_AT),
                TraceState.getDefault());
    }
}
