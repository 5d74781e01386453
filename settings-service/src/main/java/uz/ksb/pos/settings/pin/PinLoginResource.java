package uz.ksb.pos.settings.pin;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.RestHeader;
import uz.ksb.pos.settings.device.DeviceTokens;
import uz.ksb.pos.settings.login.LoginResponse;

/** Another cashier takes over a till; answers as {@code POST /api/auth/login}. */
@Path("/api/auth/pin")
@PermitAll
class PinLoginResource {
    private final PinLogin login;

    PinLoginResource(PinLogin login) {
        this.login = login;
    }

    @POST
    public Uni<LoginResponse> login(
            @NotNull @Valid PinCredentials credentials, @RestHeader(DeviceTokens.HEADER) String deviceToken) {
        return login.login(credentials, deviceToken);
    }
}
