package uz.ksb.pos.settings.idempotency;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Supplier;
import uz.ksb.pos.platform.json.Json;
import uz.ksb.pos.platform.problem.Problem;

/** Remembers requests under their key and what was answered. */
@ApplicationScoped
public class IdempotentRequests {
    /** Waits for another one with the same key until that has ended. */
    private static final String BEGIN = """
            insert into idempotent_requests as known (ksb_id, key_hash, request_hash) values (?1, ?2, ?3)
            on conflict (ksb_id, key_hash) do update set
                request_hash = excluded.request_hash, answer = '', created_at = clock_timestamp()
            where known.created_at < clock_timestamp() - interval '24 hours'""";

    private static final String KNOWN =
            "select request_hash, answer from idempotent_requests where ksb_id = ?1 and key_hash = ?2"
                    + " and created_at >= clock_timestamp() - interval '24 hours'";

    private static final String END = "update idempotent_requests set answer = ?3 where ksb_id = ?1 and key_hash = ?2";

    private final ObjectMapper json;
    private final Pool pool;

    IdempotentRequests(ObjectMapper json, Pool pool) {
        this.json = json;
        this.pool = pool;
    }

    /**
     * Does the work once; call it in the transaction of Hibernate Reactive that the work belongs to.
     *
     * @param key empty: the request has none, and is done
     * @param type of the answer, which JSON can carry there and back
     * @throws Problem 422 when the key was used for another request
     */
    public <T> Uni<T> once(Optional<IdempotencyKey> key, Object request, Class<T> type, Supplier<Uni<T>> work) {
        return key.map(given -> begin(given, write(request))
                        .chain(first -> first
                                ? work.get().call(answer -> end(given, answer))
                                : known(given, write(request), type)))
                .orElseGet(work);
    }

    /**
     * Whether the request was done before: for work that has to check something outside of the transaction.
     *
     * @throws Problem 422 when the key was used for another request
     */
    @WithSession
    public Uni<Boolean> isDone(Optional<IdempotencyKey> key, Object request) {
        return key.map(given -> stored(given).map(row -> row.map(known -> mustBeSame(given, write(request), known))
                        .isPresent()))
                .orElseGet(() -> Uni.createFrom().item(false));
    }

    @Scheduled(every = "1h", delayed = "9m")
    Uni<Void> forget() {
        return pool.query("delete from idempotent_requests where created_at < clock_timestamp() - interval '24 hours'")
                .execute()
                .replaceWithVoid();
    }

    private Uni<Boolean> begin(IdempotencyKey key, String request) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(BEGIN)
                        .setParameter(1, key.ksbId())
                        .setParameter(2, key.hash())
                        .setParameter(3, key.hashOf(request))
                        .executeUpdate())
                .map(count -> count == 1);
    }

    private <T> Uni<Void> end(IdempotencyKey key, T answer) {
        return Panache.getSession()
                .chain(session -> session.flush().chain(() -> session.createNativeQuery(END)
                        .setParameter(1, key.ksbId())
                        .setParameter(2, key.hash())
                        .setParameter(3, key.seal(write(answer)))
                        .executeUpdate()))
                .replaceWithVoid();
    }

    private <T> Uni<T> known(IdempotencyKey key, String request, Class<T> type) {
        return stored(key).map(row -> read(key.open((String) mustBeSame(key, request, row.orElseThrow())[1]), type));
    }

    /** Request hash and answer. */
    private static Uni<Optional<Object[]>> stored(IdempotencyKey key) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(KNOWN, Object[].class)
                        .setParameter(1, key.ksbId())
                        .setParameter(2, key.hash())
                        .getSingleResultOrNull())
                .map(Optional::ofNullable);
    }

    private static Object[] mustBeSame(IdempotencyKey key, String request, Object[] row) {
        if (!key.isSameRequest((String) row[0], request)) {
            throw Problem.rule("idempotency-key-reused", IdempotencyKey.HEADER, "was used for another request");
        }
        return row;
    }

    private String write(Object value) {
        return Json.write(json, value);
    }

    private <T> T read(String answer, Class<T> type) {
        return Json.read(json, answer, type);
    }
}
