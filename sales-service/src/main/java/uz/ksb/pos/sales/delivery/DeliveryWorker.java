package uz.ksb.pos.sales.delivery;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import uz.ksb.pos.sales.customer.CustomerAccounts;
import uz.ksb.pos.sales.sale.SaleTransaction;
import uz.ksb.pos.sales.sale.domain.CompletedSale;
import uz.ksb.pos.sales.sale.store.SaleRepository;

/**
 * Sends what waits: woken when sales are committed here, and every second for what came otherwise or is to be tried again.
 * Enterprises go side by side, the sales of one after each other.
 */
@ApplicationScoped
class DeliveryWorker {
    private static final Logger LOG = Logger.getLogger(DeliveryWorker.class);
    private static final int MOST_ENTERPRISES = 8;
    private static final int MOST_HELD = 50;
    /** Failures in a row that open the breaker: one lost answer is not an outage. */
    private static final int OPENS_AFTER = 3;
    /** Renewed while this process lives: after its death another goes on this soon. */
    private static final Duration LEASE = Duration.ofSeconds(15);
    /** Least time between two looks, however many sales are committed. */
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final BackOffice backOffice;
    private final BackOfficeConfig config;
    private final DeliveryLeases leases;
    private final CustomerAccounts customers;
    private final SaleRepository sales;
    private final SaleTransaction recording;
    private final Pool pool;
    private final Clock clock;
    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean looking = new AtomicBoolean();
    private final AtomicBoolean again = new AtomicBoolean();

    DeliveryWorker(
            BackOffice backOffice,
            BackOfficeConfig config,
            DeliveryLeases leases,
            CustomerAccounts customers,
            SaleRepository sales,
            SaleTransaction recording,
            Pool pool,
            Clock clock) {
        this.backOffice = backOffice;
        this.config = config;
        this.leases = leases;
        this.customers = customers;
        this.sales = sales;
        this.recording = recording;
        this.pool = pool;
        this.clock = clock;
    }

    void committed(@Observes SaleTransaction.SalesCommitted committed) {
        look();
    }

    @Scheduled(every = "1s", delayed = "1s")
    void look() {
        if (config.url().isEmpty() && config.enterprise().isEmpty()) {
            return;
        }
        again.set(true);
        if (looking.compareAndSet(false, true)) {
            again.set(false);
            leases.waiting()
                    .invoke(this::start)
                    .onItem()
                    .delayIt()
                    .by(PAUSE)
                    .subscribe()
                    .with(looked -> lookAgain(), failure -> {
                        looking.set(false);
                        LOG.debug("what waits for the back office is looked at again soon", failure);
                    });
        }
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> renewLeases() {
        return running.isEmpty() ? Uni.createFrom().voidItem() : leases.renew(running, LEASE);
    }

    private void start(List<String> enterprises) {
        enterprises.stream().filter(backOffice::isKnown).forEach(this::start);
    }

    private void lookAgain() {
        looking.set(false);
        if (again.getAndSet(false)) {
            look();
        }
    }

    private void start(String ksbId) {
        if (running.size() < MOST_ENTERPRISES && running.add(ksbId)) {
            Multi.createBy()
                    .repeating()
                    .uni(() -> sendNext(ksbId))
                    .whilst(goesOn -> goesOn)
                    .collect()
                    .last()
                    .chain(() -> leases.release(ksbId))
                    .subscribe()
                    .with(done -> running.remove(ksbId), failure -> {
                        running.remove(ksbId);
                        LOG.warnf("The delivery of %s is interrupted and will go on: %s", ksbId, failure);
                    });
        }
    }

    /** @return whether there may be more to send */
    private Uni<Boolean> sendNext(String ksbId) {
        return leases.take(ksbId, LEASE)
                .chain(failures -> failures == null
                        ? Uni.createFrom().item(false)
                        : holdReturns(ksbId)
                                .chain(() -> due(ksbId))
                                .chain(due -> due.isEmpty()
                                        ? Uni.createFrom().item(false)
                                        : probe(ksbId, failures, due.getFirst())
                                                .chain(there -> there
                                                        ? send(ksbId, due, failures)
                                                        : Uni.createFrom().item(false))));
    }

    /** An open breaker asks first whether the back office is there at all, so that no sale is tried in vain. */
    private Uni<Boolean> probe(String ksbId, int failures, CompletedSale next) {
        if (failures < OPENS_AFTER) {
            return Uni.createFrom().item(true);
        }
        return backOffice
                .ping(next)
                .replaceWith(true)
                .onFailure()
                .recoverWithUni(failure -> isAway(ksbId, failures, failure));
    }

    /** What is not sent says so, once. */
    private Uni<Void> holdReturns(String ksbId) {
        return backOffice.takesReturns(ksbId)
                ? Uni.createFrom().voidItem()
                : sales.completed(
                                pool,
                                "ksb_id = $1 and delivery_status = 'NOT_DELIVERED' and kind = 'RETURN'"
                                        + " and last_error is null order by completed_at, id limit $2",
                                Tuple.of(ksbId, MOST_HELD))
                        .chain(held -> Multi.createFrom()
                                .iterable(held)
                                .onItem()
                                .transformToUniAndConcatenate(sale -> step(sale, CompletedSale::held))
                                .collect()
                                .last());
    }

    /** The oldest that may be sent now, of one till. */
    private Uni<List<CompletedSale>> due(String ksbId) {
        return sales.completed(
                        pool,
                        "ksb_id = $1 and delivery_status = 'NOT_DELIVERED'"
                                + " and (next_attempt_at is null or next_attempt_at <= $2)"
                                + (backOffice.takesReturns(ksbId) ? "" : " and kind = 'SALE'")
                                + " order by completed_at, id limit $3",
                        Tuple.of(
                                ksbId,
                                OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC),
                                Math.clamp(config.batch(), 1, 50)))
                .map(due -> due.stream()
                        .takeWhile(sale -> Objects.equals(
                                sale.origin().deviceId(),
                                due.getFirst().origin().deviceId()))
                        .toList());
    }

