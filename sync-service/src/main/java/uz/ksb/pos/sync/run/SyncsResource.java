package uz.ksb.pos.sync.run;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;
import uz.ksb.pos.platform.caller.Caller;
import uz.ksb.pos.platform.caller.CurrentCaller;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.sync.run.domain.SyncView;
import uz.ksb.pos.sync.run.store.SyncRepository;

@Path("/api/syncs")
@RolesAllowed(Role.IS_CASHIER)
class SyncsResource {
    private final CurrentCaller caller;
    private final SyncRepository syncs;
    private final SyncStart start;
    private final SyncEnd end;

    SyncsResource(CurrentCaller caller, SyncRepository syncs, SyncStart start, SyncEnd end) {
        this.caller = caller;
        this.syncs = syncs;
        this.start = start;
        this.end = end;
    }

    /**
     * @param nextAllowedAt null: at once
     * @param secondsLeft until then
     * @param running the device's run that is going on, or null
     */
    record CooldownView(Instant nextAllowedAt, long secondsLeft, UUID running) {}

    /** The newest runs. */
    record SyncPage(List<SyncView> items) {}

    @POST
    public Uni<Response> start() {
        return start.start(caller.get()).map(view -> Response.accepted(view)
                .location(URI.create("/api/syncs/" + view.id()))
                .build());
    }

    @GET
    public Uni<SyncPage> newest(@QueryParam("limit") @DefaultValue("50") @Min(1) @Max(1000) int limit) {
        return syncs.newest(caller.get().ksbId(), limit).map(SyncPage::new);
    }

    @GET
    @Path("/cooldown")
    public Uni<CooldownView> cooldown() {
        Caller device = caller.get();
        return start.cooldown(device)
                .map(found -> new CooldownView(found.nextAllowedAt(), found.secondsLeft(), found.running()));
    }

    @GET
    @Path("/{id}")
    public Uni<SyncView> get(@RestPath UUID id) {
        return syncs.find(caller.get().ksbId(), id)
                .map(found -> found.orElseThrow(() -> Problem.notFound("This sync")));
    }

    @DELETE
    @Path("/{id}")
    public Uni<SyncView> cancel(@RestPath UUID id) {
        return end.cancel(caller.get().ksbId(), id);
    }

    /** Asks the back office to offer everything again with the next sync. */
    @POST
    @Path("/full")
    @RolesAllowed(Role.IS_ADMIN)
    public Uni<Void> offerEverything() {
        return start.offerEverything(caller.get());
    }
}
