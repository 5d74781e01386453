package uz.ksb.pos.platform.log;

import io.opentelemetry.api.trace.Span;
import io.smallrye.common.vertx.VertxContext;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jboss.logging.MDC;

/**
 * Puts ids into the lines that the present request or message logs, and into its span. Elsewhere, where lines of others would have
 * them, does nothing. A value without the form of an id is left out: anybody may send it, and it could be a name or a line of its own.
 */
public final class LogContext {
    private static final String KSB_ID = "ksbId";
    private static final String DEVICE_ID = "deviceId";
    private static final String SALE_ID = "saleId";
    private static final String EVENT_ID = "eventId";
    /** As the tracer names it, which puts it into the lines of what is traced. */
    private static final String TRACE_ID = "traceId";

    private static final Pattern UUID = Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Map<String, Pattern> FORMS = Map.of(
            KSB_ID, Pattern.compile("[0-9]{8}"),
            DEVICE_ID, UUID,
            SALE_ID, UUID,
            EVENT_ID, UUID,
            TRACE_ID, Pattern.compile("[0-9a-f]{32}"));

    private LogContext() {}

    /** @param ksbId null: not known */
    public static void enterprise(String ksbId) {
        put(KSB_ID, ksbId);
    }

    /** @param deviceId null: no till */
    public static void device(String deviceId) {
        put(DEVICE_ID, deviceId);
    }

    public static void sale(String saleId) {
        put(SALE_ID, saleId);
    }

    /** The present message, whose attributes are in its headers. */
    public static void message(Headers headers) {
        ids(headers).forEach(LogContext::put);
    }

    /** For a thread that works through messages of all enterprises: until they are closed, its lines carry the ids of one. */
    public static Lines of(Headers headers) {
        Map<String, Object> before = new HashMap<>();
        ids(headers).forEach((name, id) -> {
            before.put(name, MDC.get(name));
            MDC.put(name, id);
        });
        return new Lines(before);
    }

    /** The lines about one message. */
    public static final class Lines implements AutoCloseable {
        private final Map<String, Object> before;

        private Lines(Map<String, Object> before) {
            this.before = before;
        }

        @Override
        public void close() {
            before.forEach((name, id) -> {
                if (id == null) {
                    MDC.remove(name);
                } else {
                    MDC.put(name, id);
                }
            });
        }
    }

    private static Map<String, String> ids(Headers headers) {
        Map<String, String> ids = new HashMap<>();
        ids.put(KSB_ID, text(headers, "ce_ksbid"));
        ids.put(EVENT_ID, text(headers, "ce_id"));
        ids.put(TRACE_ID, text(headers, "traceparent").replaceFirst("^00-([0-9a-f]{32})-.*", "$1"));
        if (text(headers, "ce_type").startsWith("sale.")) {
            ids.put(SALE_ID, text(headers, "ce_subject"));
        }
        ids.entrySet().removeIf(id -> !isId(id.getKey(), id.getValue()));
        return ids;
    }

    private static String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static boolean isId(String name, String value) {
        return value != null && FORMS.get(name).matcher(value).matches();
    }

    private static void put(String name, String value) {
        if (isId(name, value) && VertxContext.isOnDuplicatedContext()) {
            MDC.put(name, value);
            Span span = Span.current();
            if (span.isRecording() && !name.equals(TRACE_ID)) {
                span.setAttribute("pos." + name, value);
            }
        }
    }
}
