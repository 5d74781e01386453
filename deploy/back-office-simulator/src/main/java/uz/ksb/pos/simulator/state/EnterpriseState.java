package uz.ksb.pos.simulator.state;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import uz.ksb.pos.simulator.shop.Customer;
import uz.ksb.pos.simulator.shop.Product;
import uz.ksb.pos.simulator.shop.Reference;
import uz.ksb.pos.simulator.shop.Shop;
import uz.ksb.pos.simulator.shop.User;

/**
 * One enterprise's 1C base as it is now: the shop, what was changed in it, and what each device has yet to confirm.
 *
 * <p>Rows are known by their place, from 0. Changed by the state's thread only; products and customers may be read by any.
 */
final class EnterpriseState {

    private final Shop shop;
    private final Map<RowType, Map<String, Integer>> fixedPlaces = new EnumMap<>(RowType.class);
    private final Map<Integer, Product> changed = new ConcurrentHashMap<>();
    private final Map<Integer, Customer> changedCustomers = new ConcurrentHashMap<>();
    private final Map<String, BigDecimal> rates = new ConcurrentHashMap<>();
    private final Map<String, Integer> added = new ConcurrentHashMap<>();
    private final Map<String, Map<RowType, BitSet>> offers = new HashMap<>();
    private final Map<RowType, BitSet> confirmed = new EnumMap<>(RowType.class);
    private final List<User> users;
    final Map<String, StoredSale> sales = new LinkedHashMap<>();
    final Map<String, Integer> repeated = new LinkedHashMap<>();
    final Map<String, Integer> refused = new LinkedHashMap<>();
    final Map<String, String> passwordHashes = new HashMap<>();

    record StoredSale(Journal.Place place, boolean processed) {}

    EnterpriseState(Shop shop) {
        this.shop = shop;
        this.users = new CopyOnWriteArrayList<>(shop.users());
        Reference reference = shop.reference();
        fix(RowType.CLIENT, shop.customers().stream().map(Customer::id).toList());
        fix(
                RowType.CASH,
                reference.cashDesks().stream().map(Reference.CashDesk::id).toList());
        fix(
                RowType.CURRENCY,
                reference.currencies().stream().map(Reference.Currency::id).toList());
        fix(RowType.SYMBOL, ids(reference.units()));
        fix(RowType.WAREHOUSE, ids(reference.warehouses()));
        fix(RowType.PRICE_TYPE, ids(reference.priceTypes()));
        for (RowType type : RowType.values()) {
            confirmed.put(type, new BitSet());
        }
    }

    private static List<String> ids(List<Reference.Item> items) {
        return items.stream().map(Reference.Item::id).toList();
    }

    private void fix(RowType type, List<String> ids) {
        Map<String, Integer> places = HashMap.newHashMap(ids.size());
        IntStream.range(0, ids.size()).forEach(place -> places.put(ids.get(place), place));
        fixedPlaces.put(type, places);
    }

    Shop shop() {
        return shop;
    }

    List<User> users() {
        return users;
    }

    /** @param first of users who have not changed theirs */
    boolean isPassword(String login, String password, String first) {
        String ksbId = shop.ksbId();
        String now = passwordHashes.getOrDefault(login, PasswordHash.of(ksbId, login, first));
        return users.stream().anyMatch(user -> user.login().equals(login))
                && now.equals(PasswordHash.of(ksbId, login, password));
    }

    int size(RowType type) {
        return type == RowType.PRODUCT
                ? shop.products().size() + added.size()
                : fixedPlaces.get(type).size();
    }

    OptionalInt placeOf(RowType type, String id) {
        OptionalInt original = type == RowType.PRODUCT ? shop.products().placeOf(id) : OptionalInt.empty();
        Integer place =
                type == RowType.PRODUCT ? added.get(id) : fixedPlaces.get(type).get(id);
        return original.isPresent() || place == null ? original : OptionalInt.of(place);
    }

    Product product(int place) {
        Product now = changed.get(place);
        return now == null ? shop.products().at(place) : now;
    }

    Customer customer(int place) {
        Customer now = changedCustomers.get(place);
        return now == null ? shop.customers().get(place) : now;
    }

    /** By currency. */
    Map<String, BigDecimal> rates() {
        return shop.reference().currencies().stream()
                .collect(Collectors.toMap(Reference.Currency::id, this::rate, (one, same) -> one, TreeMap::new));
    }

    private BigDecimal rate(Reference.Currency currency) {
        return rates.getOrDefault(currency.id(), currency.rate());
    }

