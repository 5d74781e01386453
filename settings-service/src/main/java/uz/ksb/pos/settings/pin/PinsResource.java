package uz.ksb.pos.settings.pin;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import org.jboss.resteasy.reactive.RestPath;
import uz.ksb.pos.platform.caller.CurrentCaller;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.settings.ratelimit.CallerAddress;

/** The PINs of users: one's own with the password, and for an ADMIN everybody's. */
@Path("/api/users")
class PinsResource {
    private final PinSetting pins;
    private final CallerAddress address;
    private final CurrentCaller caller;

    PinsResource(PinSetting pins, CallerAddress address, CurrentCaller caller) {
        this.pins = pins;
        this.address = address;
        this.caller = caller;
    }

    @PUT
    @Path("/me/pin")
    @RolesAllowed(Role.IS_CASHIER)
    public Uni<Void> setOwn(@NotNull @Valid OwnPin given, @Context HttpServerRequest request) {
        return pins.setOwn(caller.get(), given, address.of(request));
    }

    @PUT
    @Path("/{login}/pin")
    @RolesAllowed(Role.IS_ADMIN)
    public Uni<Void> set(@RestPath String login, @NotNull @Valid GivenPin given) {
        return pins.set(caller.get().ksbId(), login, given.pin());
    }
}
