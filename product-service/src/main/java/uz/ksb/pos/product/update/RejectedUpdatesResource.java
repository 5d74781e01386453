package uz.ksb.pos.product.update;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.UUID;
import uz.ksb.pos.platform.caller.CurrentCaller;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.outbox.Outbox;
import uz.ksb.pos.platform.paging.Page;
import uz.ksb.pos.product.catalogue.Source;

/** The rows that were rejected: to look at, and to try again when the cause is gone. */
@Path("/api/product-updates/rejected")
@RolesAllowed({Role.IS_BACK_OFFICE, Role.IS_ADMIN})
class RejectedUpdatesResource {
    private final RejectedUpdates rejectedUpdates;
    private final ProductUpdating updating;
    private final Outbox outbox;
    private final CurrentCaller caller;

    RejectedUpdatesResource(
            RejectedUpdates rejectedUpdates, ProductUpdating updating, Outbox outbox, CurrentCaller caller) {
        this.rejectedUpdates = rejectedUpdates;
        this.updating = updating;
        this.outbox = outbox;
        this.caller = caller;
    }

    @GET
    public Uni<Page<RejectedUpdates.Rejected>> list(
            @QueryParam("after") String after,
            @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit) {
        return rejectedUpdates.list(caller.get().ksbId(), Page.key(after, 1), limit);
    }

    @GET
    @Path("/{id}")
    public Uni<RejectedUpdates.Rejected> get(@PathParam("id") UUID id) {
        return rejectedUpdates.get(caller.get().ksbId(), id);
    }

    /** Forgets a row that nobody needs any more. */
    @DELETE
    @Path("/{id}")
    public Uni<Void> delete(@PathParam("id") UUID id) {
        return rejectedUpdates.delete(caller.get().ksbId(), id);
    }

    /** Applies the row as if it came now; rejected again, it is kept again. */
    @POST
    @Path("/{id}/replay")
    public Uni<UpdateResult> replay(@PathParam("id") UUID id) {
        String ksbId = caller.get().ksbId();
        return outbox.inTransaction(connection -> rejectedUpdates
                .take(connection, ksbId, id)
                .map(raw -> UpdateChunk.of(List.of(UpdateRow.of(1, raw))).getFirst())
                .chain(chunk -> updating.apply(connection, ksbId, chunk, Source.pushed(false))));
    }
}