    /** The places that {@code deviceId} has yet to confirm: all, for a device that was never seen. */
    BitSet offered(String deviceId, RowType type) {
        return (BitSet) offersOf(deviceId).get(type).clone();
    }

    private Map<RowType, BitSet> offersOf(String deviceId) {
        return offers.computeIfAbsent(deviceId, unseen -> everything());
    }

    private Map<RowType, BitSet> everything() {
        Map<RowType, BitSet> all = new EnumMap<>(RowType.class);
        for (RowType type : RowType.values()) {
            BitSet places = new BitSet();
            places.set(0, size(type));
            all.put(type, places);
        }
        return all;
    }

    Map<String, Map<RowType, Integer>> openOffers() {
        Map<String, Map<RowType, Integer>> counts = new LinkedHashMap<>();
        offers.forEach((device, places) -> {
            Map<RowType, Integer> ofDevice = new EnumMap<>(RowType.class);
            places.forEach((type, open) -> ofDevice.put(type, open.cardinality()));
            counts.put(device, ofDevice);
        });
        return counts;
    }

    int confirmed(RowType type) {
        return confirmed.get(type).cardinality();
    }

    void apply(Entry.OfEnterprise entry, Journal.Place place) {
        switch (entry) {
            case Entry.SaleStored sale -> store(sale, place);
            case Entry.SaleRepeated sale -> repeated.merge(sale.document(), 1, Integer::sum);
            case Entry.SaleRefused sale -> refused.merge(sale.document(), 1, Integer::sum);
            case Entry.SaleDeleted sale -> delete(sale);
            case Entry.RowsConfirmed rows -> rows.rows().forEach(some -> confirm(rows.deviceId(), some));
            case Entry.RecoveryAsked recovery -> offers.put(recovery.deviceId(), everything());
            case Entry.ProductChanged change -> change(change.product());
            case Entry.RateChanged change -> changeRate(change);
            case Entry.UserAdded added -> users.add(added.user());
            case Entry.PasswordChanged change -> passwordHashes.put(change.login(), change.passwordHash());
        }
    }

    private void store(Entry.SaleStored stored, Journal.Place place) {
        sales.put(stored.document(), new StoredSale(place, stored.processed()));
        if (stored.processed()) {
            move(movements(stored.sale()));
        }
    }

    private void delete(Entry.SaleDeleted deleted) {
        StoredSale stored = sales.remove(deleted.document());
        if (stored != null && stored.processed()) {
            move(movements(deleted.sale()).reversed());
        }
    }

    private void move(Movements movements) {
        movements.goods().forEach(this::takeFromStock);
        if (movements.owed().signum() != 0) {
            placeOf(RowType.CLIENT, movements.client()).ifPresent(client -> {
                changedCustomers.put(client, customer(client).owingMore(movements.currency(), movements.owed()));
                offerAgain(RowType.CLIENT, client);
            });
        }
    }

    /** @throws NumberFormatException if the document cannot be read; such a one must not be stored */
    Movements movements(JsonNode sale) {
        return Movements.of(sale, rates());
    }

    /** Goods that this base does not know, or of a warehouse it does not know, move nothing. */
    private void takeFromStock(Movements.Goods goods) {
        if (placeOf(RowType.WAREHOUSE, goods.warehouse()).isPresent()) {
            placeOf(RowType.PRODUCT, goods.product())
                    .ifPresent(place -> change(product(place)
                            .moved(goods.warehouse(), goods.quantity().negate())));
        }
    }

    private void confirm(String deviceId, Entry.Rows rows) {
        BitSet open = offersOf(deviceId).get(rows.type());
        for (String id : rows.ids()) {
            placeOf(rows.type(), id).ifPresent(place -> {
                open.clear(place);
                confirmed.get(rows.type()).set(place);
            });
        }
    }

    private void change(Product product) {
        int place = placeOf(RowType.PRODUCT, product.id()).orElseGet(() -> size(RowType.PRODUCT));
        changed.put(place, product);
        if (place >= shop.products().size()) {
            added.put(product.id(), place);
        }
        offerAgain(RowType.PRODUCT, place);
    }

    private void changeRate(Entry.RateChanged change) {
        placeOf(RowType.CURRENCY, change.currency()).ifPresent(place -> {
            rates.put(change.currency(), change.rate());
            offerAgain(RowType.CURRENCY, place);
        });
    }

    private void offerAgain(RowType type, int place) {
        offers.values().forEach(open -> open.get(type).set(place));
    }
}
