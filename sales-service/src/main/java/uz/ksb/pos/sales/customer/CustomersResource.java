package uz.ksb.pos.sales.customer;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import uz.ksb.pos.platform.caller.CurrentCaller;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.paging.Page;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.platform.text.SearchText;
import uz.ksb.pos.platform.text.StorableText;
import uz.ksb.pos.sales.enterprise.Enterprises;
import uz.ksb.pos.sales.enterprise.Enterprises.Enterprise;

/** The customers page. */
@Path("/api/customers")
@RolesAllowed(Role.IS_CASHIER)
class CustomersResource {
    private static final int MAX_SEARCH_LENGTH = 300;

    private final CurrentCaller caller;
    private final Customers customers;
    private final CustomerRepository repository;
    private final Enterprises enterprises;
    private final Pool pool;

    CustomersResource(
            CurrentCaller caller,
            Customers customers,
            CustomerRepository repository,
            Enterprises enterprises,
            Pool pool) {
        this.caller = caller;
        this.customers = customers;
        this.repository = repository;
        this.enterprises = enterprises;
        this.pool = pool;
    }

    @GET
    public Uni<Page<CustomerView>> search(
            @RestQuery String search,
            @RestQuery String after,
            @RestQuery @DefaultValue(Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit) {
        return repository
                .search(enterprise().ksbId(), words(search), Page.key(after, 2), limit + 1)
                .map(found -> Page.of(
                        found,
                        limit,
                        customer -> List.of(customer.name(), customer.id().toString())));
    }

    @GET
    @Path("/count")
    public Uni<Map<String, Long>> count() {
        return repository.count(enterprise().ksbId()).map(count -> Map.of("count", count));
    }

    @GET
    @Path("/{id}")
    public Uni<CustomerView> get(UUID id) {
        return repository
                .find(pool, enterprise().ksbId(), id)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("This customer"));
    }

    /** 201 when it is new, 200 when it is there already. */
    @POST
    public Uni<RestResponse<CustomerView>> make(Customers.NewCustomer customer) {
        return customers.make(customer, enterprise()).map(made -> RestResponse.ResponseBuilder.create(
                        made.created() ? RestResponse.Status.CREATED : RestResponse.Status.OK, made.customer())
                .build());
    }

    @PATCH
    @Path("/{id}")
    public Uni<CustomerView> change(UUID id, Customers.CustomerChange change) {
        return customers.change(id, change, enterprise());
    }

    @GET
    @Path("/{id}/movements")
    public Uni<Page<Movement>> movements(
            UUID id,
            @RestQuery String after,
            @RestQuery @DefaultValue(Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit) {
        List<String> key = Page.key(after, 4);
        String ksbId = enterprise().ksbId();
        Uni<List<Movement>> movements = repository.movements(ksbId, id, key, limit + 1);
        return get(id).chain(customer -> movements)
                .map(found -> Page.of(
                        found,
                        limit,
                        movement -> List.of(
                                movement.at().toString(),
                                movement.id().toString(),
                                movement.kind().name(),
                                movement.currency())));
    }

    private static List<String> words(String search) {
        String given = StorableText.optional(search, MAX_SEARCH_LENGTH, "search");
        return given == null ? List.of() : SearchText.words(given);
    }

    /** A debt paid back. */
    @POST
    @Path("/{id}/payments")
    @ResponseStatus(200)
    public Uni<CustomerView> repay(UUID id, Customers.NewRepayment payment) {
        return customers.repay(id, payment, caller.get().login(), enterprise());
    }

    private Enterprise enterprise() {
        return enterprises.of(caller.get());
    }
}
