package uz.ksb.pos.sales.batch;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.platform.text.StorableText;
import uz.ksb.pos.sales.sale.SaleTransaction;
import uz.ksb.pos.sales.sale.domain.content.Seller;

/** A manager removes what could not be read as a sale. */
@ApplicationScoped
class UnreadableRemoval {
    private static final int MAX_REASON = 1_000;

    private final SaleTransaction transaction;
    private final ReviewQueue review;

    UnreadableRemoval(SaleTransaction transaction, ReviewQueue review) {
        this.transaction = transaction;
        this.review = review;
    }

    /** @throws Problem 400 without a reason, 404 when it is not there */
    Uni<Void> remove(UUID id, String reason, Seller seller) {
        String why = StorableText.required(reason, MAX_REASON, "reason");
        return transaction
                .inTransaction(seller.ksbId(), connection -> review.removeUnreadable(connection, id, why, seller))
                .invoke(removed -> {
                    if (!removed) {
                        throw Problem.notFound("This entry");
                    }
                })
                .replaceWithVoid();
    }
}
