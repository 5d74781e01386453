package uz.ksb.pos.sales.cleanup;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;
import uz.ksb.pos.platform.database.DatabaseClock;
import uz.ksb.pos.platform.event.Event;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.outbox.Outbox;
import uz.ksb.pos.sales.sale.store.SaleRepository;

/** Deletes empty sales when it is time, or goes on with what another process began and did not finish. */
@ApplicationScoped
class EmptySaleCleanup {
    private static final Logger LOG = Logger.getLogger(EmptySaleCleanup.class);

    private final CleanupConfig config;
    private final CleanupRuns runs;
    private final SaleRepository sales;
    private final Outbox outbox;

    EmptySaleCleanup(CleanupConfig config, Pool pool, SaleRepository sales, Outbox outbox, DatabaseClock clock) {
        this.config = config;
        this.runs = new CleanupRuns(pool, clock);
        this.sales = sales;
        this.outbox = outbox;
    }

    /**
     * The data of {@code sale.deleted}.
     *
     * @param revision one more than the last one
     */
    record SaleDeleted(UUID id, int revision) {}

    @Scheduled(
            every = "${pos.sales.empty.look:30s}",
            delayed = "5s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return cleanIfDue().onFailure().recoverWithItem(failure -> {
            LOG.warnf("The clean-up of empty sales is interrupted and will go on: %s", failure);
            return null;
        });
    }

    /** Comes back when no run is due, and none is unfinished that this process could go on with. */
    Uni<Void> cleanIfDue() {
        return runs.beginIfDue(config.every())
                .chain(() -> Multi.createBy()
                        .repeating()
                        .uni(this::deleteSome)
                        .whilst(mayBeMore -> mayBeMore)
                        .collect()
                        .last())
                .replaceWithVoid();
    }

    /** One batch; the run's count is in the same transaction, so it is right also after a kill. */
    Uni<Boolean> deleteSome() {
        return outbox.inTransaction(connection -> runs.lockUnfinished(connection)
                .chain(run -> run == null ? Uni.createFrom().item(false) : deleteSome(connection, run)));
    }

    private Uni<Boolean> deleteSome(SqlConnection connection, long run) {
        int most = Math.max(1, config.batch());
        return sales.deleteEmpty(connection, config.idle(), most)
                .call(deleted -> outbox.add(connection, events(deleted)))
                .call(deleted -> runs.deleted(connection, run, deleted.size(), deleted.size() < most))
                .map(deleted -> deleted.size() == most);
    }

    private static List<Event> events(List<SaleRepository.Deleted> deleted) {
        return deleted.stream()
                .map(sale -> new Event(
                        Topics.SALES,
                        "sale.deleted",
                        sale.ksbId(),
                        sale.id().toString(),
                        new SaleDeleted(sale.id(), sale.revision())))
                .toList();
    }
}
