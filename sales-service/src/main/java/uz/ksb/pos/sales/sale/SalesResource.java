package uz.ksb.pos.sales.sale;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestQuery;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.paging.Page;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.sales.sale.domain.Delivery;
import uz.ksb.pos.sales.sale.domain.Sale;
import uz.ksb.pos.sales.sale.domain.SaleStatus;
import uz.ksb.pos.sales.sale.domain.SaleView;
import uz.ksb.pos.sales.sale.domain.content.NewCompletion;
import uz.ksb.pos.sales.sale.domain.content.NewReturn;
import uz.ksb.pos.sales.sale.domain.content.NewSale;
import uz.ksb.pos.sales.sale.domain.content.TillTime;
import uz.ksb.pos.sales.sale.store.SaleListing;
import uz.ksb.pos.sales.sale.store.SaleRepository;

/** Sales at a till that is online, and what is asked about sales. */
@Path("/api/sales")
@RolesAllowed(Role.IS_CASHIER)
class SalesResource {
    static final String CLIENT_TIME = "X-Client-Time";

    private final CurrentSeller seller;
    private final Approvals approvals;
    private final SaleEditing editing;
    private final SaleCompletion completion;
    private final SaleReturn returning;
    private final SaleListing listing;
    private final SaleRepository sales;
    private final Clock clock;

    SalesResource(
            CurrentSeller seller,
            Approvals approvals,
            SaleEditing editing,
            SaleCompletion completion,
            SaleReturn returning,
            SaleListing listing,
            SaleRepository sales,
            Clock clock) {
        this.seller = seller;
        this.approvals = approvals;
        this.editing = editing;
        this.completion = completion;
        this.returning = returning;
        this.listing = listing;
        this.sales = sales;
        this.clock = clock;
    }

    /** Writes an open sale, whole; 409 with the current one when the writer saw another revision. */
    @PUT
    @Path("/{id}")
    public Uni<SaleView> write(UUID id, NewSale sale) {
        return approvals
                .lend(seller.get(), id, sale == null ? null : sale.approval())
                .chain(by -> editing.write(id, sale, by));
    }

    /** Finishes an open sale. */
    @POST
    @Path("/{id}/completion")
    public Uni<SaleView> complete(UUID id, NewCompletion asked, @RestHeader(CLIENT_TIME) String clientTime) {
        return approvals
                .lend(seller.get(), id, asked == null ? null : asked.approval())
                .chain(by -> completion.complete(id, asked, by, TillTime.of(clock.instant(), clientTime)));
    }

    /** Takes back by the receipt {@code id}. */
    @POST
    @Path("/{id}/returns")
    public Uni<SaleView> takeBack(UUID id, NewReturn asked, @RestHeader(CLIENT_TIME) String clientTime) {
        return approvals
                .lend(seller.get(), asked == null ? null : asked.id(), asked == null ? null : asked.approval())
                .chain(by -> returning.takeBack(id, asked, by, TillTime.of(clock.instant(), clientTime)));
    }

    @GET
    @Path("/{id}")
    public Uni<SaleView> get(UUID id) {
        return sales.find(seller.get().ksbId(), id)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("This sale"))
                .map(Sale::view);
    }

    /** Moves a sale to the trash. */
    @DELETE
    @Path("/{id}")
    @ResponseStatus(204)
    public Uni<Void> trash(UUID id) {
        return editing.trash(id, seller.get());
    }

    @POST
    @Path("/{id}/restoration")
    public Uni<SaleView> restore(UUID id) {
        return editing.restore(id, seller.get());
    }

    /** Newest first; without those in the trash unless {@code status} asks for them. */
    @GET
    public Uni<Page<SaleView>> list(
            @RestQuery SaleStatus status,
            @RestQuery Delivery.Status delivery,
            @RestQuery LocalDate from,
            @RestQuery LocalDate to,
            @RestQuery String search,
            @RestQuery UUID customer,
            @RestQuery String device,
            @RestQuery String cashier,
            @RestQuery UUID returnOf,
            @RestQuery String after,
            @RestQuery @DefaultValue(Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit) {
        SaleListing.Filter filter =
                new SaleListing.Filter(status, delivery, from, to, search, customer, device, cashier, returnOf);
        return listing.list(seller.get().ksbId(), filter, after, limit);
    }

    @GET
    @Path("/trash")
    public Uni<Page<SaleView>> trashed(
            @RestQuery String after,
            @RestQuery @DefaultValue(Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit) {
        SaleListing.Filter filter =
                new SaleListing.Filter(SaleStatus.TRASHED, null, null, null, null, null, null, null, null);
        return listing.list(seller.get().ksbId(), filter, after, limit);
    }

    /** Gaps in the numbers of the till {@code device} (its id or its code). */
    @GET
    @Path("/missing")
    public Uni<SaleListing.Missing> missing(@RestQuery String device) {
        return listing.missing(seller.get().ksbId(), device);
    }
}
