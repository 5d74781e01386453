package uz.ksb.pos.product.update;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
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
import uz.ksb.pos.product.catalogue.Source;

/** What could not be applied: to look at, and to try again once the cause is gone. */
@Path("/api/product-updates/rejected")
@RolesAllowed({Role.IS_BACK_OFFICE, Role.IS_ADMIN})
class RejectedUpdatesResource {
    private static final String BEFORE_ALL = "00000000-0000-0000-0000-000000000000";

    private final RejectedUpdates rejectedUpdates;
    private final ProductUpdating updating;
    private final Outbox outbox;
    private final ObjectMapper json;
    private final CurrentCaller caller;

    RejectedUpdatesResource(
            RejectedUpdates rejectedUpdates,
            ProductUpdating updating,
            Outbox outbox,
            ObjectMapper json,
            CurrentCaller caller) {
        this.rejectedUpdates = rejectedUpdates;
        this.updating = updating;
        this.outbox = outbox;
        this.json = json;
        this.caller = caller;
    }

    /**
     * @param next the id to go on after; null at the end
     */
    record Page(List<RejectedUpdates.Rejected> items, UUID next) {
        static Page of(List<RejectedUpdates.Rejected> items, int limit) {
            return new Page(items, items.size() < limit ? null : items.getLast().id());
        }
    }

    @GET
    public Uni<Page> list(
            @QueryParam("after") @DefaultValue(BEFORE_ALL) UUID after,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(1000) int limit) {
        return rejectedUpdates.list(caller.get().ksbId(), after, limit).map(items -> Page.of(items, limit));
    }

    /** Applies the row as if it came now; rejected again, it is kept again. */
    @POST
    @Path("/{id}/replay")
    public Uni<UpdateResult> replay(@PathParam("id") UUID id) {
        String ksbId = caller.get().ksbId();
        return outbox.inTransaction(connection -> rejectedUpdates
                .take(connection, ksbId, id)
                .map(raw -> UpdateChunk.of(List.of(UpdateRow.of(1, raw, json))).getFirst())
                .chain(chunk -> updating.apply(connection, ksbId, chunk, Source.pushed(false))));
    }
}
