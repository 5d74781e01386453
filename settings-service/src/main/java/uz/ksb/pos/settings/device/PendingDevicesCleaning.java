package uz.ksb.pos.settings.device;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.ZoneOffset;

/** Removes tills that nobody approved in time. Harmless on several replicas at once. */
@ApplicationScoped
class PendingDevicesCleaning {
    private final Pool pool;
    private final Clock clock;

    PendingDevicesCleaning(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    @Scheduled(every = "1m", delayed = "10s")
    Uni<Void> removeExpired() {
        return pool.preparedQuery("delete from devices where status = 'PENDING' and created_at < $1")
                .execute(Tuple.of(clock.instant().minus(Device.PENDING_LIFE).atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }
}
