package uz.ksb.pos.settings.event;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import uz.ksb.pos.platform.event.Event;
import uz.ksb.pos.platform.outbox.Outbox;
import uz.ksb.pos.platform.outbox.SessionOutbox;

/** Runs a use case on entities in one transaction; its events are published as soon as it has committed. */
@ApplicationScoped
public class EntityTransactions {
    private final Outbox outbox;

    EntityTransactions(Outbox outbox) {
        this.outbox = outbox;
    }

    /** The work finds its session in the context, as every Panache repository does. */
    public <T> Uni<T> inTransaction(Supplier<Uni<T>> work) {
        return Panache.withTransaction(work).invoke(outbox::wake);
    }

    /** Adds an event, if there is one, in the transaction in hand. */
    public Uni<Void> publish(Optional<Event> event) {
        return publish(event.stream().toList());
    }

    /** Adds events, in their order, in the transaction in hand. */
    public Uni<Void> publish(List<Event> events) {
        Uni<Void> told = Uni.createFrom().voidItem();
        for (Event event : events) {
            told = told.chain(() -> Panache.getSession().chain(session -> SessionOutbox.add(outbox, session, event)));
        }
        return told;
    }
}
