package uz.ksb.pos.platform.inbox;

import io.smallrye.reactive.messaging.IncomingInterceptor;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Message;
import uz.ksb.pos.platform.metrics.PoisonRows;

/** Sees the messages of all channels, and counts those that a consumer gives up. */
@ApplicationScoped
class MessageWatch implements IncomingInterceptor {
    @Override
    public void onMessageAck(Message<?> message) {
        // Had its effect.
    }

    @Override
    public void onMessageNack(Message<?> message, Throwable failure) {
        PoisonRows.count(PoisonRows.Kind.MESSAGE, 1);
    }
}
