package uz.ksb.pos.sales.batch;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.platform.schedule.OneByOne;
import uz.ksb.pos.sales.batch.BatchElement.Readable;
import uz.ksb.pos.sales.batch.BatchPlan.Facts;
import uz.ksb.pos.sales.catalogue.CatalogueRepository;
import uz.ksb.pos.sales.customer.CustomerAccounts;
import uz.ksb.pos.sales.sale.Approvals;
import uz.ksb.pos.sales.sale.SaleTransaction;
import uz.ksb.pos.sales.sale.domain.CompletedSale;
import uz.ksb.pos.sales.sale.domain.Receipt;
import uz.ksb.pos.sales.sale.domain.SaleEvent;
import uz.ksb.pos.sales.sale.domain.content.Seller;
import uz.ksb.pos.sales.sale.domain.content.TillTime;
import uz.ksb.pos.sales.sale.store.SaleChecks;
import uz.ksb.pos.sales.sale.store.SaleRepository;

/** Takes over a batch, part by part: looks up what is stored, lets {@link BatchPlan} decide, and writes. */
@ApplicationScoped
class BatchReceiving {
    static final int MAX_SALES = 500;
    private static final int MAX_TRIES = 5;
    /** Large enough that 500 ordinary sales are one part. */
    private static final int PART_CHARACTERS = 1_000_000;

    private static final Duration RATES_BACK = Duration.ofDays(1);

    private final SaleRepository sales;
    private final SaleChecks checks;
    private final SaleTransaction transaction;
    private final ReviewQueue review;
    private final CatalogueRepository catalogue;
    private final CustomerAccounts customers;
    private final Approvals approvals;
    private final ObjectMapper json;

    BatchReceiving(
            SaleRepository sales,
            SaleChecks checks,
            SaleTransaction transaction,
            ReviewQueue review,
            CatalogueRepository catalogue,
            CustomerAccounts customers,
            Approvals approvals,
            ObjectMapper json) {
        this.sales = sales;
        this.checks = checks;
        this.transaction = transaction;
        this.review = review;
        this.catalogue = catalogue;
        this.customers = customers;
        this.approvals = approvals;
        this.json = json;
    }

