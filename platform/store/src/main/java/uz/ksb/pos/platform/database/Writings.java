package uz.ksb.pos.platform.database;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import uz.ksb.pos.platform.http.FairShare;

/**
 * Transactions of requests that wait for locks: requests for one row, however many there are, must not hold all the connections of
 * the pool while they wait for each other. One enterprise has most of them at a time, never all.
 */
@ApplicationScoped
public class Writings {
    private static final Duration MAX_WAIT = Duration.ofSeconds(5);

    private final FairShare share;

    /** @param connections of the pool */
    Writings(@ConfigProperty(name = "quarkus.datasource.reactive.max-size") int connections) {
        this.share = new FairShare(connections, Math.max(1, connections * 5 / 8), MAX_WAIT);
    }

    /** Does {@code transaction}, perhaps later. Fails with 503, and nothing done, when it does not come to its turn. */
    public <T> Uni<T> inTurn(String ksbId, Supplier<Uni<T>> transaction) {
        return share.within(ksbId, transaction);
    }
}
