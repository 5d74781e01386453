package uz.ksb.pos.settings.enterprise;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import uz.ksb.pos.platform.problem.Problem;

/** The stored enterprises. */
@ApplicationScoped
public class EnterpriseRepository implements PanacheRepositoryBase<Enterprise, String> {
    /** Null when there is none. */
    @WithSession
    public Uni<Enterprise> findEnterprise(String ksbId) {
        return findById(ksbId);
    }

    /** Fails with 404 when there is none. */
    @WithSession
    public Uni<Enterprise> get(String ksbId) {
        return findEnterprise(ksbId).onItem().ifNull().failWith(() -> Problem.notFound("The KSB-ID"));
    }

    /** As {@link #get}, holding the enterprise's lock until the transaction ends. */
    public Uni<Enterprise> lock(String ksbId) {
        return findById(ksbId, LockModeType.PESSIMISTIC_WRITE)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("The KSB-ID"));
    }
}
