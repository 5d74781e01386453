package uz.ksb.pos.sales.reconciliation;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.time.LocalDate;
import org.jboss.resteasy.reactive.RestQuery;
import uz.ksb.pos.platform.caller.CurrentCaller;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.sales.enterprise.Enterprises;
import uz.ksb.pos.sales.reconciliation.domain.CsvTable;
import uz.ksb.pos.sales.reconciliation.domain.Reconciliation;

/** One business day, compared in three places. */
@Path("/api/reconciliation")
@RolesAllowed(Role.IS_MANAGER)
class ReconciliationResource {
    private final CurrentCaller caller;
    private final Enterprises enterprises;
    private final Reconciling reconciling;
    private final CsvWords words;

    ReconciliationResource(CurrentCaller caller, Enterprises enterprises, Reconciling reconciling, CsvWords words) {
        this.caller = caller;
        this.enterprises = enterprises;
        this.reconciling = reconciling;
        this.words = words;
    }

    /** @param date a business date; absent: today there */
    @GET
    public Uni<Reconciliation> reconciliation(@RestQuery LocalDate date) {
        return reconciling.of(enterprises.of(caller.get()), date);
    }

    /**
     * The same for spreadsheets: UTF-8 with a byte order mark, semicolons, decimal commas.
     *
     * @param date a business date; absent: today there
     * @param language uz-Latn, uz-Cyrl, ru or en; absent: uz-Latn
     */
    @GET
    @Path("/csv")
    @Produces("text/csv;charset=UTF-8")
    public Uni<String> csv(@RestQuery LocalDate date, @RestQuery String language) {
        CsvTable table = words.table(language);
        return reconciling.of(enterprises.of(caller.get()), date).map(table::of);
    }
}
