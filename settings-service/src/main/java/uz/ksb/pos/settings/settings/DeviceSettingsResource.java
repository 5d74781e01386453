package uz.ksb.pos.settings.settings;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import uz.ksb.pos.platform.caller.Caller;
import uz.ksb.pos.platform.caller.CurrentCaller;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.settings.device.Device;
import uz.ksb.pos.settings.device.DeviceRepository;

/** The settings of a till: its own, and for an ADMIN everyone's. */
@Path("/api/devices/{deviceId}/settings")
@RolesAllowed(Role.IS_CASHIER)
class DeviceSettingsResource {
    private final DeviceRepository devices;
    private final DeviceSettingsStore store;
    private final CurrentCaller current;

    DeviceSettingsResource(DeviceRepository devices, DeviceSettingsStore store, CurrentCaller current) {
        this.devices = devices;
        this.store = store;
        this.current = current;
    }

    @GET
    public Uni<Response> get(@RestPath UUID deviceId) {
        return device(deviceId).chain(store::of).map(EntityTag::answer);
    }

    @PUT
    public Uni<Response> change(
            @RestPath UUID deviceId,
            @NotNull @Valid DeviceSettings settings,
            @RestHeader(HttpHeaders.IF_MATCH) List<String> ifMatch) {
        return device(deviceId)
                .chain(device -> store.replace(device, settings, EntityTag.expected(ifMatch)))
                .map(EntityTag::answer);
    }

    private Uni<Device> device(UUID deviceId) {
        Caller caller = current.get();
        return devices.get(caller.ksbId(), deviceId).invoke(device -> mustBeAllowed(caller, deviceId));
    }

    private static void mustBeAllowed(Caller caller, UUID deviceId) {
        if (!caller.is(Role.ADMIN) && !deviceId.toString().equals(caller.deviceId())) {
            throw Problem.forbidden("not-own-device", "Only an ADMIN may see another device's settings.");
        }
    }
}
