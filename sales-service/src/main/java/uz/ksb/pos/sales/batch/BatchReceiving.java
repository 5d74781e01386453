package uz.ksb.pos.sales.batch;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.sales.batch.BatchElement.Readable;
import uz.ksb.pos.sales.batch.BatchElement.Unreadable;
import uz.ksb.pos.sales.batch.BatchResult.Result;
import uz.ksb.pos.sales.catalogue.Catalogue;
import uz.ksb.pos.sales.catalogue.CatalogueRepository;
import uz.ksb.pos.sales.customer.CustomerAccounts;
import uz.ksb.pos.sales.sale.SaleTransaction;
import uz.ksb.pos.sales.sale.domain.CompletedSale;
import uz.ksb.pos.sales.sale.domain.Sale;
import uz.ksb.pos.sales.sale.domain.content.Seller;
import uz.ksb.pos.sales.sale.domain.content.TillTime;
import uz.ksb.pos.sales.sale.store.SaleRepository;

/** Takes over a batch: new sales in one statement, then what is left one by one. */
@ApplicationScoped
class BatchReceiving {
    static final int MOST = 500;
    private static final int TRIES = 5;
    /** So that 500 ordinary sales are one part. */
    private static final int ENOUGH_CHARACTERS = 1_000_000;

    private final SaleRepository sales;
    private final SaleTransaction recording;
    private final ReviewQueue aside;
    private final CatalogueRepository catalogue;
    private final CustomerAccounts customers;
    private final ObjectMapper json;

    BatchReceiving(
            SaleRepository sales,
            SaleTransaction recording,
            ReviewQueue aside,
            CatalogueRepository catalogue,
            CustomerAccounts customers,
            ObjectMapper json) {
        this.sales = sales;
        this.recording = recording;
        this.aside = aside;
        this.catalogue = catalogue;
        this.customers = customers;
        this.json = json;
    }

    /** What became of each, by place. */
    private static final class Results extends TreeMap<Integer, BatchResult> {
        private static final long serialVersionUID = 1L;

        void note(Readable element, Result result) {
            put(element.place(), BatchResult.of(element.sale().id(), result));
        }

        void noteConflict(Readable element) {
            put(
                    element.place(),
                    new BatchResult(
                            element.sale().id().toString(), Result.conflict, "another sale is stored under this id"));
        }

        void note(Unreadable element) {
            put(element.place(), new BatchResult(element.id(), Result.invalid, element.problem()));
        }
    }

    /**
     * Takes it part by part, each in a transaction of its own: how much memory it needs does not depend on how large it is.
     *
     * @throws Problem 400 when the body is no array, 413 when it has too many sales
     */
    Uni<List<BatchResult>> receive(byte[] body, Seller seller, TillTime time) {
        List<String> raw = ArraySplitter.split(body, MOST);
        if (raw.size() > MOST) {
            throw Problem.tooLarge("A batch has at most " + MOST + " sales.");
        }
        return takeFrom(0, raw, seller, time, new ArrayList<>());
    }

    private Uni<List<BatchResult>> takeFrom(
            int place, List<String> raw, Seller seller, TillTime time, List<BatchResult> results) {
        if (place == raw.size()) {
            return Uni.createFrom().item(results);
        }
        return Uni.createFrom()
                .item(() -> part(place, raw, seller, time))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .flatMap(part -> take(part, seller).chain(taken -> {
                    results.addAll(taken.values());
                    return takeFrom(place + part.size(), raw, seller, time, results);
                }));
    }

    private List<BatchElement> part(int from, List<String> raw, Seller seller, TillTime time) {
        List<BatchElement> part = new ArrayList<>();
        int characters = 0;
        for (int place = from; place < raw.size() && characters < ENOUGH_CHARACTERS; place++) {
            String text = raw.get(place);
            characters += text.length();
            part.add(BatchElement.read(place, text, json, seller, time));
        }
        return part;
    }

