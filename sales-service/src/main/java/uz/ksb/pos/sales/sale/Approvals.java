package uz.ksb.pos.sales.sale;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import uz.ksb.pos.platform.caller.ApprovalVerifier;
import uz.ksb.pos.platform.caller.ApprovalVerifier.Subject;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.sales.sale.domain.content.Seller;

/** Lends a seller, for one sale, the rights that a manager gave for it at the till. */
@ApplicationScoped
public class Approvals {
    private final ApprovalVerifier verifier;

    Approvals(ApprovalVerifier verifier) {
        this.verifier = verifier;
    }

    /**
     * The seller of a sale that is not paid yet.
     *
     * @param approval null: none is claimed
     * @throws Problem 422 when it is not valid, has ended, or is for another sale or till
     */
    Uni<Seller> lend(Seller seller, UUID sale, String approval) {
        return approval == null || sale == null
                ? Uni.createFrom().item(seller)
                : Uni.createFrom()
                        .item(() -> verifier.verified(approval, new Subject(seller.ksbId(), seller.deviceId(), sale))
                                .map(seller::approved)
                                .orElseThrow(() -> Problem.rule(
                                        "rule-approval",
                                        "approval",
                                        "is not a manager's approval of this sale, or ended")))
                        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    /** The seller of a sale that was paid: an approval that proves nothing lends nothing. Blocks. */
    public Seller lendLate(Seller seller, String deviceId, UUID sale, String approval) {
        return approval == null || sale == null
                ? seller
                : verifier.verifiedLate(approval, new Subject(seller.ksbId(), deviceId, sale))
                        .map(seller::approved)
                        .orElse(seller);
    }
}
