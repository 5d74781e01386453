package uz.ksb.pos.sales.sale.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.sales.catalogue.Catalogue;
import uz.ksb.pos.sales.sale.domain.content.NewCompletion;
import uz.ksb.pos.sales.sale.domain.content.NewSale;
import uz.ksb.pos.sales.sale.domain.content.Origin;
import uz.ksb.pos.sales.sale.domain.content.RuleViolation;
import uz.ksb.pos.sales.sale.domain.content.SaleContent;
import uz.ksb.pos.sales.sale.domain.content.Seller;
import uz.ksb.pos.sales.sale.domain.content.TillTime;
import uz.ksb.pos.sales.sale.domain.rules.CatalogueRules;
import uz.ksb.pos.sales.sale.domain.rules.SaleRules;

/** A sale that is being rung up: one document, changed as a whole. */
public record OpenSale(String ksbId, UUID id, int revision, SaleContent content, Origin origin) implements Sale {

    /**
     * The document a till sends, as the successor of the revision it saw.
     *
     * @throws Problem 422 naming the fields that break a rule
     */
    public static OpenSale written(UUID id, NewSale sale, Seller seller, Instant now) {
        SaleContent content = SaleContent.of(sale, seller);
        RuleViolation.throwIfAny(SaleRules.brokenBy(sale, content, seller));
        int seen = sale.revision() == null ? 0 : sale.revision();
        SaleContent.require(seen >= 0, "revision", "must not be negative");
        return new OpenSale(seller.ksbId(), id, seen + 1, content, Origin.of(seller, now));
    }

    /** @throws Problem 422 when prices or discount are not what the catalogue and the seller's rights allow */
    public OpenSale pricedBy(Catalogue catalogue, Seller seller) {
        RuleViolation.throwIfAny(
                CatalogueRules.pricing(content, seller, catalogue).broken());
        return this;
    }

    public OpenSale startedBy(Origin first) {
        return new OpenSale(ksbId, id, revision, content, first);
    }

    /**
     * Finishes the sale online.
     *
     * @throws Problem 409 with this sale when the till saw another revision or total, 422 when a rule is broken
     */
    public SaleEvent.SaleCompleted complete(NewCompletion asked, Seller seller, TillTime time, Catalogue catalogue) {
        if (asked.revision() == null || asked.revision() != revision) {
            throw Problem.conflict("revision", "The sale was changed meanwhile.", view());
        }
        if (asked.total() == null || asked.total().compareTo(content.total()) != 0) {
            throw Problem.conflict("total", "The sale's total is another one.", view());
        }
        SaleContent whole = content.completedWith(asked.customerId(), asked.comment(), asked.rounding());
        Checkout finishing = Checkout.of(whole, asked.payments(), seller, time)
                .at(asked.completedAt())
                .numbered(asked.deviceSequence());
        CatalogueRules.Verdict verdict = CatalogueRules.selling(whole, seller, catalogue, new HashMap<>());
        List<RuleViolation> broken = new ArrayList<>(SaleRules.brokenBy(whole, seller));
        broken.addAll(verdict.broken());
        broken.addAll(finishing.broken());
        RuleViolation.throwIfAny(broken);
        Origin till =
                new Origin(seller.deviceId(), seller.deviceCode(), seller.login(), seller.login(), origin.openedAt());
        return new SaleEvent.SaleCompleted(new CompletedSale(
                ksbId, id, revision + 1, whole, till, finishing.completion(verdict.marks()), Delivery.WAITING));
    }

    public SaleEvent.SaleTrashed trash() {
        return new SaleEvent.SaleTrashed(new TrashedSale(ksbId, id, revision + 1, content, origin));
    }
}
