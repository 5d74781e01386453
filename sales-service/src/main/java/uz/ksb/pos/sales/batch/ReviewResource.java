package uz.ksb.pos.sales.batch;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestQuery;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.sales.paging.Page;
import uz.ksb.pos.sales.sale.CurrentSeller;

/** What waits for a person: conflicts and what could not be read. */
@Path("/api/sales")
@RolesAllowed(Role.IS_CASHIER)
class ReviewResource {
    private final CurrentSeller seller;
    private final ReviewQueries listing;
    private final ConflictResolution resolution;

    ReviewResource(CurrentSeller seller, ReviewQueries listing, ConflictResolution resolution) {
        this.seller = seller;
        this.listing = listing;
        this.resolution = resolution;
    }

    /** Those not resolved yet, newest first. */
    @GET
    @Path("/conflicts")
    public Uni<Page<ReviewQueries.Conflict>> conflicts(@RestQuery String after, @RestQuery Integer limit) {
        return listing.conflicts(seller.get().ksbId(), after, Page.limit(limit));
    }

    /** Counts it as a sale of its own, or dismisses it; the same decision once more answers as the first time. */
    @POST
    @Path("/conflicts/{id}/resolution")
    @RolesAllowed(Role.IS_MANAGER)
    public Uni<ReviewQueries.Conflict> resolve(UUID id, ConflictResolution.Decision decision) {
        return resolution.resolve(id, decision, seller.get());
    }

    /** Newest first. */
    @GET
    @Path("/unreadable")
    public Uni<Page<ReviewQueries.Raw>> unreadable(@RestQuery String after, @RestQuery Integer limit) {
        return listing.unreadable(seller.get().ksbId(), after, Page.limit(limit));
    }
}
