package uz.ksb.pos.settings.device;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import uz.ksb.pos.platform.paging.Page;
import uz.ksb.pos.platform.problem.Problem;

/** The stored tills. */
@ApplicationScoped
public class DeviceRepository implements PanacheRepositoryBase<Device, UUID> {
    /** Fails with 404 when this enterprise has none such. */
    @WithSession
    public Uni<Device> get(String ksbId, UUID deviceId) {
        return find(ksbId, deviceId).onItem().ifNull().failWith(() -> Problem.notFound("The device"));
    }

    /** As {@link #get}, holding the device's lock until the transaction ends. */
    Uni<Device> lock(String ksbId, UUID deviceId) {
        return find("ksbId = ?1 and deviceId = ?2", ksbId, deviceId)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("The device"));
    }

    Uni<Device> find(String ksbId, UUID deviceId) {
        return find("ksbId = ?1 and deviceId = ?2", ksbId, deviceId).firstResult();
    }

    public Uni<Long> count(String ksbId, DeviceStatus status) {
        return count("ksbId = ?1 and status = ?2", ksbId, status);
    }

    /** Over all enterprises. */
    Uni<Long> countPendingOf(String address, Instant since) {
        return count("status = ?1 and address = ?2 and createdAt >= ?3", DeviceStatus.PENDING, address, since);
    }

    Uni<Long> removeExpired(String ksbId, Instant before) {
        return delete("ksbId = ?1 and status = ?2 and createdAt < ?3", ksbId, DeviceStatus.PENDING, before);
    }

    Uni<List<Device>> list(String ksbId, List<String> after, int limit) {
        return find(
                        "ksbId = ?1 and code > ?2 order by code",
                        ksbId,
                        after == null ? 0 : Page.number(after.getFirst(), Integer.MAX_VALUE))
                .page(0, limit)
                .list();
    }
}
