package uz.ksb.pos.settings.user;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
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
import java.util.List;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import uz.ksb.pos.platform.caller.CurrentCaller;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.paging.Page;
import uz.ksb.pos.settings.idempotency.IdempotencyKey;

/** An ADMIN's list of users. */
@Path("/api/users")
@RolesAllowed(Role.IS_ADMIN)
class UsersResource {
    private final UserAdministration administration;
    private final UserRepository users;
    private final CurrentCaller caller;

    UsersResource(UserAdministration administration, UserRepository users, CurrentCaller caller) {
        this.administration = administration;
        this.users = users;
        this.caller = caller;
    }

    @GET
    @WithSession
    public Uni<Page<UserView>> list(
            @RestQuery String after,
            @RestQuery @DefaultValue(Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit) {
        return users.list(caller.get().ksbId(), Page.key(after, 1), limit + 1)
                .map(found ->
                        Page.of(found, limit, user -> List.of(user.loginKey())).map(User::view));
    }

    @GET
    @Path("/{login}")
    public Uni<UserView> get(@RestPath String login) {
        return users.get(caller.get().ksbId(), login).map(User::view);
    }

    @POST
    @ResponseStatus(201)
    public Uni<UserView> add(@NotNull @Valid NewUser user, @RestHeader(IdempotencyKey.HEADER) String key) {
        String ksbId = caller.get().ksbId();
        return administration.add(ksbId, user, IdempotencyKey.of(ksbId, "POST /api/users", key));
    }

    @PATCH
    @Path("/{login}")
    public Uni<UserView> change(@RestPath String login, @NotNull @Valid UserChange change) {
        return administration.change(caller.get().ksbId(), login, change);
    }
}
