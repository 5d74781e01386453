package uz.ksb.pos.product.reference;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import uz.ksb.pos.platform.caller.CurrentCaller;
import uz.ksb.pos.platform.problem.Problem;

@Path("/api/reference")
@Authenticated
class ReferenceResource {
    private final ReferenceData references;
    private final CurrentCaller caller;

    ReferenceResource(ReferenceData references, CurrentCaller caller) {
        this.references = references;
        this.caller = caller;
    }

    /**
     * A page of a dictionary, by id.
     *
     * @param next the id to go on after; null at the end
     */
    record Page(List<ReferenceItem> items, String next) {
        static Page of(List<ReferenceItem> items, int limit) {
            return new Page(items, items.size() < limit ? null : items.getLast().id());
        }
    }

    @GET
    @Path("/{kind}")
    public Uni<Page> list(
            @PathParam("kind") String kind,
            @QueryParam("after") @DefaultValue("") String after,
            @QueryParam("limit") @DefaultValue("1000") @Min(1) @Max(1000) int limit) {
        ReferenceKind wanted = ReferenceKind.of(kind).orElseThrow(() -> Problem.notFound("The reference data " + kind));
        return references.list(caller.get().ksbId(), wanted, after, limit).map(items -> Page.of(items, limit));
    }
}
