package uz.ksb.pos.platform.inbox;

import io.smallrye.reactive.messaging.IncomingInterceptor;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import uz.ksb.pos.platform.log.LogContext;
import uz.ksb.pos.platform.metrics.PoisonRows;

/** Sees the messages of all channels: what is logged about one carries its ids, and those that a consumer gives up are counted. */
@ApplicationScoped
class MessageWatch implements IncomingInterceptor {
    private static final Logger LOG = Logger.getLogger(MessageWatch.class);
    /** Longer ones are no ids of ours. */
    private static final int MAX_ID_LENGTH = 36;

    @Override
    public Message<?> afterMessageReceive(Message<?> message) {
        message.getMetadata(IncomingKafkaRecordMetadata.class).ifPresent(MessageWatch::noteIds);
        return message;
    }

    private static void noteIds(IncomingKafkaRecordMetadata<?, ?> record) {
        LogContext.enterprise(id(record.getHeaders(), "ce_ksbid"));
        LogContext.event(id(record.getHeaders(), "ce_id"));
    }

    private static String id(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null || header.value().length > MAX_ID_LENGTH
                ? null
                : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Override
    public void onMessageAck(Message<?> message) {
        // Had its effect.
    }

    @Override
    public void onMessageNack(Message<?> message, Throwable failure) {
        message.getMetadata(IncomingKafkaRecordMetadata.class).ifPresent(record -> {
            noteIds(record);
            LOG.warnf(
                    "A message of %s-%d@%d goes to the dead letters: %s",
                    record.getTopic(), record.getPartition(), record.getOffset(), failure);
        });
        PoisonRows.count(PoisonRows.Kind.MESSAGE, 1);
    }
}
