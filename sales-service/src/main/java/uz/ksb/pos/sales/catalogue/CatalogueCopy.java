package uz.ksb.pos.sales.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;
import uz.ksb.pos.platform.outbox.Outbox;
import uz.ksb.pos.sales.peer.Copy;
import uz.ksb.pos.sales.peer.PeerServices;
import uz.ksb.pos.sales.totals.ProductCount;
import uz.ksb.pos.sales.totals.TotalsAggregator;

/** Heals the copy of the catalogue and of the stock rule. A catalogue that went back at its owner is read anew. */
@ApplicationScoped
class CatalogueCopy implements Copy {
    private static final Logger LOG = Logger.getLogger(CatalogueCopy.class);
    private static final int MAX_ROWS = 500;

    private final CataloguePositions positions;
    private final CatalogueRepository catalogue;
    private final ProductCount productCount;
    private final TotalsAggregator totals;
    private final Outbox outbox;

    CatalogueCopy(
            CataloguePositions positions,
            CatalogueRepository catalogue,
            ProductCount productCount,
            TotalsAggregator totals,
            Outbox outbox) {
        this.positions = positions;
        this.catalogue = catalogue;
        this.productCount = productCount;
        this.totals = totals;
        this.outbox = outbox;
    }

    @Override
    public Uni<Void> compare(PeerServices.Peer owners, String ksbId) {
        return owners.settings("/api/enterprise")
                .chain(enterprise -> stockRule(ksbId, enterprise))
                .chain(() -> positions.version(ksbId))
                .chain(version -> fetch(owners, ksbId, version))
                .invoke(totals::wake)
                .chain(() -> positions.mustBeComplete(ksbId));
    }

    private Uni<Void> stockRule(String ksbId, JsonNode enterprise) {
        StockRule rule = StockRule.valueOf(enterprise.path("negativeStock").asText());
        return outbox.inTransaction(connection ->
                catalogue.store(connection, ksbId, enterprise.path("version").asLong(), rule));
    }

    /** Page by page, each in a transaction of its own. */
    private Uni<Void> fetch(PeerServices.Peer owners, String ksbId, long after) {
        return owners.product("/api/products/changes?after=" + after + "&limit=" + MAX_ROWS)
                .chain(page -> {
                    long version = page.path("changeVersion").asLong();
                    if (version < after) {
                        LOG.warnf("The catalogue of %s went back from %d to %d", ksbId, after, version);
                        return readAnew(owners, ksbId);
                    }
                    boolean more = page.path("more").asBoolean();
                    return outbox.inTransaction(connection -> store(connection, ksbId, version, page, !more))
                            .chain(() -> more
                                    ? fetch(owners, ksbId, version)
                                    : Uni.createFrom().voidItem());
                });
    }

    private Uni<Void> readAnew(PeerServices.Peer owners, String ksbId) {
        return outbox.inTransaction(connection -> catalogue
                        .deleteAll(connection, ksbId)
                        .chain(() -> productCount.restart(connection, ksbId))
                        .chain(() -> positions.restart(connection, ksbId)))
                .chain(() -> fetch(owners, ksbId, 0));
    }

    private Uni<Void> store(SqlConnection connection, String ksbId, long version, JsonNode page, boolean complete) {
        return catalogue
                .store(connection, ksbId, page.path("items").toString())
                .chain(() -> positions.arrived(connection, ksbId, version))
                .chain(() -> complete
                        ? catalogue
                                .count(connection, ksbId)
                                .chain(count -> productCount.changed(connection, ksbId, count, version))
                        : Uni.createFrom().voidItem());
    }
}
