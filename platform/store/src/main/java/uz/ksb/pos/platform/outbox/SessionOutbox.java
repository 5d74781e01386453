package uz.ksb.pos.platform.outbox;

import io.smallrye.mutiny.Uni;
import org.hibernate.reactive.mutiny.Mutiny;
import uz.ksb.pos.platform.event.Event;

/**
 * The outbox of a use case that works with Hibernate Reactive: the row is written through the session, because the
 * session's connection is not one of the SQL client's. Not a bean: services without Hibernate never load it.
 */
public final class SessionOutbox {
    private static final String INSERT = """
            insert into outbox (event_id, topic, type, ksb_id, subject, time, trace_parent, data)
            values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)""";

    private SessionOutbox() {}

    /** Adds one event in the session's transaction, after its pending changes; call {@link Outbox#wake()} after the commit. */
    public static Uni<Void> add(Outbox outbox, Mutiny.Session session, Event event) {
        Outbox.Row row = outbox.row(event);
        return session.flush()
                .chain(() -> session.createNativeQuery(INSERT)
                        .setParameter(1, row.id())
                        .setParameter(2, row.topic())
                        .setParameter(3, row.type())
                        .setParameter(4, row.ksbId())
                        .setParameter(5, row.subject())
                        .setParameter(6, row.time())
                        .setParameter(7, row.traceParent())
                        .setParameter(8, row.data())
                        .executeUpdate())
                .replaceWithVoid();
    }
}
