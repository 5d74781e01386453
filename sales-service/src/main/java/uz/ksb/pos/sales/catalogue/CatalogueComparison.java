package uz.ksb.pos.sales.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;
import uz.ksb.pos.platform.outbox.Outbox;
import uz.ksb.pos.sales.peer.PeerServices;
import uz.ksb.pos.sales.totals.ProductCount;
import uz.ksb.pos.sales.totals.TotalsAggregator;

/**
 * Heals the copy of the catalogue: fetches from product-service what events did not bring. An owner that is behind the copy was
 * restored from a backup; then the copy is read anew.
 */
@ApplicationScoped
class CatalogueComparison {
    private static final Logger LOG = Logger.getLogger(CatalogueComparison.class);
    private static final int MAX_ENTERPRISES = 50;
    private static final int MAX_AT_ONCE = 4;
    private static final int MAX_ROWS = 500;

    private final PeerServices peers;
    private final CataloguePositions positions;
    private final CatalogueRepository catalogue;
    private final ProductCount productCount;
    private final TotalsAggregator totals;
    private final Outbox outbox;

    CatalogueComparison(
            PeerServices peers,
            CataloguePositions positions,
            CatalogueRepository catalogue,
            ProductCount productCount,
            TotalsAggregator totals,
            Outbox outbox) {
        this.peers = peers;
        this.positions = positions;
        this.catalogue = catalogue;
        this.productCount = productCount;
        this.totals = totals;
        this.outbox = outbox;
    }

    void started(@Observes StartupEvent started) {
        positions
                .compareAll()
                .subscribe()
                .with(done -> {}, failure -> LOG.warnf("Catalogues are not compared at the start: %s", failure));
    }

    @Scheduled(every = "2s", delayed = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> compare() {
        return peers.areKnown()
                ? positions.toCompare(MAX_ENTERPRISES).chain(behind -> Multi.createFrom()
                        .iterable(behind)
                        .onItem()
                        .transformToUni(this::compareOrTryLater)
                        .merge(MAX_AT_ONCE)
                        .collect()
                        .last())
                : Uni.createFrom().voidItem();
    }

    private Uni<Void> compareOrTryLater(CataloguePositions.Position position) {
        return peers.forEnterprise(position.ksbId())
                .chain(peer -> fetch(peer, position))
                .invoke(totals::wake)
                .onFailure()
                .recoverWithUni(failure -> {
                    LOG.infof("The catalogue of %s is compared later: %s", position.ksbId(), failure.getMessage());
                    return positions.failed(position.ksbId());
                });
    }

    /** Page by page, each in a transaction of its own. */
    private Uni<Void> fetch(PeerServices.Peer peer, CataloguePositions.Position position) {
        return peer.product("/api/products/changes?after=" + position.version() + "&limit=" + MAX_ROWS)
                .chain(page -> {
                    boolean more = page.path("more").asBoolean();
                    long version = page.path("changeVersion").asLong();
                    return outbox.inTransaction(connection -> store(connection, position, page))
                            .chain(() -> more
                                    ? fetch(peer, new CataloguePositions.Position(position.ksbId(), version))
                                    : Uni.createFrom().voidItem());
                });
    }

    private Uni<Void> store(SqlConnection connection, CataloguePositions.Position position, JsonNode page) {
        String ksbId = position.ksbId();
        long version = page.path("changeVersion").asLong();
        if (version < position.version()) {
            LOG.warnf(
                    "The catalogue of %s went back from %d to %d and is read anew", ksbId, position.version(), version);
            return catalogue
                    .deleteAll(connection, ksbId)
                    .chain(() -> productCount.restart(connection, ksbId))
                    .chain(() -> positions.arrived(connection, ksbId, 0, false));
        }
        boolean complete = !page.path("more").asBoolean();
        return catalogue
                .store(connection, ksbId, page.path("items").toString())
                .chain(() -> positions.arrived(connection, ksbId, version, complete))
                .chain(() -> complete
                        ? catalogue
                                .count(connection, ksbId)
                                .chain(count -> productCount.changed(connection, ksbId, count, version))
                        : Uni.createFrom().voidItem());
    }
}
