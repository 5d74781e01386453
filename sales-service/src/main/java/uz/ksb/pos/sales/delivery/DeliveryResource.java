package uz.ksb.pos.sales.delivery;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;
import uz.ksb.pos.platform.caller.CurrentCaller;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.sales.sale.domain.SaleView;

/** Sending on to the back office, by hand. */
@Path("/api/sales")
@RolesAllowed(Role.IS_CASHIER)
class DeliveryResource {
    private final CurrentCaller caller;
    private final ManualDelivery delivery;

    DeliveryResource(CurrentCaller caller, ManualDelivery delivery) {
        this.caller = caller;
        this.delivery = delivery;
    }

    /** Sends all undelivered sales now. */
    @POST
    @Path("/deliveries")
    @ResponseStatus(202)
    public Uni<ManualDelivery.SendingAll> sendAll() {
        return delivery.sendAll(caller.get().ksbId());
    }

    /** Sends one sale now, also one that was refused. */
    @POST
    @Path("/{id}/delivery")
    @ResponseStatus(202)
    public Uni<SaleView> send(UUID id) {
        return delivery.send(caller.get().ksbId(), id);
    }

    /** Sends a delivered sale again, which the back office does not have any more. Its id makes that harmless. */
    @POST
    @Path("/{id}/delivery/repetition")
    @RolesAllowed(Role.IS_MANAGER)
    @ResponseStatus(202)
    public Uni<SaleView> repeat(UUID id) {
        return delivery.repeat(caller.get().ksbId(), id);
    }

    /** Ends the delivery of a sale: it was entered by hand, or is given up. */
    @POST
    @Path("/{id}/delivery/closure")
    @RolesAllowed(Role.IS_MANAGER)
    public Uni<SaleView> close(UUID id, ManualDelivery.Closure closure) {
        return delivery.close(caller.get().ksbId(), id, closure);
    }
}
