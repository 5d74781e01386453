package uz.ksb.pos.sales.totals;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Locale;
import org.jboss.resteasy.reactive.RestQuery;
import uz.ksb.pos.platform.caller.Caller;
import uz.ksb.pos.platform.caller.CurrentCaller;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.sales.enterprise.Enterprises;
import uz.ksb.pos.sales.enterprise.Enterprises.Enterprise;

/** The day's totals and charts; for those who may see them. */
@Path("/api")
@RolesAllowed(Role.IS_CASHIER)
class TotalsResource {
    private final CurrentCaller caller;
    private final TotalsReading totals;
    private final SalesChart charts;
    private final Enterprises enterprises;
    private final Pool pool;
    private final Clock clock;

    TotalsResource(
            CurrentCaller caller,
            TotalsReading totals,
            SalesChart charts,
            Enterprises enterprises,
            Pool pool,
            Clock clock) {
        this.caller = caller;
        this.totals = totals;
        this.charts = charts;
        this.enterprises = enterprises;
        this.pool = pool;
        this.clock = clock;
    }

    /** @param date a business date; absent: today there */
    @GET
    @Path("/totals")
    public Uni<TotalsView> totals(@RestQuery LocalDate date) {
        Enterprise enterprise = enterprise();
        return totals.read(pool, enterprise.ksbId(), date(date, enterprise), enterprise.currency());
    }

    /** @param period day, week, month or year: the one that {@code date} (absent: today) is in */
    @GET
    @Path("/charts/sales")
    public Uni<SalesChart.Chart> chart(@RestQuery String period, @RestQuery LocalDate date) {
        Enterprise enterprise = enterprise();
        return charts.read(enterprise.ksbId(), period(period), date(date, enterprise), enterprise.currency());
    }

    private Enterprise enterprise() {
        Caller who = caller.get();
        if (!who.maySeeTotals() && !who.is(Role.MANAGER)) {
            throw Problem.forbidden("forbidden", "You may not see totals.");
        }
        return enterprises.of(who);
    }

    private LocalDate date(LocalDate given, Enterprise enterprise) {
        return given == null ? enterprise.dateOf(clock.instant()) : given;
    }

    private static SalesChart.Period period(String given) {
        try {
            return SalesChart.Period.valueOf(String.valueOf(given).toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("period", "is day, week, month or year");
        }
    }
}
