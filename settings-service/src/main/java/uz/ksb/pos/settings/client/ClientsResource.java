package uz.ksb.pos.settings.client;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
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

/** An ADMIN's list of clients. */
@Path("/api/clients")
@RolesAllowed(Role.IS_ADMIN)
class ClientsResource {
    private final ClientAdministration administration;
    private final ClientRepository clients;
    private final CurrentCaller caller;

    ClientsResource(ClientAdministration administration, ClientRepository clients, CurrentCaller caller) {
        this.administration = administration;
        this.clients = clients;
        this.caller = caller;
    }

    /** A client to add. */
    record NewClient(
            @NotNull @Pattern(regexp = "[a-z0-9-]{1,50}", message = "must be 1 to 50 of a-z, 0-9 and -")
            String name) {}

    @GET
    @WithSession
    public Uni<Page<Client.View>> list(
            @RestQuery String after,
            @RestQuery @DefaultValue(Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit) {
        return clients.list(caller.get().ksbId(), Page.key(after, 1), limit + 1)
                .map(found -> Page.of(found, limit, client -> List.of(client.clientId()))
                        .map(Client::view));
    }

    @POST
    @ResponseStatus(201)
    public Uni<ClientAdministration.NewSecret> add(
            @NotNull @Valid NewClient client, @RestHeader(IdempotencyKey.HEADER) String key) {
        String ksbId = caller.get().ksbId();
        return administration.add(ksbId, client.name(), IdempotencyKey.of(ksbId, "POST /api/clients", key));
    }

    @DELETE
    @Path("/{clientId}")
    public Uni<Void> remove(@RestPath String clientId) {
        return administration.remove(caller.get().ksbId(), clientId);
    }
}
