package uz.ksb.pos.product.rate;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import uz.ksb.pos.platform.caller.Caller;
import uz.ksb.pos.platform.caller.CurrentCaller;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.paging.Page;
import uz.ksb.pos.platform.problem.Problem;

@Path("/api/currency-rates")
class CurrencyRatesResource {
    private final CurrencyRates rates;
    private final CurrentCaller caller;
    private final WaitingRates waiting;
    private final Clock clock;

    CurrencyRatesResource(CurrencyRates rates, WaitingRates waiting, CurrentCaller caller, Clock clock) {
        this.waiting = waiting;
        this.rates = rates;
        this.caller = caller;
        this.clock = clock;
    }

    /**
     * @param rate main-currency units for one unit, up to 6 decimals
     * @param validFrom since when, at most a year ahead: until then the rate waits; null: now
     */
    record RateGiven(
            @NotNull @DecimalMin("0.000001") @Digits(integer = 12, fraction = 6)
            BigDecimal rate,

            OffsetDateTime validFrom) {}

    /**
     * All rates of the enterprise.
     *
     * @param main the main currency, which has no rate
     * @param version rising, as in the event
     * @param next always null: there is one page
     * @param waiting rates of a later date, the next one first
     */
    record Rates(
            String main, long version, List<CurrencyRate> items, String next, List<WaitingRates.WaitingRate> waiting) {
        static Rates of(String main, List<CurrencyRate> items, List<WaitingRates.WaitingRate> waiting) {
            List<CurrencyRate> others =
                    items.stream().filter(rate -> !rate.currency().equals(main)).toList();
            return new Rates(main, CurrencyRates.version(items), others, null, waiting);
        }
    }

    @GET
    @Authenticated
    public Uni<Rates> list() {
        Caller who = caller.get();
        return rates.current(who.ksbId())
                .chain(items -> waiting.of(who.ksbId()).map(later -> Rates.of(who.currency(), items, later)));
    }

    /** All rates of a currency that were ever valid, the newest first, with who set them. */
    @GET
    @Path("/{currency}/history")
    @Authenticated
    public Uni<Page<CurrencyRates.PastRate>> history(
            @PathParam("currency") @Pattern(regexp = "[A-Z]{3}", message = "is not a currency code") String currency,
            @QueryParam("after") String after,
            @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit) {
        List<String> key = Page.key(after, 1);
        Long version = key == null ? null : Long.valueOf(Page.number(key.getFirst(), Integer.MAX_VALUE));
        return rates.history(caller.get().ksbId(), currency, version, limit);
    }

    /** How a copy of the rates is filled and catches up. */
    @GET
    @Path("/changes")
    @Authenticated
    public Uni<CurrencyRates.Changes> changes(
            @QueryParam("after") @DefaultValue("0") @Min(0) long after,
            @QueryParam("limit") @DefaultValue("1000") @Min(1) @Max(1000) int limit) {
        return rates.changes(caller.get().ksbId(), after, limit);
    }

    /**
     * Sets a rate, or has it wait for its date; another one for the same moment is replaced. Answers the rate that is valid now; 204 when
     * there is none yet. The main currency's rate is 1 and cannot be set: 422, as for a currency that is none.
     */
    @PUT
    @Path("/{currency}")
    @RolesAllowed({Role.IS_MANAGER, Role.IS_BACK_OFFICE})
    public Uni<CurrencyRate> set(
            @PathParam("currency") @Pattern(regexp = "[A-Z]{3}", message = "is not a currency code") String currency,
            @NotNull @Valid RateGiven given) {
        Caller who = caller.get();
        if (currency.equals(who.currency())) {
            throw Problem.rule("main-currency", "currency", "is the main currency: its rate is 1");
        }
        OffsetDateTime from = validFrom(given, OffsetDateTime.now(clock));
        return rates.set(who.ksbId(), new NewRate(currency, given.rate(), from, who.login()));
    }

    private static OffsetDateTime validFrom(RateGiven given, OffsetDateTime now) {
        if (given.validFrom() == null) {
            return now;
        }
        if (given.validFrom().isBefore(now) || given.validFrom().isAfter(now.plusYears(1))) {
            throw Problem.rule("rate-date", "validFrom", "is in the past, or more than a year ahead");
        }
        return given.validFrom();
    }
}
