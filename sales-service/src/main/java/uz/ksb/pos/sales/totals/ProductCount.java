package uz.ksb.pos.sales.totals;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import uz.ksb.pos.sales.enterprise.Enterprises;

/** How many products an enterprise has: a figure of its totals. */
@ApplicationScoped
public class ProductCount {
    /** An older count never replaces a newer one. */
    private static final String STORE = """
            insert into enterprise_totals as total (ksb_id, products, products_version) values ($1, $2, $3)
            on conflict (ksb_id) do update set products = $2, products_version = $3
            where total.products_version < $3""";

    private final TotalsAggregator totals;
    private final Enterprises enterprises;
    private final Clock clock;

    ProductCount(TotalsAggregator totals, Enterprises enterprises, Clock clock) {
        this.totals = totals;
        this.enterprises = enterprises;
        this.clock = clock;
    }

    /** @param version of the catalogue that has so many */
    public Uni<Void> changed(SqlConnection connection, String ksbId, int products, long version) {
        LocalDate today =
                enterprises.today(ksbId).orElseGet(() -> LocalDate.ofInstant(clock.instant(), ZoneOffset.ofHours(5)));
        return connection
                .preparedQuery(STORE)
                .execute(Tuple.of(ksbId, products, version))
                .chain(stored -> stored.rowCount() == 0
                        ? Uni.createFrom().voidItem()
                        : totals.add(
                                connection,
                                List.of(TotalChange.counterChange(ksbId, today, enterprises.currency(ksbId)))));
    }

    /** The versions of the catalogue begin anew. */
    public Uni<Void> restart(SqlConnection connection, String ksbId) {
        return connection
                .preparedQuery("update enterprise_totals set products_version = 0 where ksb_id = $1")
                .execute(Tuple.of(ksbId))
                .replaceWithVoid();
    }
}
