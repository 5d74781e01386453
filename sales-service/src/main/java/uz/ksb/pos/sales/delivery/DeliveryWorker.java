package uz.ksb.pos.sales.delivery;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;
import uz.ksb.pos.platform.ksbmerp.Places;
import uz.ksb.pos.platform.schedule.OneByOne;
import uz.ksb.pos.platform.schedule.SingleFlight;
import uz.ksb.pos.sales.customer.CustomerAccounts;
import uz.ksb.pos.sales.sale.SaleTransaction;
import uz.ksb.pos.sales.sale.domain.CompletedSale;
import uz.ksb.pos.sales.sale.store.SaleRepository;
import uz.ksb.pos.sales.sale.store.UndeliveredSales;

/**
 * Sends undelivered sales. It is woken when sales are committed in this process, and looks every second for those that another
 * process committed or that are to be tried again; a look goes on where the one before has ended. Several enterprises are served at
 * once, the sales of one in order.
 */
@ApplicationScoped
class DeliveryWorker {
    private static final Logger LOG = Logger.getLogger(DeliveryWorker.class);
    /** Enterprises at a time, with those whose back offices are slow. */
    static final int MAX_TURNS = 256;

    private static final int QUICK_TURNS = 32;
    private static final Duration SLOW_AFTER = Duration.ofSeconds(1);
    private static final int MAX_RETURNS_AT_ONCE = 50;
    /** Failures in a row that open the breaker: one lost answer is not an outage. */
    private static final int MAX_FAILURES = 3;
    /** Between two looks, however many sales are committed. */
    private static final Duration MIN_PAUSE = Duration.ofMillis(200);

    private final BackOffice backOffice;
    private final BackOfficeConfig config;
    private final DeliveryLeases leases;
    private final CustomerAccounts customers;
    private final UndeliveredSales undelivered;
    private final SaleRepository sales;
    private final SaleTransaction recording;
    private final DeliveryMetrics metrics;
    private final Pool pool;
    private final Clock clock;
    private final Places places = new Places(QUICK_TURNS, MAX_TURNS - QUICK_TURNS, SLOW_AFTER, this::look);
    private final WaitingEnterprises waiting;
    private final SingleFlight look;

    DeliveryWorker(
            BackOffice backOffice,
            BackOfficeConfig config,
            DeliveryLeases leases,
            CustomerAccounts customers,
            UndeliveredSales undelivered,
            SaleRepository sales,
            SaleTransaction recording,
            DeliveryMetrics metrics,
            Pool pool,
            Clock clock) {
        this.backOffice = backOffice;
        this.config = config;
        this.leases = leases;
        this.customers = customers;
        this.undelivered = undelivered;
        this.sales = sales;
        this.recording = recording;
        this.metrics = metrics;
        this.pool = pool;
        this.clock = clock;
        this.waiting = new WaitingEnterprises(undelivered);
        this.look = new SingleFlight(
                this::startFree, failure -> LOG.debug("the waiting sales are looked at again soon", failure));
    }

    void committed(@Observes SaleTransaction.SalesCommitted committed) {
        waiting.add(committed.ksbId());
        look();
    }

    @Scheduled(every = "1s", delayed = "1s")
    void look() {
        if (!backOffice.isConfigured()) {
            return;
        }
        look.run();
    }

