package uz.ksb.pos.platform.inbox;

import io.smallrye.reactive.messaging.IncomingInterceptor;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import uz.ksb.pos.platform.log.LogContext;
import uz.ksb.pos.platform.metrics.PoisonRows;

/** Sees the messages of all channels: what is logged about one carries its ids, and those that a consumer gives up are counted. */
@ApplicationScoped
class MessageWatch implements IncomingInterceptor {
    private static final Logger LOG = Logger.getLogger(MessageWatch.class);

    @Override
    public Message<?> afterMessageReceive(Message<?> message) {
        message.getMetadata(IncomingKafkaRecordMetadata.class)
                .ifPresent(record -> LogContext.message(record.getHeaders()));
        return message;
    }

    @Override
    public void onMessageAck(Message<?> message) {
        // Had its effect.
    }

    @Override
    public void onMessageNack(Message<?> message, Throwable failure) {
        message.getMetadata(IncomingKafkaRecordMetadata.class).ifPresent(record -> {
            LogContext.message(record.getHeaders());
            LOG.warnf(
                    "A message of %s-%d@%d goes to the dead letters: %s",
                    record.getTopic(), record.getPartition(), record.getOffset(), failure);
        });
        PoisonRows.count(PoisonRows.Kind.MESSAGE, 1);
    }
}