    private Uni<Results> take(List<BatchElement> elements, Seller seller) {
        return recording
                .inTransaction(connection ->
                        measured(connection, elements, seller).chain(checked -> takeAll(connection, checked, seller)))
                .onFailure(BatchReceiving::isDeadlock)
                .retry()
                .atMost(TRIES)
                .onFailure(BatchReceiving::isOfTheContent)
                .recoverWithUni(failure -> apart(elements, seller, failure));
    }

    /** With what each breaks of catalogue and customers, of which one statement each asks for all. */
    private Uni<List<BatchElement>> measured(SqlConnection connection, List<BatchElement> elements, Seller seller) {
        List<CompletedSale> readable = elements.stream()
                .filter(Readable.class::isInstance)
                .map(element -> ((Readable) element).sale())
                .toList();
        return catalogue
                .findWhatIsLeft(
                        connection,
                        seller.ksbId(),
                        readable.stream()
                                .flatMap(sale -> sale.content().products().stream())
                                .toList(),
                        readable.stream().map(CompletedSale::id).toList())
                .map(known -> measured(elements, known, seller))
                .chain(measured -> customers
                        .unknown(
                                connection,
                                seller.ksbId(),
                                readable.stream()
                                        .map(sale -> sale.content().customerId())
                                        .filter(Objects::nonNull)
                                        .distinct()
                                        .toList())
                        .map(unknown -> flagged(measured, unknown)));
    }

    private static List<BatchElement> flagged(List<BatchElement> elements, Set<UUID> unknownCustomers) {
        return unknownCustomers.isEmpty()
                ? elements
                : elements.stream()
                        .map(element -> element instanceof Readable known
                                        && unknownCustomers.contains(
                                                known.sale().content().customerId())
                                ? known.with(known.sale().flagged("unknown-customer"))
                                : element)
                        .toList();
    }

    /** One after the other: what one sale took is not there for the next. */
    private static List<BatchElement> measured(List<BatchElement> elements, Catalogue known, Seller seller) {
        Map<String, BigDecimal> taken = new HashMap<>();
        return elements.stream()
                .map(element -> element.soldBy(known, taken, seller))
                .toList();
    }

    /** The batch as a whole is not possible: each on its own, and what fails alone is kept raw. */
    private Uni<Results> apart(List<BatchElement> elements, Seller seller, Throwable failure) {
        if (elements.size() == 1 && elements.getFirst() instanceof Readable alone) {
            return take(List.of(alone.because(reason(failure))), seller);
        }
        return Multi.createFrom()
                .iterable(elements)
                .onItem()
                .transformToUniAndConcatenate(element -> take(List.of(element), seller))
                .collect()
                .in(Results::new, Results::putAll);
    }

    private static String reason(Throwable failure) {
        return failure instanceof Problem refused
                ? refused.getMessage()
                : "it cannot be stored: a text, time or number in it is beyond what can be kept";
    }

    private Uni<Results> takeAll(SqlConnection connection, List<BatchElement> elements, Seller seller) {
        Results results = new Results();
        List<Readable> firsts = new ArrayList<>();
        List<Readable> rest = new ArrayList<>();
        List<Unreadable> unreadable = new ArrayList<>();
        Set<UUID> ids = new HashSet<>();
        for (BatchElement element : elements) {
            switch (element) {
                case Unreadable raw -> unreadable.add(raw);
                // A return looks at its receipt first, which may be in this batch too.
                case Readable sale
                when sale.sale().content().returnOf() == null
                        && ids.add(sale.sale().id()) -> firsts.add(sale);
                case Readable sale -> rest.add(sale);
            }
        }
        unreadable.forEach(results::note);
        return aside.unreadable(connection, unreadable, seller)
                .chain(() -> numbered(connection, firsts, seller))
                .chain(flagged -> insert(connection, flagged, rest, results))
                .chain(() -> Multi.createFrom()
                        .iterable(rest)
                        .onItem()
                        .transformToUniAndConcatenate(element -> one(connection, element, seller, results))
                        .collect()
                        .last())
                .replaceWith(results);
    }