    private Uni<Void> startFree() {
        boolean quickOnes = places.hasRoom(false);
        boolean slowOnes = places.hasRoom(true);
        // The end of a turn looks again.
        return (quickOnes || slowOnes
                        ? waiting.next(backOffice::isConfigured)
                                .chain(some -> leases.free(some, quickOnes, slowOnes))
                                .invoke(free -> free.forEach(this::start))
                        : Uni.createFrom().voidItem())
                .onItem()
                .delayIt()
                .by(MIN_PAUSE)
                .replaceWithVoid();
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> renewLeases() {
        Collection<String> enterprises = places.enterprises();
        return enterprises.isEmpty() ? Uni.createFrom().voidItem() : leases.renew(enterprises);
    }

    private void start(DeliveryLeases.Free free) {
        String ksbId = free.ksbId();
        if (places.enter(ksbId, free.slow())) {
            Multi.createBy()
                    .repeating()
                    .uni(() -> sendNext(ksbId))
                    .whilst(mayBeMore -> mayBeMore && places.goesOn(ksbId))
                    .collect()
                    .last()
                    .call(() -> leases.release(ksbId, places.wasSlow(ksbId)))
                    .onTermination()
                    .invoke(() -> places.leave(ksbId))
                    .subscribe()
                    .with(
                            mayBeMore -> {
                                if (mayBeMore) {
                                    waiting.add(ksbId);
                                    look();
                                }
                            },
                            failure ->
                                    LOG.warnf("The delivery of %s is interrupted and will go on: %s", ksbId, failure));
        } else {
            // It had no room; or it has a turn, which may end before it sees what was committed now.
            waiting.add(ksbId);
        }
    }

    /** @return whether there may be more to send */
    private Uni<Boolean> sendNext(String ksbId) {
        return leases.take(ksbId)
                .chain(failures -> failures == null
                        ? Uni.createFrom().item(false)
                        : markReturns(ksbId).chain(() -> due(ksbId)).chain(due -> sendIfThere(ksbId, due, failures)));
    }

    private Uni<Boolean> sendIfThere(String ksbId, List<CompletedSale> due, int failures) {
        return due.isEmpty()
                ? Uni.createFrom().item(false)
                : probe(ksbId, failures, due.getFirst())
                        .chain(isThere -> isThere
                                ? send(ksbId, due, failures)
                                : Uni.createFrom().item(false));
    }

    /** An open breaker asks first whether the back office is there at all, so that no sale is tried in vain. */
    private Uni<Boolean> probe(String ksbId, int failures, CompletedSale next) {
        if (failures < MAX_FAILURES) {
            return Uni.createFrom().item(true);
        }
        return places.call(ksbId, backOffice.ping(next))
                .replaceWith(true)
                .onFailure()
                .recoverWithUni(failure -> isAway(ksbId, failures, failure));
    }

    /** Where returns are not sent, they are marked as to be entered by hand, once. */
    private Uni<Void> markReturns(String ksbId) {
        return backOffice.takesReturns(ksbId)
                ? Uni.createFrom().voidItem()
                : undelivered
                        .unmarkedReturns(ksbId, MAX_RETURNS_AT_ONCE)
                        .chain(returns -> OneByOne.each(returns, sale -> step(sale, CompletedSale::held)));
    }

    /** The oldest that may be sent now, of one till. */
    private Uni<List<CompletedSale>> due(String ksbId) {
        return undelivered
                .due(ksbId, config.longestPause(), backOffice.takesReturns(ksbId), Math.clamp(config.batch(), 1, 50))
                .map(due -> due.stream()
                        .takeWhile(sale -> Objects.equals(
                                sale.origin().deviceId(),
                                due.getFirst().origin().deviceId()))
                        .toList());
    }

    private Uni<Boolean> send(String ksbId, List<CompletedSale> due, int failures) {
        return customers
                .createdAtTill(pool, ksbId, customersOf(due))
                .chain(newCustomers -> places.call(ksbId, backOffice.send(due, newCustomers)))
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
        return OneByOne.each(sent, sale -> record(sale, answers.get(sale.id())));
    }

    private Uni<Void> record(CompletedSale sale, BackOffice.Answer answer) {
        metrics.answered(answer);
        return switch (answer) {
            case null -> noteFailure(sale, "the back office's answer leaves this sale out");
            case BackOffice.Answer.Accepted accepted ->
                step(sale, stored -> stored.accepted(accepted.posted(), clock.instant()));
            case BackOffice.Answer.Refused refused -> step(sale, stored -> stored.refused(refused.reason()));
        };
    }

    private Uni<Void> noteFailure(CompletedSale sale, String reason) {
        return undelivered.noteFailure(
                sale.ksbId(), sale.id(), reason, pause(sale.delivery().attempts()));
    }

    /** One after the other. */
    private Uni<Void> step(CompletedSale sale, DeliveryStep.Decision decision) {
        return recording
                .inTransaction(connection ->
                        DeliveryStep.take(connection, sales, recording, sale.ksbId(), sale.id(), decision))
                .replaceWithVoid();
    }

    /** These sales are tried again later, the next ones at once; several failures in a row are the back office's. */
    private Uni<Boolean> notAnswered(String ksbId, List<CompletedSale> due, int failures, Throwable failure) {
        metrics.unanswered(due.size());
        return OneByOne.each(due, sale -> noteFailure(sale, reason(failure)))
                .chain(() -> failures + 1 < MAX_FAILURES
                        ? leases.failed(ksbId, Duration.ZERO).replaceWith(true)
                        : isAway(ksbId, failures, failure));
    }

    private Uni<Boolean> isAway(String ksbId, int failures, Throwable failure) {
        Duration pause = breakerPause(failures + 1 - MAX_FAILURES);
        LOG.infof("The back office of %s is away, next call in %s: %s", ksbId, pause, failure);
        return leases.failed(ksbId, pause).replaceWith(false);
    }

    private static String reason(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    /**
     * The pause of a sale. It doubles with each failure; the jitter keeps enterprises and replicas from calling in
     * step.
     */
    private Duration pause(int failures) {
        return pause(failures, 0.8, 1.0);
    }

    /**
     * The pause of the breaker: never shorter than that of the sales that opened it, so that the oldest goes first
     * again.
     */
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
