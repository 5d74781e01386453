package uz.ksb.pos.settings.client;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The stored clients. */
@ApplicationScoped
class ClientRepository implements PanacheRepositoryBase<Client, String> {
    /** Null when there is none. */
    @WithSession
    Uni<Client> find(String clientId) {
        return findById(clientId);
    }

    Uni<List<Client>> list(String ksbId, List<String> after, int limit) {
        return find("ksbId = ?1 and clientId > ?2 order by clientId", ksbId, after == null ? "" : after.getFirst())
                .page(0, limit)
                .list();
    }

    Uni<Long> remove(String ksbId, String clientId) {
        return delete("ksbId = ?1 and clientId = ?2", ksbId, clientId);
    }
}
