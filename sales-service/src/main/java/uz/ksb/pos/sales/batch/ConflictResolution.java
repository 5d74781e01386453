package uz.ksb.pos.sales.batch;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import uz.ksb.pos.platform.event.Ids;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.platform.problem.Text;
import uz.ksb.pos.sales.sale.SaleTransaction;
import uz.ksb.pos.sales.sale.domain.CompletedSale;
import uz.ksb.pos.sales.sale.domain.content.Seller;
import uz.ksb.pos.sales.sale.store.SaleRepository;

/** A person decides what a conflict was: a sale of its own, or nothing. */
@ApplicationScoped
class ConflictResolution {
    private static final String NEW_SALE = "new-sale";
    private static final String DISMISSED = "dismissed";
    private static final int LONGEST_REASON = 1_000;

    private final ReviewQueries listing;
    private final ReviewQueue aside;
    private final SaleRepository sales;
    private final SaleTransaction recording;
    private final Clock clock;

    ConflictResolution(
            ReviewQueries listing, ReviewQueue aside, SaleRepository sales, SaleTransaction recording, Clock clock) {
        this.listing = listing;
        this.aside = aside;
        this.sales = sales;
        this.recording = recording;
        this.clock = clock;
    }

    /** @param as {@code new-sale} or {@code dismissed} */
    record Decision(String as, String reason) {}

    Uni<ReviewQueries.Conflict> resolve(UUID id, Decision decision, Seller seller) {
        check(decision);
        return recording.inTransaction(connection -> lock(connection, seller.ksbId(), id)
                .chain(() -> listing.conflict(connection, seller.ksbId(), id))
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("This conflict"))
                .chain(conflict -> conflict.resolution() == null
                        ? decide(connection, conflict, decision, seller)
                        : again(conflict, decision)));
    }

    private static Uni<Void> lock(SqlConnection connection, String ksbId, UUID id) {
        return connection
                .preparedQuery("select id from sale_conflicts where ksb_id = $1 and id = $2 for update")
                .execute(Tuple.of(ksbId, id))
                .replaceWithVoid();
    }

    private Uni<ReviewQueries.Conflict> decide(
            SqlConnection connection, ReviewQueries.Conflict conflict, Decision decision, Seller seller) {
        UUID as = decision.as().equals(NEW_SALE) ? Ids.next() : null;
        return connection
                .preparedQuery("""
                        update sale_conflicts set resolution = $2, resolved_as = $3, resolved_by = $4, resolved_at = $5,
                          reason = $6
                        where id = $1 returning sale::text as sale""")
                .execute(Tuple.of(
                        conflict.id(),
                        decision.as(),
                        as,
                        seller.login(),
                        OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC),
                        decision.reason()))
                .chain(rows -> as == null
                        ? Uni.createFrom().voidItem()
                        : count(connection, rows.iterator().next().getString("sale"), as, seller))
                .chain(() -> aside.toReview(connection, -1, seller))
                .chain(() -> listing.conflict(connection, seller.ksbId(), conflict.id()));
    }

    private Uni<Void> count(SqlConnection connection, String row, UUID as, Seller seller) {
        return sales.insertRow(connection, row, as, "conflict")
                .chain(() -> sales.lock(connection, seller.ksbId(), as))
                .chain(sale -> recording.finished(connection, List.of((CompletedSale) sale)));
    }

    private static Uni<ReviewQueries.Conflict> again(ReviewQueries.Conflict conflict, Decision decision) {
        if (conflict.resolution().equals(decision.as())) {
            return Uni.createFrom().item(conflict);
        }
        throw Problem.conflict("resolved", "It was decided otherwise.", conflict);
    }

    private static void check(Decision decision) {
        if (decision == null || !NEW_SALE.equals(decision.as()) && !DISMISSED.equals(decision.as())) {
            throw Problem.invalid("as", "is new-sale or dismissed");
        }
        if (Text.atMost(LONGEST_REASON, decision.reason(), "reason") == null
                || decision.reason().isBlank()) {
            throw Problem.invalid("reason", "is missing");
        }
    }
}
