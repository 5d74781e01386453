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
import uz.ksb.pos.platform.paging.Page;
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

    @GET
    @Path("/{kind}")
    public Uni<Page<ReferenceItem>> list(
            @PathParam("kind") String kind,
            @QueryParam("after") String after,
            @QueryParam("limit") @DefaultValue("1000") @Min(1) @Max(Page.MAX_LIMIT) int limit) {
        ReferenceKind wanted = ReferenceKind.of(kind).orElseThrow(() -> Problem.notFound("The reference data " + kind));
        return references
                .list(caller.get().ksbId(), wanted, Page.key(after, 1), limit + 1)
                .map(items -> Page.of(items, limit, item -> List.of(item.id())));
    }
}
