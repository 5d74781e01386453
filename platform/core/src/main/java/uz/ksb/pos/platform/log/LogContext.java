package uz.ksb.pos.platform.log;

import io.opentelemetry.api.trace.Span;
import io.smallrye.common.vertx.VertxContext;
import org.jboss.logging.MDC;
import uz.ksb.pos.platform.event.CloudEvent;

/**
 * Puts ids into the lines that the present request or message logs, and into its span. Elsewhere, where lines of others would have
 * them, does nothing.
 */
public final class LogContext {
    private static final String KSB_ID = "ksbId";
    private static final String EVENT_ID = "eventId";

    private LogContext() {}

    /** @param ksbId null: not known */
    public static void enterprise(String ksbId) {
        put(KSB_ID, ksbId);
    }

    /** @param deviceId null: no till */
    public static void device(String deviceId) {
        put("deviceId", deviceId);
    }

    public static void sale(String saleId) {
        put("saleId", saleId);
    }

    public static void event(String eventId) {
        put(EVENT_ID, eventId);
    }

    /**
     * For a thread that works for all enterprises by itself: until they are closed, its lines carry the ids of {@code event}.
     *
     * @param event null: none
     */
    public static Lines of(CloudEvent event) {
        if (event != null) {
            MDC.put(KSB_ID, event.ksbId());
            MDC.put(EVENT_ID, event.id().toString());
        }
        return new Lines();
    }

    /** The lines about one event. */
    public static final class Lines implements AutoCloseable {
        private Lines() {}

        @Override
        public void close() {
            MDC.remove(KSB_ID);
            MDC.remove(EVENT_ID);
        }
    }

    private static void put(String name, String value) {
        if (value != null && VertxContext.isOnDuplicatedContext()) {
            MDC.put(name, value);
            Span span = Span.current();
            if (span.isRecording()) {
                span.setAttribute("pos." + name, value);
            }
        }
    }
}
