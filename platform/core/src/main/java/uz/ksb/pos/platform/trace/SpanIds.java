package uz.ksb.pos.platform.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.quarkus.arc.Unremovable;
import jakarta.inject.Singleton;
import java.util.HexFormat;
import java.util.UUID;

/** Ids of traces and spans: by chance, except of a span that any process must be able to go on in. */
@Singleton
@Unremovable
class SpanIds implements IdGenerator {
    private static final ThreadLocal<String> NEXT = new ThreadLocal<>();

    private final IdGenerator chance = IdGenerator.random();

    /** Starts a span whose id comes of the event's: the last 64 bits, which are random and never zero in a UUIDv7. */
    static Span start(SpanBuilder span, UUID eventId) {
        NEXT.set(HexFormat.of().toHexDigits(eventId.getLeastSignificantBits()));
        try {
            return span.startSpan();
        } finally {
            NEXT.remove();
        }
    }

    @Override
    public String generateSpanId() {
        String next = NEXT.get();
        return next == null ? chance.generateSpanId() : next;
    }

    @Override
    public String generateTraceId() {
        return chance.generateTraceId();
    }
}