    private Uni<Boolean> send(String ksbId, List<CompletedSale> due, int failures) {
        return customers
                .madeAtTills(pool, ksbId, customersOf(due))
                .chain(newCustomers -> backOffice.send(due, newCustomers))
                .onItem()
                .transformToUni(answers ->
                        leases.works(ksbId).chain(() -> record(due, answers)).replaceWith(true))
                .onFailure(failure -> !isOurs(failure))
                .recoverWithUni(failure -> notAnswered(ksbId, due, failures, failure));
    }

    private static List<UUID> customersOf(List<CompletedSale> due) {
        return due.stream()
                .map(sale -> sale.content().customerId())
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /** The database's failures end the run; those of the call are the back office's. */
    private static boolean isOurs(Throwable failure) {
        return failure instanceof io.vertx.sqlclient.DatabaseException
                || failure instanceof io.vertx.sqlclient.ClosedConnectionException;
    }

    private Uni<Void> record(List<CompletedSale> sent, Map<UUID, BackOffice.Answer> answers) {
        return Multi.createFrom()
                .iterable(sent)
                .onItem()
                .transformToUniAndConcatenate(sale -> record(sale, answers.get(sale.id())))
                .collect()
                .last();
    }

    private Uni<Void> record(CompletedSale sale, BackOffice.Answer answer) {
        return switch (answer) {
            case null ->
                sales.noteFailure(
                        pool,
                        sale.ksbId(),
                        sale.id(),
                        "the back office's answer leaves this sale out",
                        pause(sale.delivery().attempts()));
            case BackOffice.Answer.Accepted accepted ->
                step(sale, stored -> stored.accepted(accepted.posted(), clock.instant()));
            case BackOffice.Answer.Refused refused -> step(sale, stored -> stored.refused(refused.reason()));
        };
    }

    private Uni<Void> step(CompletedSale sale, DeliveryStep.Decision decision) {
        return recording
                .inTransaction(connection ->
                        DeliveryStep.take(connection, sales, recording, sale.ksbId(), sale.id(), decision))
                .replaceWithVoid();
    }

    /** These sales are tried again later, the next ones at once; several failures in a row are the back office's. */
    private Uni<Boolean> notAnswered(String ksbId, List<CompletedSale> due, int failures, Throwable failure) {
        return Multi.createFrom()
                .iterable(due)
                .onItem()
                .transformToUniAndConcatenate(sale -> sales.noteFailure(
                        pool,
                        ksbId,
                        sale.id(),
                        reason(failure),
                        pause(sale.delivery().attempts())))
                .collect()
                .last()
                .chain(() -> failures + 1 < OPENS_AFTER
                        ? leases.failed(ksbId, Duration.ZERO).replaceWith(true)
                        : isAway(ksbId, failures, failure));
    }

    private Uni<Boolean> isAway(String ksbId, int failures, Throwable failure) {
        Duration pause = breakerPause(failures + 1 - OPENS_AFTER);
        LOG.infof("The back office of %s is away, next call in %s: %s", ksbId, pause, reason(failure));
        return leases.failed(ksbId, pause).replaceWith(false);
    }

    private static String reason(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    /** Of a sale. Doubles with each failure; the jitter keeps enterprises and replicas from calling in step. */
    private Duration pause(int failures) {
        return pause(failures, 0.8, 1.0);
    }

    /** Of the breaker: never shorter than that of the sales it was opened by, so that the oldest goes first again. */
    private Duration breakerPause(int failures) {
        return pause(failures, 1.0, 1.2);
    }

    private Duration pause(int failures, double least, double most) {
        long longest = config.longestPause().toMillis();
        long usual = Math.min(longest, config.firstPause().toMillis() << Math.clamp(failures, 0, 16));
        return Duration.ofMillis(
                Math.max(1, (long) (usual * ThreadLocalRandom.current().nextDouble(least, most))));
    }
}
