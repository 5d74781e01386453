package uz.ksb.pos.sales.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.within;
import static uz.ksb.pos.sales.SaleFixture.anEnterprise;
import static uz.ksb.pos.sales.SaleFixture.anId;
import static uz.ksb.pos.sales.SaleFixture.execute;
import static uz.ksb.pos.sales.SaleFixture.query;
import static uz.ksb.pos.sales.SaleFixture.totals;
import static uz.ksb.pos.sales.catalogue.CatalogueFixture.row;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.sales.peer.CopyComparison;
import uz.ksb.pos.sales.peer.Owners;

@QuarkusTest
class CatalogueCopyTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int PAGE = 2;

    @Inject
    Pool pool;

    @Inject
    CatalogueCopy copy;

    @Inject
    CopyComparison comparison;

    private final String ksbId = anEnterprise();
    private final CatalogueFixture catalogue = new CatalogueFixture(ksbId);
    /** The owner's rows by change version. */
    private final Map<Long, String> owned = new TreeMap<>();

    private Owners owners;

    @BeforeEach
    void theOwnersAreThere() throws Exception {
        theServiceStarts();
        owners = new Owners();
        owners.answer("/api/products/changes", this::changes);
    }

    @AfterEach
    void theOwnersGo() {
        owners.close();
    }

    @Test
    void aLostEventIsFetchedFromTheOwner() throws Exception {
        own("p1", 1);
        tell(0, 1);
        for (int lost = 2; lost <= 5; lost++) {
            own("p" + lost, lost);
        }
        own("p6", 6);
        tell(5, 6);

        compare();

        assertThat(query("select count(*) from catalogue_products where ksb_id = '" + ksbId + "'"))
                .isEqualTo(6L);
        assertThat(query("select version from catalogue_positions where ksb_id = '" + ksbId + "'"))
                .isEqualTo(6L);
        assertThat(totals(ksbId, null).getInt("products")).isEqualTo(6);
        owners.requests().clear();
        compare();
        assertThat(owners.requests()).isEmpty();
    }

    @Test
    void theStockRuleIsComparedToo() throws Exception {
        own("p1", 1);
        tell(0, 1);
        catalogue.rule(1, "FORBID");
        owners.answer("/api/enterprise", "{\"version\": 2, \"negativeStock\": \"ALLOW\"}");
        theServiceStarts();

        compare();

        assertThat(query("select rule from stock_rules where ksb_id = '" + ksbId + "'"))
                .isEqualTo("ALLOW");
    }

    @Test
    void eachStartComparesTheCopyWithItsOwner() throws Exception {
        own("p1", 1);
        tell(0, 1);
        compare();
        own("p2", 2);
        theServiceStarts();

        compare();

        catalogue.known("p2", 2);
    }

    @Test
    void anOwnerThatWentBackIsReadAnew() throws Exception {
        for (int version = 1; version <= 4; version++) {
            own("p" + version, version);
            tell(version - 1, version);
        }
        owned.keySet().removeIf(version -> version > 2);
        own("p9", 3);
        theServiceStarts();

        compare();
        compare();

        catalogue.known("p9", 3);
        assertThat(query("select count(*) from catalogue_products where ksb_id = '" + ksbId + "'"))
                .isEqualTo(3L);
        assertThat(totals(ksbId, null).getInt("products")).isEqualTo(3);
    }

    @Test
    void aRowThatCannotBeStoredBlocksNoLaterEvent() {
        catalogue.tell(anId(), row("p1", 1, "UZS", "100", "1").replace("\"id\": \"p1\",", ""));
        catalogue.given(row("p2", 2, "UZS", "100", "1"));
    }

    /** Copies of other tests are left alone. */
    private void theServiceStarts() throws SQLException {
        comparison.askForAll().await().atMost(LIMIT);
        execute("update copy_comparisons set done = asked where ksb_id <> '" + ksbId + "'");
    }

    private void own(String product, long version) {
        owned.put(version, row(product, (int) version, "UZS", "100", "1"));
    }

    private void tell(long from, long to) {
        catalogue.tell(
                Topics.PRODUCTS,
                "products.changed",
                anId(),
                "{\"fromVersion\": %d, \"toVersion\": %d, \"counts\": {\"products\": %d}, \"rows\": [%s]}"
                        .formatted(from, to, owned.size(), owned.get(to)));
        within(LIMIT, () -> assertThat(
                        query("select seen_version from catalogue_positions where ksb_id = '" + ksbId + "'"))
                .isEqualTo(to));
    }

    private void compare() {
        owners.compare(pool, copy);
    }

    private String changes(String query) {
        long after = Long.parseLong(query.replaceAll(".*after=(\\d+).*", "$1"));
        List<String> rows = new ArrayList<>();
        long version = owned.keySet().stream().reduce(0L, Math::max);
        boolean more = false;
        for (var row : owned.entrySet()) {
            if (row.getKey() > after && rows.size() < PAGE) {
                rows.add(row.getValue());
                version = row.getKey();
                more = rows.size() == PAGE;
            }
        }
        return "{\"items\": [%s], \"changeVersion\": %d, \"more\": %s}"
                .formatted(String.join(",", rows), version, more);
    }
}