    /** Another request stored one of the sales since they were looked up: the part is taken once more. */
    private static final class Overtaken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Overtaken() {
            super("a sale was stored meanwhile", null, false, false);
        }
    }

    /**
     * Takes it part by part, each in a transaction of its own: how much memory it needs does not depend on how large it is.
     *
     * @throws Problem 400 when the body is no array, 413 when it has too many sales
     */
    Uni<List<BatchResult>> receive(byte[] body, Seller seller, TillTime time) {
        List<String> raw = ArraySplitter.split(body, MAX_SALES);
        if (raw.size() > MAX_SALES) {
            throw Problem.tooLarge("A batch has at most " + MAX_SALES + " sales.");
        }
        List<BatchResult> results = new ArrayList<>();
        if (raw.isEmpty()) {
            return Uni.createFrom().item(results);
        }
        // Repeated and not nested: nothing of a part that is done may be held while the next ones are taken.
        return Multi.createBy()
                .repeating()
                .uni(() -> takeNext(raw, seller, time, results))
                .whilst(taken -> taken < raw.size())
                .collect()
                .last()
                .replaceWith(results);
    }

    /** @return how many elements are taken by now */
    private Uni<Integer> takeNext(List<String> raw, Seller seller, TillTime time, List<BatchResult> results) {
        return Uni.createFrom()
                .item(() -> part(results.size(), raw, seller))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .flatMap(part -> take(part, seller, time))
                .map(taken -> {
                    results.addAll(taken.values());
                    return results.size();
                });
    }

    private List<BatchElement> part(int from, List<String> raw, Seller seller) {
        List<BatchElement> part = new ArrayList<>();
        int characters = 0;
        for (int place = from; place < raw.size() && characters < PART_CHARACTERS; place++) {
            String text = raw.get(place);
            characters += text.length();
            part.add(BatchElement.read(place, text, json, seller, approvals));
        }
        return part;
    }

    /** @return the results by place */
    private Uni<Map<Integer, BatchResult>> take(List<BatchElement> elements, Seller seller, TillTime time) {
        return transaction
                .inTransaction(seller.ksbId(), connection -> lookUp(connection, elements, seller, time)
                        .map(facts -> BatchPlan.of(elements, facts, seller, time))
                        .call(plan -> write(connection, plan, seller)))
                .map(BatchPlan::results)
                .onFailure(BatchReceiving::mayPass)
                .retry()
                .atMost(MAX_TRIES)
                .onFailure(BatchReceiving::isOfTheContent)
                .recoverWithUni(failure -> takeEach(elements, seller, time, failure));
    }

    /**
     * Locks first, in the order of ids, then reads: two batches with the same sales never wait for each other. All statements
     * travel together.
     */
    private Uni<Facts> lookUp(SqlConnection connection, List<BatchElement> elements, Seller seller, TillTime time) {
        List<Readable> readable = elements.stream()
                .filter(Readable.class::isInstance)
                .map(Readable.class::cast)
                .toList();
        String ksbId = seller.ksbId();
        List<UUID> ids = readable.stream().map(element -> element.sale().id()).toList();
        Set<UUID> receipts = values(
                readable,
                element -> element.content().isReturnByReceipt()
                        ? element.content().returnOf()
                        : null);
        return Uni.combine()
                .all()
                .unis(
                        sales.lockAll(
                                connection,
                                ksbId,
                                Stream.concat(ids.stream(), receipts.stream())
                                        .distinct()
                                        .toList()),
                        receipts.isEmpty()
                                ? Uni.createFrom().item(Map.<UUID, Receipt.Returned>of())
                                : sales.returnsOf(connection, ksbId, receipts, ids),
                        catalogue.findWhatIsLeft(
                                connection,
                                ksbId,
                                readable.stream()
                                        .flatMap(element -> element.content().products().stream())
                                        .toList(),
                                ids),
                        checks.find(connection, ksbId, numbers(readable, seller), since(readable, time)),
                        customers.unknown(connection, ksbId, values(readable, element -> element.content()
                                .customerId())))
                .with(Facts::new);
    }

    private static Set<UUID> values(List<Readable> elements, Function<Readable, UUID> value) {
        return elements.stream().map(value).filter(Objects::nonNull).collect(java.util.stream.Collectors.toSet());
    }

    private static List<SaleChecks.Number> numbers(List<Readable> elements, Seller seller) {
        return elements.stream()
                .map(element -> new SaleChecks.Number(
                        CompletedSale.deviceOf(element.sale(), seller),
                        element.sale().deviceSequence(),
                        element.sale().id()))
                .toList();
    }

    /** The first moment whose rates may matter. */
    private static Instant since(List<Readable> elements, TillTime time) {
        return elements.stream()
                .map(element ->
                        time.correct(element.sale().completedAt().toInstant()).time())
                .min(Instant::compareTo)
                .orElse(time.now())
                .minus(RATES_BACK);
    }

    private Uni<Void> write(SqlConnection connection, BatchPlan plan, Seller seller) {
        List<CompletedSale> created = Stream.concat(plan.inserted().stream(), plan.replaced().stream())
                .toList();
        return review.addUnreadable(connection, plan.unreadable(), seller)
                .chain(() -> insert(connection, plan.inserted()))
                .chain(() -> OneByOne.each(plan.replaced(), sale -> sales.replace(connection, sale)))
                .chain(() -> OneByOne.each(plan.conflicts(), sale -> review.addConflict(connection, sale, seller)))
                .chain(() -> transaction.finished(connection, created))
                .chain(() -> OneByOne.each(
                        plan.replaced().stream().filter(sale -> !sale.counts()).toList(),
                        held -> transaction.changed(connection, new SaleEvent.SaleUpdated(held))));
    }

    private Uni<Void> insert(SqlConnection connection, List<CompletedSale> fresh) {
        return fresh.isEmpty()
                ? Uni.createFrom().voidItem()
                : sales.insertNew(connection, fresh)
                        .invoke(ids -> {
                            if (ids.size() < fresh.size()) {
                                throw new Overtaken();
                            }
                        })
                        .replaceWithVoid();
    }

    /** The part as a whole is not possible: each on its own, and what fails alone is kept raw. */
    private Uni<Map<Integer, BatchResult>> takeEach(
            List<BatchElement> elements, Seller seller, TillTime time, Throwable failure) {
        if (elements.size() == 1 && elements.getFirst() instanceof Readable alone) {
            return take(List.of(alone.because(reason(failure))), seller, time);
        }
        return Multi.createFrom()
                .iterable(elements)
                .onItem()
                .transformToUniAndConcatenate(element -> take(List.of(element), seller, time))
                .collect()
                .in(TreeMap<Integer, BatchResult>::new, Map::putAll)
                .map(results -> results);
    }

    private static String reason(Throwable failure) {
        return failure instanceof Problem refused
                ? refused.getMessage()
                : "it cannot be stored: a text, time or number in it is beyond what can be kept";
    }

    private static boolean mayPass(Throwable failure) {
        return failure instanceof Overtaken
                || failure instanceof PgException refused && "40P01".equals(refused.getSqlState());
    }

    /** Data exceptions, broken constraints, exceeded limits, much at once: it is the content, and stays so. */
    private static boolean isOfTheContent(Throwable failure) {
        return failure instanceof Problem
                || failure instanceof SaleRepository.TooLargeTogether
                || failure instanceof PgException refused
                        && refused.getSqlState() != null
                        && refused.getSqlState().matches("(22|23|54).*");
    }
}
