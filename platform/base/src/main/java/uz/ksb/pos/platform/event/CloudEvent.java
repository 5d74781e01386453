package uz.ksb.pos.platform.event;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The attributes of a CloudEvents 1.0 event in Kafka's binary mode: one header each, the value is the data as JSON.
 *
 * @param id UUIDv7, the same whenever the event is repeated
 * @param source the service that published it
 * @param time when the change was committed
 * @param subject the id of what it is about, may be null
 * @param ksbId the enterprise
 * @param traceParent W3C trace context, may be null
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">Kafka
 *     protocol binding</a>
 */
public record CloudEvent(
        UUID id, String type, String source, Instant time, String subject, String ksbId, String traceParent) {

    public CloudEvent withTraceParent(String other) {
        return new CloudEvent(id, type, source, time, subject, ksbId, other);
    }

    /** Writes the attributes into the headers of a Kafka record. */
    public void writeTo(Headers headers) {
        put(headers, "ce_specversion", "1.0");
        put(headers, "ce_id", id.toString());
        put(headers, "ce_type", type);
        put(headers, "ce_source", source);
        put(headers, "ce_time", time.toString());
        put(headers, "ce_subject", subject);
        put(headers, "ce_ksbid", ksbId);
        put(headers, "content-type", "application/json");
        put(headers, "traceparent", traceParent);
    }

    /**
     * Reads the attributes of a Kafka record.
     *
     * @throws IllegalArgumentException when a required one is missing or cannot be read
     */
    public static CloudEvent readFrom(Headers headers) {
        return new CloudEvent(
                UUID.fromString(required(headers, "ce_id")),
                required(headers, "ce_type"),
                required(headers, "ce_source"),
                time(required(headers, "ce_time")),
                value(headers, "ce_subject"),
                required(headers, "ce_ksbid"),
                value(headers, "traceparent"));
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("the header ce_time is not a time", e);
        }
    }

    private static void put(Headers headers, String name, String value) {
        if (value != null) {
            headers.add(name, value.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String required(Headers headers, String name) {
        String value = value(headers, name);
        if (value == null) {
            throw new IllegalArgumentException("the header " + name + " is missing");
        }
        return value;
    }

    private static String value(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
