package uz.ksb.pos.sales.till;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestQuery;
import uz.ksb.pos.platform.caller.Caller;
import uz.ksb.pos.platform.caller.CurrentCaller;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.paging.Page;
import uz.ksb.pos.sales.enterprise.Enterprises;
import uz.ksb.pos.sales.sale.CurrentSeller;
import uz.ksb.pos.sales.sale.TillCaller;
import uz.ksb.pos.sales.sale.domain.content.Fields;
import uz.ksb.pos.sales.sale.domain.content.TillTime;
import uz.ksb.pos.sales.till.domain.KnownTill;
import uz.ksb.pos.sales.till.domain.Report;
import uz.ksb.pos.sales.till.domain.TillView;

/** The tills of an enterprise: their reports, and what the server knows of them. */
@Path("/api/tills")
@RolesAllowed(Role.IS_CASHIER)
class TillsResource {
    private final CurrentCaller caller;
    private final CurrentSeller seller;
    private final TillCaller till;
    private final TillLedger ledger;
    private final TillRepository tills;
    private final Enterprises enterprises;
    private final Pool pool;
    private final Clock clock;

    TillsResource(
            CurrentCaller caller,
            CurrentSeller seller,
            TillCaller till,
            TillLedger ledger,
            TillRepository tills,
            Enterprises enterprises,
            Pool pool,
            Clock clock) {
        this.caller = caller;
        this.seller = seller;
        this.till = till;
        this.ledger = ledger;
        this.tills = tills;
        this.enterprises = enterprises;
        this.pool = pool;
        this.clock = clock;
    }

    /** The tills that are not removed, by their code. */
    @GET
    public Uni<Page<TillView>> list(
            @RestQuery String after,
            @RestQuery @DefaultValue(Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit) {
        Caller who = caller.get();
        List<String> key = Page.key(after, 2);
        int code = key == null ? -1 : Page.number(key.get(0), Integer.MAX_VALUE);
        return tills.list(
                        pool,
                        who.ksbId(),
                        enterprises.of(who).dateOf(clock.instant()),
                        code,
                        key == null ? "" : key.get(1),
                        limit + 1)
                .map(found -> Page.of(found, limit, TillsResource::key).map(KnownTill::view));
    }

    /**
     * A till's report on itself, with its own token or a user's. At each change, at most once a second, and every 60 s.
     *
     * <p>Open to tills without a user: {@link TillCaller} looks at who it is.
     */
    @PUT
    @Path("/me")
    @PermitAll
    public Uni<TillView> report(
            NewReport report,
            @RestHeader("X-Device-Token") String deviceToken,
            @RestHeader("X-Client-Time") String clientTime) {
        TillTime time = TillTime.of(clock.instant(), clientTime);
        return Uni.createFrom()
                .item(() -> till.identify(deviceToken).chain(seller -> ledger.report(seller, checked(report, time))))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .flatMap(view -> view);
    }

    /** Settles what a till owes: what the server lacks of it up to now is known, and nothing of it is waited for. */
    @POST
    @Path("/{deviceId}/settlement")
    @RolesAllowed(Role.IS_MANAGER)
    public Uni<TillView> settle(UUID deviceId, TillLedger.NewSettlement settlement) {
        return ledger.settle(deviceId.toString(), settlement, seller.get());
    }

    private static Report checked(NewReport report, TillTime time) {
        Fields.require(report != null, "body", "is missing");
        return report.checked(time);
    }

    private static List<String> key(KnownTill till) {
        return List.of(till.code() == null ? "0" : till.code(), till.deviceId());
    }
}
