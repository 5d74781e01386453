package uz.ksb.pos.sales.batch;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jboss.logging.Logger;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.sales.batch.BatchElement.Readable;
import uz.ksb.pos.sales.batch.BatchElement.Unreadable;
import uz.ksb.pos.sales.batch.BatchResult.Result;
import uz.ksb.pos.sales.catalogue.Catalogue;
import uz.ksb.pos.sales.sale.domain.CompletedSale;
import uz.ksb.pos.sales.sale.domain.Known;
import uz.ksb.pos.sales.sale.domain.Receipt;
import uz.ksb.pos.sales.sale.domain.Sale;
import uz.ksb.pos.sales.sale.domain.content.Flag;
import uz.ksb.pos.sales.sale.domain.content.Seller;
import uz.ksb.pos.sales.sale.domain.content.TillTime;
import uz.ksb.pos.sales.sale.domain.rules.CatalogueRules;
import uz.ksb.pos.sales.sale.store.SaleChecks;

/**
 * Decides what becomes of each element of a batch, one after the other: quantities that one sale took are not there for the
 * next, and a return sees its receipt and earlier returns of the same batch. Does nothing itself.
 */
final class BatchPlan {
    private static final Logger LOG = Logger.getLogger(BatchPlan.class);

    private final Seller seller;
    private final TillTime time;
    private final Facts facts;
    private final Map<UUID, Sale> stored;
    private final Map<UUID, List<CompletedSale>> returns = new HashMap<>();
    private final Map<String, UUID> numbers = new HashMap<>();
    private final Map<String, BigDecimal> taken = new HashMap<>();
    private final Set<UUID> takenBy = new HashSet<>();
    private final Map<Integer, BatchResult> results = new TreeMap<>();
    private final List<CompletedSale> inserted = new ArrayList<>();
    private final List<CompletedSale> replaced = new ArrayList<>();
    private final List<CompletedSale> conflicts = new ArrayList<>();
    private final List<Unreadable> unreadable = new ArrayList<>();

    /**
     * The state of the database.
     *
     * @param stored sales that the batch names, locked, by id
     * @param returns what others than those of the batch gave back, by receipt
     * @param unknownCustomers those that it names and that are not there
     */
    record Facts(
            Map<UUID, Sale> stored,
            Map<UUID, Receipt.Returned> returns,
            Catalogue catalogue,
            SaleChecks.Found checks,
            Set<UUID> unknownCustomers) {}

    private BatchPlan(Facts facts, Seller seller, TillTime time) {
        this.facts = facts;
        this.seller = seller;
        this.time = time;
        this.stored = new HashMap<>(facts.stored());
        facts.stored().values().forEach(this::noteReturn);
    }

    static BatchPlan of(List<BatchElement> elements, Facts facts, Seller seller, TillTime time) {
        BatchPlan plan = new BatchPlan(facts, seller, time);
        List<Readable> readable = new ArrayList<>();
        for (BatchElement element : elements) {
            switch (element) {
                case Unreadable raw -> plan.keepRaw(raw);
                case Readable sale -> readable.add(sale);
            }
        }
        // A return looks at its receipt, which may be in this batch too.
        readable.stream()
                .sorted(Comparator.comparing(element -> element.content().isReturnByReceipt()))
                .forEach(plan::decide);
        return plan;
    }

    private void decide(Readable element) {
        try {
            if (stored.get(element.sale().id()) instanceof CompletedSale done
                    && done.isRepeatedBy(element.sale(), element.content())) {
                replay(element);
            } else {
                decide(element, finished(element));
            }
        } catch (Problem refused) {
            keepRaw(element.because(refused.getMessage()));
        } catch (RuntimeException unforeseen) {
            // Money was taken: it must not be sent again and again.
            LOG.warnf(
                    unforeseen,
                    "The sale %s that a till of %s brought cannot be taken and is kept raw",
                    element.sale().id(),
                    seller.ksbId());
            keepRaw(element.because("it cannot be read as a sale"));
        }
    }

    private void replay(Readable element) {
        note(element, Result.replayed);
        if (takenBy.add(element.sale().id())) {
            CatalogueRules.take(element.content(), taken);
        }
    }

    private CompletedSale finished(Readable element) {
        UUID id = element.sale().id();
        String device = CompletedSale.deviceOf(element.sale(), seller);
        Long sequence = element.sale().deviceSequence();
        UUID first = device == null || sequence == null ? id : numbers.putIfAbsent(device + " " + sequence, id);
        boolean twice = facts.checks().taken().contains(id) || first != null && !first.equals(id);
        Known known = new Known(facts.catalogue(), facts.checks().house(), receiptOf(element), twice, taken);
        String code = Objects.equals(device, seller.deviceId())
                ? seller.deviceCode()
                : facts.checks().codes().get(device);
        CompletedSale sale =
                CompletedSale.paidOffline(element.sale(), element.content(), element.seller(), time, known, code);
        UUID customer = sale.content().customerId();
        return customer != null && facts.unknownCustomers().contains(customer)
                ? sale.flagged(Flag.UNKNOWN_CUSTOMER)
                : sale;
    }

    private Receipt receiptOf(Readable element) {
        UUID id = element.content().returnOf();
        return element.content().isReturnByReceipt() && stored.get(id) instanceof CompletedSale sold
                ? new Receipt(sold, facts.returns().getOrDefault(id, Receipt.Returned.NOTHING))
                        .after(returns.getOrDefault(id, List.of()).stream()
                                .filter(back -> !back.id().equals(element.sale().id()))
                                .toList())
                : null;
    }

    private void decide(Readable element, CompletedSale sale) {
        switch (stored.get(sale.id())) {
            case CompletedSale other -> conflict(element, sale);
            case null -> {
                inserted.add(sale);
                created(element, sale);
            }
            // A blocked till takes away no sale of another.
            case Sale unfinished
            when seller.blocked() && !Objects.equals(unfinished.origin().deviceId(), seller.deviceId()) ->
                conflict(element, sale);
            case Sale unfinished -> {
                CompletedSale winner = sale.inPlaceOf(unfinished);
                replaced.add(winner);
                created(element, winner);
            }
        }
    }

    private void created(Readable element, CompletedSale sale) {
        note(element, Result.created);
        stored.put(sale.id(), sale);
        takenBy.add(sale.id());
        noteReturn(sale);
    }

    private void noteReturn(Sale sale) {
        if (sale instanceof CompletedSale back && back.content().isReturnByReceipt() && back.counts()) {
            returns.computeIfAbsent(back.content().returnOf(), receipt -> new ArrayList<>())
                    .add(back);
        }
    }

    private void note(Readable element, Result result) {
        results.put(element.place(), BatchResult.of(element.sale().id(), result));
    }

    private void conflict(Readable element, CompletedSale sale) {
        conflicts.add(sale);
        results.put(
                element.place(),
                new BatchResult(sale.id().toString(), Result.conflict, "another sale is stored under this id"));
    }

    private void keepRaw(Unreadable element) {
        unreadable.add(element);
        results.put(element.place(), new BatchResult(element.id(), Result.invalid, element.problem()));
    }

    /** The outcome of each element, by its place. */
    Map<Integer, BatchResult> results() {
        return results;
    }

    List<CompletedSale> inserted() {
        return inserted;
    }

    /** Finished sales in the place of unfinished ones. */
    List<CompletedSale> replaced() {
        return replaced;
    }

    List<CompletedSale> conflicts() {
        return conflicts;
    }

    List<Unreadable> unreadable() {
        return unreadable;
    }
}
