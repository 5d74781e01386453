package uz.ksb.pos.settings.pin;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import uz.ksb.pos.platform.caller.CurrentCaller;
import uz.ksb.pos.platform.caller.Role;

/** A manager approves at the till where a cashier is logged in. Stores nothing: asked again, it answers anew. */
@Path("/api/approvals")
@RolesAllowed(Role.IS_CASHIER)
class ApprovalsResource {
    private final ManagerApproval approvals;
    private final CurrentCaller caller;

    ApprovalsResource(ManagerApproval approvals, CurrentCaller caller) {
        this.approvals = approvals;
        this.caller = caller;
    }

    @POST
    public Uni<Approval> approve(@NotNull @Valid NewApproval asked) {
        return approvals.approve(caller.get(), asked);
    }
}
