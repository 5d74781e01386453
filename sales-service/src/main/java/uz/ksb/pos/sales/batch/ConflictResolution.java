package uz.ksb.pos.sales.batch;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.UUID;
import uz.ksb.pos.platform.database.Rows;
import uz.ksb.pos.platform.event.Ids;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.platform.text.StorableText;
import uz.ksb.pos.sales.sale.SaleTransaction;
import uz.ksb.pos.sales.sale.domain.CompletedSale;
import uz.ksb.pos.sales.sale.domain.content.Fields;
import uz.ksb.pos.sales.sale.domain.content.Flag;
import uz.ksb.pos.sales.sale.domain.content.Seller;
import uz.ksb.pos.sales.sale.store.HeldSaleRepository;
import uz.ksb.pos.sales.sale.store.SaleRepository;

/** A person decides what a conflict was: a sale of its own, or nothing. */
@ApplicationScoped
class ConflictResolution {
    private static final String NEW_SALE = "new-sale";
    private static final String DISMISSED = "dismissed";
    private static final int MAX_REASON = 1_000;

    private final ReviewQueries queries;
    private final ReviewQueue review;
    private final HeldSaleRepository held;
    private final SaleRepository sales;
    private final SaleTransaction transaction;
    private final Clock clock;

    ConflictResolution(
            ReviewQueries queries,
            ReviewQueue review,
            HeldSaleRepository held,
            SaleRepository sales,
            SaleTransaction transaction,
            Clock clock) {
        this.queries = queries;
        this.review = review;
        this.held = held;
        this.sales = sales;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** @param as {@code new-sale} or {@code dismissed} */
    record Decision(String as, String reason) {}

    Uni<ReviewQueries.Conflict> resolve(UUID id, Decision asked, Seller seller) {
        Decision decision = checked(asked);
        return transaction.inTransaction(seller.ksbId(), connection -> lock(connection, seller.ksbId(), id)
                .chain(() -> queries.conflict(connection, seller.ksbId(), id))
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
                        Rows.timestamp(clock.instant()),
                        decision.reason()))
                .chain(rows -> as == null
                        ? review.toReview(connection, -1, seller)
                        : count(connection, rows.iterator().next().getString("sale"), as, seller))
                .chain(() -> queries.conflict(connection, seller.ksbId(), conflict.id()));
    }

    /** Stores it as a held sale first, and takes that: it is checked as any other that a manager lets pass. */
    private Uni<Void> count(SqlConnection connection, String row, UUID as, Seller seller) {
        return held.insert(connection, row, as, Flag.CONFLICT)
                .chain(() -> sales.lock(connection, seller.ksbId(), as))
                .chain(sale -> transaction.take(connection, (CompletedSale) sale));
    }

    private static Uni<ReviewQueries.Conflict> again(ReviewQueries.Conflict conflict, Decision decision) {
        if (conflict.resolution().equals(decision.as())) {
            return Uni.createFrom().item(conflict);
        }
        throw Problem.conflict("resolved", "It was decided otherwise.", conflict);
    }

    private static Decision checked(Decision decision) {
        Fields.require(
                decision != null && (NEW_SALE.equals(decision.as()) || DISMISSED.equals(decision.as())),
                "as",
                "is new-sale or dismissed");
        return new Decision(decision.as(), StorableText.required(decision.reason(), MAX_REASON, "reason"));
    }
}
