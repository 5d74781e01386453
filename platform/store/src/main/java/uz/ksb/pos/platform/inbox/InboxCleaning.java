package uz.ksb.pos.platform.inbox;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Deletes notes that are older than the topics keep their events. Harmless on several replicas at once. */
@ApplicationScoped
class InboxCleaning {
    private final Inbox inbox;

    InboxCleaning(Inbox inbox) {
        this.inbox = inbox;
    }

    @Scheduled(every = "6h", delayed = "10m")
    Uni<Void> clean() {
        return inbox.forgetOld().replaceWithVoid();
    }
}
