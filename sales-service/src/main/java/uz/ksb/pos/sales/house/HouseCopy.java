package uz.ksb.pos.sales.house;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import uz.ksb.pos.sales.peer.Copy;
import uz.ksb.pos.sales.peer.PeerServices;

/** Heals the copies of the enterprise's rules, its tills and its rates. Changes during the comparison stay. */
@ApplicationScoped
class HouseCopy implements Copy {
    private static final int MAX_ROWS = 1000;

    private final Pool pool;
    private final HouseRepository house;

    HouseCopy(Pool pool, HouseRepository house) {
        this.pool = pool;
        this.house = house;
    }

    @Override
    public Uni<Void> compare(PeerServices.Peer owners, String ksbId) {
        return house.versions(pool, ksbId).chain(before -> owners.settings("/api/enterprise")
                .chain(enterprise -> rules(ksbId, before, enterprise))
                .chain(() -> tills(owners, "", JsonNodeFactory.instance.arrayNode()))
                .chain(tills -> house.compareDevices(pool, ksbId, before, tills.toString()))
                .chain(() -> rates(owners, ksbId, before, 0)));
    }

    private Uni<Void> rules(String ksbId, HouseRepository.Versions before, JsonNode enterprise) {
        HouseConsumer.requireRules(enterprise);
        return house.compareRules(
                pool, ksbId, before, enterprise.path("version").asLong(), enterprise.toString());
    }

    private static Uni<ArrayNode> tills(PeerServices.Peer owners, String after, ArrayNode found) {
        return owners.settings("/api/devices?limit=" + MAX_ROWS + after).chain(page -> {
            page.path("items").forEach(found::add);
            String next = page.path("next").asText(null);
            return next == null ? Uni.createFrom().item(found) : tills(owners, "&after=" + next, found);
        });
    }

    private Uni<Void> rates(PeerServices.Peer owners, String ksbId, HouseRepository.Versions before, long after) {
        return owners.product("/api/currency-rates/changes?after=" + after + "&limit=" + MAX_ROWS)
                .chain(page -> {
                    long version = page.path("version").asLong();
                    JsonNode items = page.path("items");
                    items.forEach(HouseConsumer::requireRate);
                    return house.storeRates(pool, ksbId, items.toString())
                            .chain(() -> page.path("more").asBoolean()
                                    ? rates(owners, ksbId, before, version)
                                    : house.deleteRates(pool, ksbId, version, before)
                                            .chain(() -> house.forgetRates(pool, ksbId)));
                });
    }
}