    private Uni<List<Readable>> numbered(SqlConnection connection, List<Readable> elements, Seller seller) {
        Set<String> numbers = new HashSet<>();
        List<Readable> checked = elements.stream()
                .map(element -> {
                    CompletedSale sale = element.sale();
                    boolean again = sale.completion().deviceSequence() != null
                            && !numbers.add(sale.origin().deviceId() + " "
                                    + sale.completion().deviceSequence());
                    return again ? element.with(sale.flagged("sequence-twice")) : element;
                })
                .toList();
        return sales.withTakenNumber(
                        connection,
                        seller.ksbId(),
                        checked.stream().map(Readable::sale).toList())
                .map(taken -> checked.stream()
                        .map(element -> taken.contains(element.sale().id())
                                ? element.with(element.sale().flagged("sequence-twice"))
                                : element)
                        .toList());
    }

    /** Inserts what is new; the others join the {@code rest}. */
    private Uni<Void> insert(SqlConnection connection, List<Readable> elements, List<Readable> rest, Results results) {
        if (elements.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return sales.insertNew(connection, elements.stream().map(Readable::sale).toList())
                .chain(created -> {
                    List<CompletedSale> fresh = new ArrayList<>();
                    List<Readable> there = new ArrayList<>();
                    for (Readable element : elements) {
                        if (created.contains(element.sale().id())) {
                            results.note(element, Result.created);
                            fresh.add(element.sale());
                        } else {
                            there.add(element);
                        }
                    }
                    rest.addAll(0, there);
                    return recording.finished(connection, fresh);
                });
    }

    private Uni<Void> one(SqlConnection connection, Readable element, Seller seller, Results results) {
        return sales.lock(connection, seller.ksbId(), element.sale().id())
                .chain(stored -> meet(connection, element, stored, seller, results));
    }

    private Uni<Void> meet(SqlConnection connection, Readable element, Sale stored, Seller seller, Results results) {
        CompletedSale sale = element.sale();
        if (stored instanceof CompletedSale done && done.sameContentAs(sale)) {
            results.note(element, Result.replayed);
            return Uni.createFrom().voidItem();
        }
        if (stored instanceof CompletedSale) {
            results.noteConflict(element);
            return aside.conflict(connection, sale, seller);
        }
        results.note(element, Result.created);
        CompletedSale winner = stored == null ? sale : sale.inPlaceOf(stored);
        return sales.flaggedByReceipt(connection, winner)
                .chain(flagged -> sales.withTakenNumber(connection, seller.ksbId(), List.of(flagged))
                        .map(taken -> taken.isEmpty() ? flagged : flagged.flagged("sequence-twice")))
                .chain(flagged -> stored == null
                        ? insertOne(connection, flagged, element, seller, results)
                        : sales.replace(connection, flagged)
                                .chain(() -> recording.finished(connection, List.of(flagged))));
    }

    /** Another connection may have brought it since it was looked for. */
    private Uni<Void> insertOne(
            SqlConnection connection, CompletedSale sale, Readable element, Seller seller, Results results) {
        return sales.insertNew(connection, List.of(sale))
                .chain(created -> created.isEmpty()
                        ? one(connection, element, seller, results)
                        : recording.finished(connection, List.of(sale)));
    }

    private static boolean isDeadlock(Throwable failure) {
        return failure instanceof PgException refused && "40P01".equals(refused.getSqlState());
    }

    /** Data exceptions, broken constraints, exceeded limits: it is the content, and stays so. */
    private static boolean isOfTheContent(Throwable failure) {
        return failure instanceof Problem
                || failure instanceof PgException refused
                        && refused.getSqlState() != null
                        && refused.getSqlState().matches("(22|23|54).*");
    }
}
