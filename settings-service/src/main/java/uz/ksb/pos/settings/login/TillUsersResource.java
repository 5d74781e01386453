package uz.ksb.pos.settings.login;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.settings.device.Device;
import uz.ksb.pos.settings.device.DeviceTokens;
import uz.ksb.pos.settings.enterprise.KsbId;
import uz.ksb.pos.settings.user.User;
import uz.ksb.pos.settings.user.UserRepository;

/** The users that the login page of an admitted till offers. */
@Path("/api/enterprises/{ksbId}/users")
@PermitAll
class TillUsersResource {
    private final DeviceTokens devices;
    private final UserRepository users;

    TillUsersResource(DeviceTokens devices, UserRepository users) {
        this.devices = devices;
        this.users = users;
    }

    /**
     * One of those who may log in.
     *
     * @param manager whether this user may approve what a cashier may not do
     * @param hasPin whether a PIN was set
     */
    record TillUser(String login, String displayName, boolean manager, boolean hasPin) {
        static TillUser of(User user) {
            return new TillUser(user.login(), user.displayName(), user.role() != Role.CASHIER, user.pinHash() != null);
        }
    }

    @GET
    public Uni<List<TillUser>> list(
            @RestPath @KsbId String ksbId, @RestHeader(DeviceTokens.HEADER) String deviceToken) {
        return devices.holder(ksbId, deviceToken)
                .invoke(Device::mustBeApproved)
                .chain(() -> users.active(ksbId))
                .map(found -> found.stream().map(TillUser::of).toList());
    }
}
