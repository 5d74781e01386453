package uz.ksb.pos.settings.enterprise;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import uz.ksb.pos.platform.caller.CurrentCaller;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.settings.event.EntityTransactions;

/** The caller's own enterprise. */
@Path("/api/enterprise")
class EnterpriseResource {
    private final EnterpriseRepository enterprises;
    private final EntityTransactions transactions;
    private final CurrentCaller caller;

    EnterpriseResource(EnterpriseRepository enterprises, EntityTransactions transactions, CurrentCaller caller) {
        this.enterprises = enterprises;
        this.transactions = transactions;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Role.IS_CASHIER, Role.IS_BACK_OFFICE, Role.IS_SERVICE})
    public Uni<EnterpriseView> get() {
        return enterprises.get(caller.get().ksbId()).map(Enterprise::view);
    }

    @PATCH
    @RolesAllowed(Role.IS_ADMIN)
    public Uni<EnterpriseView> change(@NotNull @Valid EnterpriseChange change) {
        String ksbId = caller.get().ksbId();
        return transactions.inTransaction(() -> enterprises
                .lock(ksbId)
                .call(enterprise -> transactions.publish(enterprise.change(change)))
                .map(Enterprise::view));
    }
}
