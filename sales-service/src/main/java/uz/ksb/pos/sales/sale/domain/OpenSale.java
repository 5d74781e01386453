package uz.ksb.pos.sales.sale.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.sales.sale.domain.ReturnCalculator.Calculated;
import uz.ksb.pos.sales.sale.domain.content.Fields;
import uz.ksb.pos.sales.sale.domain.content.NewCompletion;
import uz.ksb.pos.sales.sale.domain.content.NewSale;
import uz.ksb.pos.sales.sale.domain.content.Origin;
import uz.ksb.pos.sales.sale.domain.content.RuleViolation;
import uz.ksb.pos.sales.sale.domain.content.SaleContent;
import uz.ksb.pos.sales.sale.domain.content.Seller;
import uz.ksb.pos.sales.sale.domain.content.TillTime;
import uz.ksb.pos.sales.sale.domain.rules.CatalogueRules;
import uz.ksb.pos.sales.sale.domain.rules.FrozenRates;
import uz.ksb.pos.sales.sale.domain.rules.RateRules;
import uz.ksb.pos.sales.sale.domain.rules.SaleRules;

/** A sale that is being rung up: one document, changed as a whole. */
public record OpenSale(String ksbId, UUID id, int revision, SaleContent content, Origin origin) implements Sale {

    /**
     * The document a till sends, as the successor of the revision it saw.
     *
     * @throws Problem 422 naming the fields that break a rule
     */
    public static OpenSale written(UUID id, NewSale sale, Seller seller, Instant now) {
        SaleContent content = SaleContent.of(sale, seller).approvedBy(seller.approvedBy());
        RuleViolation.throwIfAny(SaleRules.violations(content, seller));
        RuleViolation.throwIfAny(SaleRules.markViolations(content.lines()));
        int seen = sale.revision() == null ? 0 : sale.revision();
        Fields.require(seen >= 0, "revision", "must not be negative");
        return new OpenSale(seller.ksbId(), id, seen + 1, content, Origin.of(seller, now));
    }

    /** Whether {@link #checked} needs anything but the default. */
    public boolean needsChecks(Seller seller) {
        return content.isReturnByReceipt() || content.needsRates() || CatalogueRules.bind(seller);
    }

    /**
     * With the house's rates; a return with the sums of its receipt.
     *
     * @throws Problem 422 when prices, discount or rates are not what catalogue, house and the seller's rights allow, or a
     *     return breaks the rules of its receipt
     */
    public OpenSale checked(Known known, Seller seller, Instant now) {
        List<RuleViolation> violations = new ArrayList<>();
        SaleContent checked;
        if (content.isReturnByReceipt()) {
            if (known.receipt() == null) {
                throw Problem.rule("rule-unknown-return", "returnOf", "is not a finished sale");
            }
            Calculated calculated = ReturnCalculator.of(known.receipt(), content);
            violations.addAll(calculated.violations());
            checked = calculated.content();
        } else {
            RateRules rates = new RateRules(known.house(), content.mainCurrency(), now, FrozenRates.NONE, violations);
            checked = rates.applyTo(content);
            violations.addAll(CatalogueRules.pricing(
                    checked, seller, known.catalogue(), known.house().rates(), now));
        }
        RuleViolation.throwIfAny(violations);
        return new OpenSale(ksbId, id, revision, checked, origin);
    }

    public OpenSale startedBy(Origin first) {
        return new OpenSale(ksbId, id, revision, content, first);
    }

    /**
     * Finishes the sale online.
     *
     * @throws Problem 409 with this sale when the till saw another revision or total, 422 when a rule is broken
     */
    public SaleEvent.SaleCompleted complete(NewCompletion asked, Seller seller, TillTime time, Known known) {
        if (asked.revision() == null || asked.revision() != revision) {
            throw Problem.conflict("revision", "The sale was changed meanwhile.", view());
        }
        Checkout checkout = Checkout.online(
                (seller.approvedBy() == null ? content : content.approvedBy(seller.approvedBy())).completedWith(asked),
                new Checkout.Asked(asked.payments(), asked.completedAt(), asked.deviceSequence(), null, null),
                seller,
                time,
                known);
        if (asked.total() == null || asked.total().compareTo(checkout.content().total()) != 0) {
            throw Problem.conflict(
                    "total",
                    "The sale's total is another one.",
                    new OpenSale(ksbId, id, revision, checkout.content(), origin).view());
        }
        RuleViolation.throwIfAny(checkout.violations());
        Origin till =
                new Origin(seller.deviceId(), seller.deviceCode(), seller.login(), seller.login(), origin.openedAt());
        return new SaleEvent.SaleCompleted(new CompletedSale(
                ksbId, id, revision + 1, checkout.content(), till, checkout.completion(), Delivery.WAITING));
    }

    public SaleEvent.SaleTrashed trash() {
        return new SaleEvent.SaleTrashed(new TrashedSale(ksbId, id, revision + 1, content, origin));
    }
}
