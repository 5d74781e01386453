package uz.ksb.pos.product.feed;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerResponse;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.resteasy.reactive.RestMulti;
import uz.ksb.pos.platform.caller.CurrentCaller;
import uz.ksb.pos.product.feed.ChangesRepository.Changes;

/** How tills load the catalogue and catch up. */
@Path("/api/products/changes")
@Authenticated
class ProductChangesResource {
    private static final int PAGE = 1000;

    private final ChangesRepository products;
    private final CurrentCaller caller;

    ProductChangesResource(ChangesRepository products, CurrentCaller caller) {
        this.products = products;
        this.caller = caller;
    }

    /**
     * Answers {@code {items, changeVersion, more}}, written page by page as it is read.
     *
     * @param after a change version; 0 without a limit: the full catalogue, to its end
     * @param limit absent: 1000, except for the full catalogue
     */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Multi<byte[]> changes(
            @QueryParam("after") @DefaultValue("0") @Min(0) long after,
            @QueryParam("limit") @Min(1) @Max(PAGE) Integer limit,
            @Context HttpServerResponse response) {
        // Quarkus marks an answer as not to be compressed until it knows better, which it never does for a streamed
        // one.
        response.headers().remove(HttpHeaders.CONTENT_ENCODING);
        String ksbId = caller.get().ksbId();
        Multi<Changes> pages = after == 0 && limit == null
                ? full(ksbId)
                : products.changes(ksbId, after, limit == null ? PAGE : limit).toMulti();
        return RestMulti.fromMultiData(json(pages).map(text -> text.getBytes(StandardCharsets.UTF_8)))
                .encodeAsJsonArray(false)
                .build();
    }

    /** Pages until one is not full: a product that changes meanwhile moves to a later page, so none is missed. */
    private Multi<Changes> full(String ksbId) {
        return Multi.createBy()
                .repeating()
                .uni(() -> new AtomicReference<>(0L), position -> next(ksbId, position))
                .whilst(Changes::more);
    }

    private Uni<Changes> next(String ksbId, AtomicReference<Long> position) {
        return products.changes(ksbId, position.get(), PAGE).invoke(page -> position.set(page.changeVersion()));
    }

    private static Multi<String> json(Multi<Changes> pages) {
        AtomicReference<Changes> last = new AtomicReference<>();
        Multi<String> items = pages.map(page -> {
            String start = last.getAndSet(page) == null ? "{\"items\":[" : ",";
            return page.views().isEmpty() && !start.startsWith("{") ? "" : start + String.join(",", page.views());
        });
        return Multi.createBy()
                .concatenating()
                .streams(items, Multi.createFrom().item(() -> end(last.get())));
    }

    private static String end(Changes last) {
        return "],\"changeVersion\":" + last.changeVersion() + ",\"more\":" + last.more() + "}";
    }
}
