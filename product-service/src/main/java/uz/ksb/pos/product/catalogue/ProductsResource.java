package uz.ksb.pos.product.catalogue;

import com.fasterxml.jackson.databind.util.RawValue;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import uz.ksb.pos.platform.caller.Caller;
import uz.ksb.pos.platform.caller.CurrentCaller;
import uz.ksb.pos.platform.paging.Page;
import uz.ksb.pos.platform.problem.Problem;

@Path("/api/products")
@Authenticated
class ProductsResource {
    private final ProductRepository products;
    private final CurrentCaller caller;

    ProductsResource(ProductRepository products, CurrentCaller caller) {
        this.products = products;
        this.caller = caller;
    }

    /**
     * The listed products that fulfil all conditions, by name.
     *
     * @param barcode as a reader gives it: leading zeros, marks of readers, labels of the scales and GS1 codes are understood
     */
    @GET
    public Uni<ProductRepository.Found> find(
            @QueryParam("search") @Size(max = 500) String search,
            @QueryParam("barcode") @Size(max = 500) String barcode,
            @QueryParam("article") @Size(max = 500) String article,
            @QueryParam("warehouse") @Size(max = 500) String warehouse,
            @QueryParam("after") String after,
            @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit) {
        return products.find(
                caller.get().ksbId(),
                new ProductRepository.Question(search, barcode, article, warehouse),
                ProductCursor.of(after),
                limit);
    }

    @GET
    @Path("/count")
    public Uni<ProductRepository.Counts> count() {
        return products.counts(caller.get().ksbId());
    }

    @GET
    @Path("/{id}")
    public Uni<RawValue> get(@PathParam("id") String id) {
        return products.get(caller.get().ksbId(), id);
    }

    @GET
    @Path("/{id}/purchase-price")
    public Uni<ProductRepository.PurchasePrice> purchasePrice(@PathParam("id") String id) {
        return products.purchasePrice(allowed(caller.get()).ksbId(), id);
    }

    private static Caller allowed(Caller caller) {
        if (!caller.maySeePurchasePrice()) {
            throw Problem.forbidden("purchase-price", "You may not see purchase prices.");
        }
        return caller;
    }
}
