package uz.ksb.pos.sales.batch;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestQuery;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.paging.Page;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.sales.sale.CurrentSeller;
import uz.ksb.pos.sales.sale.domain.SaleView;

/**
 * Everything that waits for a person: conflicts, held sales, and what could not be read. Lists show the newest first.
 */
@Path("/api/sales")
@RolesAllowed(Role.IS_CASHIER)
class ReviewResource {
    private final CurrentSeller seller;
    private final ReviewQueries queries;
    private final ConflictResolution conflicts;
    private final HeldSales held;
    private final UnreadableRemoval removal;

    ReviewResource(
            CurrentSeller seller,
            ReviewQueries queries,
            ConflictResolution conflicts,
            HeldSales held,
            UnreadableRemoval removal) {
        this.seller = seller;
        this.queries = queries;
        this.conflicts = conflicts;
        this.held = held;
        this.removal = removal;
    }

    /** Unresolved conflicts. */
    @GET
    @Path("/conflicts")
    public Uni<Page<ReviewQueries.Conflict>> conflicts(
            @RestQuery String after,
            @RestQuery @DefaultValue(Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit) {
        return queries.conflicts(seller.get().ksbId(), after, limit);
    }

    /** Counts it as a sale of its own, or dismisses it; the same decision once more answers as the first time. */
    @POST
    @Path("/conflicts/{id}/resolution")
    @RolesAllowed(Role.IS_MANAGER)
    public Uni<ReviewQueries.Conflict> resolve(UUID id, ConflictResolution.Decision decision) {
        return conflicts.resolve(id, decision, seller.get());
    }

    /** Sales that count nowhere, or are not delivered, until a manager decides. */
    @GET
    @Path("/held")
    @RolesAllowed(Role.IS_MANAGER)
    public Uni<Page<ReviewQueries.Held>> held(
            @RestQuery String after,
            @RestQuery @DefaultValue(Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit) {
        return queries.held(seller.get().ksbId(), after, limit);
    }

    /** Takes the held sale {@code id}, or dismisses it. */
    @POST
    @Path("/held/{id}/resolution")
    @RolesAllowed(Role.IS_MANAGER)
    public Uni<SaleView> resolveHeld(UUID id, HeldSales.Decision decision) {
        return held.resolve(id, decision, seller.get());
    }

    /** Without the raw text. */
    @GET
    @Path("/unreadable")
    public Uni<Page<ReviewQueries.Raw>> unreadable(
            @RestQuery String after,
            @RestQuery @DefaultValue(Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit) {
        return queries.unreadable(seller.get().ksbId(), after, limit);
    }

    /** With the raw text. */
    @GET
    @Path("/unreadable/{id}")
    public Uni<ReviewQueries.Raw> unreadable(UUID id) {
        return queries.unreadable(seller.get().ksbId(), id)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("This entry"));
    }

    /** Removes it. A body is not needed, and many clients send none with a DELETE. */
    @DELETE
    @Path("/unreadable/{id}")
    @RolesAllowed(Role.IS_MANAGER)
    @ResponseStatus(204)
    public Uni<Void> remove(UUID id, @RestQuery String reason) {
        return removal.remove(id, reason, seller.get());
    }
}
