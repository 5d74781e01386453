package uz.ksb.pos.settings.device;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import uz.ksb.pos.platform.caller.CurrentCaller;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.http.ClientAddress;
import uz.ksb.pos.platform.paging.Page;
import uz.ksb.pos.settings.event.EntityTransactions;
import uz.ksb.pos.settings.ratelimit.LimitedPerAddress;

/** Registering tills, and an ADMIN's list of them. */
@Path("/api/devices")
class DevicesResource {
    private final DeviceRegistration registration;
    private final DeviceRepository devices;
    private final EntityTransactions transactions;
    private final CurrentCaller caller;

    DevicesResource(
            DeviceRegistration registration,
            DeviceRepository devices,
            EntityTransactions transactions,
            CurrentCaller caller) {
        this.registration = registration;
        this.devices = devices;
        this.transactions = transactions;
        this.caller = caller;
    }

    @POST
    @PermitAll
    @LimitedPerAddress
    @ResponseStatus(201)
    public Uni<RegisteredDevice> register(
            @NotNull @Valid NewDevice device,
            @RestHeader(DeviceTokens.HEADER) String deviceToken,
            @Context HttpServerRequest request) {
        return registration.register(device, deviceToken, ClientAddress.of(request));
    }

    @GET
    @RolesAllowed({Role.IS_ADMIN, Role.IS_SERVICE})
    @WithSession
    public Uni<Page<DeviceView>> list(
            @RestQuery String after,
            @RestQuery @DefaultValue(Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit) {
        return devices.list(caller.get().ksbId(), Page.key(after, 1), limit + 1)
                .map(found ->
                        Page.of(found, limit, device -> List.of(device.code())).map(Device::view));
    }

    @PATCH
    @Path("/{deviceId}")
    @RolesAllowed(Role.IS_ADMIN)
    public Uni<DeviceView> change(@RestPath UUID deviceId, @NotNull @Valid DeviceChange change) {
        String ksbId = caller.get().ksbId();
        return transactions.inTransaction(() -> devices.lock(ksbId, deviceId)
                .call(device -> transactions.publish(device.change(change)))
                .map(Device::view));
    }
}
