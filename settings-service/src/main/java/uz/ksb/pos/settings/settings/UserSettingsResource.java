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
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import uz.ksb.pos.platform.caller.Caller;
import uz.ksb.pos.platform.caller.CurrentCaller;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.settings.user.UserRepository;

/** The settings of users: one's own, and for an ADMIN everybody's. */
@Path("/api/users")
class UserSettingsResource {
    private final UserRepository users;
    private final UserSettingsStore store;
    private final CurrentCaller current;

    UserSettingsResource(UserRepository users, UserSettingsStore store, CurrentCaller current) {
        this.users = users;
        this.store = store;
        this.current = current;
    }

    @GET
    @Path("/me/settings")
    @RolesAllowed(Role.IS_CASHIER)
    public Uni<Response> own() {
        return read(current.get(), current.get().login());
    }

    @PUT
    @Path("/me/settings")
    @RolesAllowed(Role.IS_CASHIER)
    public Uni<Response> changeOwn(
            @NotNull @Valid UserSettings settings, @RestHeader(HttpHeaders.IF_MATCH) List<String> ifMatch) {
        Caller caller = current.get();
        return users.get(caller.ksbId(), caller.login())
                .chain(user -> store.replaceOwn(user, caller.currency(), settings, EntityTag.expected(ifMatch)))
                .map(EntityTag::answer);
    }

    @GET
    @Path("/{login}/settings")
    @RolesAllowed(Role.IS_ADMIN)
    public Uni<Response> get(@RestPath String login) {
        return read(current.get(), login);
    }

    @PUT
    @Path("/{login}/settings")
    @RolesAllowed(Role.IS_ADMIN)
    public Uni<Response> change(
            @RestPath String login,
            @NotNull @Valid UserSettings settings,
            @RestHeader(HttpHeaders.IF_MATCH) List<String> ifMatch) {
        Caller caller = current.get();
        return users.get(caller.ksbId(), login)
                .chain(user -> store.replace(user, caller.currency(), settings, EntityTag.expected(ifMatch)))
                .map(EntityTag::answer);
    }

    private Uni<Response> read(Caller caller, String login) {
        return users.get(caller.ksbId(), login)
                .chain(user -> store.of(user, caller.currency()))
                .map(EntityTag::answer);
    }
}
