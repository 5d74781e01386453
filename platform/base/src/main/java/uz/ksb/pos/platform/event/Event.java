package uz.ksb.pos.platform.event;

/**
 * An event for other services: written to the outbox in the transaction of the change.
 *
 * @param topic one of {@link Topics}
 * @param type the CloudEvents type, for example {@code sale.completed}
 * @param ksbId the enterprise; the Kafka key
 * @param subject the id of what it is about
 * @param data a versioned record, published as JSON
 */
public record Event(String topic, String type, String ksbId, String subject, Object data) {}
