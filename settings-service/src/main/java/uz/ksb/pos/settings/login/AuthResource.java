package uz.ksb.pos.settings.login;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import org.jboss.resteasy.reactive.RestHeader;
import uz.ksb.pos.platform.caller.Caller;
import uz.ksb.pos.platform.caller.CurrentCaller;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.settings.device.DeviceTokens;
import uz.ksb.pos.settings.idempotency.IdempotencyKey;
import uz.ksb.pos.settings.ratelimit.CallerAddress;

/** Logging in on a till, staying logged in, logging out. */
@Path("/api/auth")
class AuthResource {
    private final Login login;
    private final SessionRenewal renewal;
    private final OwnPasswordChange password;
    private final CallerAddress address;
    private final CurrentCaller caller;

    AuthResource(
            Login login,
            SessionRenewal renewal,
            OwnPasswordChange password,
            CallerAddress address,
            CurrentCaller caller) {
        this.login = login;
        this.renewal = renewal;
        this.password = password;
        this.address = address;
        this.caller = caller;
    }

    /** A refresh token in a request. */
    record Refreshing(@NotBlank @Size(max = 500) String refreshToken) {
        /** Without the token. */
        @Override
        public String toString() {
            return "refreshing";
        }
    }

    @POST
    @Path("/login")
    @PermitAll
    public Uni<LoginResponse> login(
            @NotNull @Valid Credentials credentials,
            @RestHeader(DeviceTokens.HEADER) String deviceToken,
            @Context HttpServerRequest request) {
        return login.login(credentials, deviceToken, address.of(request));
    }

    @POST
    @Path("/refresh")
    @PermitAll
    public Uni<LoginResponse> refresh(
            @NotNull @Valid Refreshing refreshing,
            @RestHeader(DeviceTokens.HEADER) String deviceToken,
            @Context HttpServerRequest request) {
        return renewal.renew(refreshing.refreshToken(), deviceToken, address.of(request));
    }

    /** The holder of the refresh token may end its session; doing it twice is no error. */
    @POST
    @Path("/logout")
    @PermitAll
    public Uni<Void> logout(@NotNull @Valid Refreshing refreshing, @Context HttpServerRequest request) {
        return renewal.end(refreshing.refreshToken(), address.of(request));
    }

    @POST
    @Path("/password")
    @RolesAllowed(Role.IS_CASHIER)
    public Uni<Void> changePassword(
            @NotNull @Valid PasswordChange change,
            @RestHeader(IdempotencyKey.HEADER) String key,
            @Context HttpServerRequest request) {
        Caller person = caller.get();
        return password.change(
                person,
                change,
                IdempotencyKey.of(person.ksbId(), "POST /api/auth/password " + person.login(), key),
                address.of(request));
    }
}
