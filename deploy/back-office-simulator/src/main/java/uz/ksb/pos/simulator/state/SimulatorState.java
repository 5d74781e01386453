package uz.ksb.pos.simulator.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.function.Supplier;
import uz.ksb.pos.simulator.shop.Customer;
import uz.ksb.pos.simulator.shop.Product;
import uz.ksb.pos.simulator.shop.Shop;
import uz.ksb.pos.simulator.shop.User;

/** The memory of the simulator; each call comes back when what it did is on the disk. */
public final class SimulatorState implements AutoCloseable {

    private final ObjectMapper json;
    private final Clock clock;
    private final Collection<Shop> shops;
    private final boolean anyEnterprise;
    private final String firstPassword;
    private final Journal journal;
    private final JournalThread thread;
    private volatile Map<String, EnterpriseState> enterprises;
    private List<Entry.CrmRequest> crmRequests;
    private List<StateView.Confirmation> confirmations;

    /**
     * Opens the journal in {@code folder} and recalls what it tells.
     *
     * @param anyEnterprise whether every other KSB-ID has an empty shop
     * @param firstPassword of every user, until it is changed
     * @throws IOException if the folder cannot be used, or another simulator uses it
     */
    public SimulatorState(
            Path folder,
            Collection<Shop> shops,
            boolean anyEnterprise,
            String firstPassword,
            Clock clock,
            ObjectMapper json)
            throws IOException {
        this.json = json;
        this.clock = clock;
        this.shops = List.copyOf(shops);
        this.anyEnterprise = anyEnterprise;
        this.firstPassword = firstPassword;
        forget();
        journal = new Journal(
                folder.resolve("journal.ndjson"), (line, place) -> apply(json.readValue(line, Entry.class), place));
        thread = new JournalThread(journal);
    }

    private void forget() {
        Map<String, EnterpriseState> fresh = new ConcurrentSkipListMap<>();
        shops.forEach(shop -> fresh.put(shop.ksbId(), new EnterpriseState(shop)));
        enterprises = fresh;
        crmRequests = new ArrayList<>();
        confirmations = new ArrayList<>();
    }

    /** Those that are known by now. */
    public List<Shop> enterprises() {
        return enterprises.values().stream().map(EnterpriseState::shop).toList();
    }

    public Optional<Shop> shop(String ksbId) {
        return Optional.ofNullable(find(ksbId)).map(EnterpriseState::shop);
    }

    /** The places of the rows that this device has yet to confirm. */
    public BitSet offered(Device device, RowType type) {
        return ask(() -> base(device.ksbId()).offered(device.deviceId(), type));
    }

    /** For a place that {@link #offered} told; may be called often and does not wait. */
    public Product product(String ksbId, int place) {
        return base(ksbId).product(place);
    }

    /** The same for customers. */
    public Customer customer(String ksbId, int place) {
        return base(ksbId).customer(place);
    }

    /** Unknown ids confirm nothing. */
    public void confirm(Device device, Map<RowType, List<String>> ids) {
        List<Entry.Rows> rows = new ArrayList<>();
        ids.forEach((type, some) -> rows.add(new Entry.Rows(type, some)));
        ask(() -> record(new Entry.RowsConfirmed(device.ksbId(), device.deviceId(), clock.instant(), rows)));
    }

    /** Offers everything to this device again. */
    public void recover(Device device) {
        ask(() -> record(new Entry.RecoveryAsked(device.ksbId(), device.deviceId(), clock.instant())));
    }

    /** Keeps the document, once; a repeated one is answered like the first time. */
    public SaleAnswer take(Device device, String document, JsonNode sale, Verdict verdict) {
        return ask(() -> taken(device, document, sale, verdict));
    }

    private SaleAnswer taken(Device device, String document, JsonNode sale, Verdict verdict) {
        EnterpriseState.StoredSale known = base(device.ksbId()).sales.get(document);
        if (known != null) {
            record(new Entry.SaleRepeated(device.ksbId(), device.deviceId(), clock.instant(), document));
            return verdict.refuseRepeated()
                    ? new SaleAnswer(document, false, false, "Документ уже существует")
                    : new SaleAnswer(document, true, known.processed(), "");
        }
        if (verdict.refuse()) {
            record(new Entry.SaleRefused(device.ksbId(), device.deviceId(), clock.instant(), document));
            return new SaleAnswer(document, false, false, "Документ не принят: недостаточно прав");
        }
        try {
            base(device.ksbId()).movements(sale);
        } catch (NumberFormatException e) {
            return new SaleAnswer(document, false, false, "Документ не прочитан: сумма или количество не число");
        }
        record(new Entry.SaleStored(
                device.ksbId(), device.deviceId(), clock.instant(), document, verdict.process(), sale));
        return new SaleAnswer(document, true, verdict.process(), "");
    }

    /**
     * Deletes the document as a person does in 1C: what it moved is moved back, and the same document is a new one again.
     *
     * @param ksbId empty: in every enterprise
     * @return in how many enterprises it was
     */
    public int delete(String ksbId, String document) throws IOException {
        int deleted = 0;
        for (StateView.OfEnterprise of : view(ksbId).enterprises()) {
            for (StateView.StoredSale sale : of.sales()) {
                if (sale.document().equals(document)) {
                    JsonNode stored = json.readTree(sale(sale)).path("sale");
                    deleted += ask(() -> base(of.ksbId()).sales.containsKey(document)
                                    && record(new Entry.SaleDeleted(of.ksbId(), clock.instant(), document, stored)))
                            ? 1
                            : 0;
                }
            }
        }
        return deleted;
    }

    /** Changes a product, or adds one; the next delta of every device carries it. */
    public Product change(String ksbId, String productId, Function<Optional<Product>, Product> change) {
        return ask(() -> {
            EnterpriseState base = base(ksbId);
            Optional<Product> before = base.placeOf(RowType.PRODUCT, productId).stream()
                    .mapToObj(base::product)
                    .findFirst();
            Product after = change.apply(before);
            record(new Entry.ProductChanged(ksbId, clock.instant(), after));
            return after;
        });
    }

    /** Changes the rate of a currency that the enterprise has; the next delta of every device carries it. */
    public void changeRate(String ksbId, String currency, BigDecimal rate) {
        ask(() -> record(new Entry.RateChanged(ksbId, clock.instant(), currency, rate)));
    }

    /** Units of the main currency for one of each currency. */
    public Map<String, BigDecimal> rates(String ksbId) {
        return base(ksbId).rates();
    }

    /** How many products there are; their places are those below it. */
    public int products(String ksbId) {
        return base(ksbId).size(RowType.PRODUCT);
    }

    public List<User> users(String ksbId) {
        return base(ksbId).users();
    }

    /** @param password null: the first one of every user */
    public void addUser(String ksbId, User user, String password) {
        ask(() -> {
            record(new Entry.UserAdded(ksbId, clock.instant(), user));
            String hash = PasswordHash.of(ksbId, user.login(), password == null ? firstPassword : password);
            return record(new Entry.PasswordChanged(ksbId, clock.instant(), user.login(), hash));
        });
    }

    /** Whether this is the password of a user of the enterprise. */
    public boolean hasPassword(String ksbId, String login, String password) {
        return ask(() -> base(ksbId).isPassword(login, password, firstPassword));
    }

    /** Whether {@code old} was the user's password, which is then the new one. */
    public boolean changePassword(String ksbId, String login, String old, String next) {
        return ask(() -> {
            boolean right = base(ksbId).isPassword(login, old, firstPassword);
            if (right) {
                record(new Entry.PasswordChanged(ksbId, clock.instant(), login, PasswordHash.of(ksbId, login, next)));
            }
            return right;
        });
    }

    /** @param refusal why the request is not accepted, empty when it is */
    public void crmAsked(String webhookId, String ksbId, Optional<String> refusal, JsonNode event) {
        ask(() -> record(new Entry.CrmRequest(webhookId, ksbId, clock.instant(), refusal.orElse(null), event)));
    }

    /** Forgets everything, on the disk too. */
    public void reset() {
        ask(() -> {
            try {
                journal.clear();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            forget();
            return true;
        });
    }

    /** The state of the enterprise, or of all when it is empty. */
    public StateView view(String ksbId) {
        return ask(() -> new StateView(
                enterprises.values().stream()
                        .filter(base -> ksbId.isEmpty() || base.shop().ksbId().equals(ksbId))
                        .map(StateView.OfEnterprise::of)
                        .toList(),
                confirmations.stream()
                        .filter(told -> ksbId.isEmpty() || told.ksbId().equals(ksbId))
                        .toList(),
                crmRequests.stream()
                        .filter(request -> ksbId.isEmpty() || Objects.equals(request.ksbId(), ksbId))
                        .map(StateView.CrmRequest::of)
                        .toList()));
    }

    /** The journal's line of a sale, as JSON. */
    public byte[] sale(StateView.StoredSale sale) throws IOException {
        return journal.read(sale.place());
    }

    private EnterpriseState find(String ksbId) {
        return anyEnterprise && !ksbId.isBlank()
                ? enterprises.computeIfAbsent(ksbId, unseen -> new EnterpriseState(Shop.empty(unseen)))
                : enterprises.get(ksbId);
    }

    private EnterpriseState base(String ksbId) {
        EnterpriseState base = find(ksbId);
        if (base == null) {
            throw new IllegalArgumentException("no enterprise " + ksbId);
        }
        return base;
    }

    private boolean record(Entry entry) {
        try {
            apply(entry, journal.append(json.writeValueAsString(entry).getBytes(StandardCharsets.UTF_8)));
            return true;
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void apply(Entry entry, Journal.Place place) {
        switch (entry) {
            case Entry.CrmRequest request -> crmRequests.add(request);
            case Entry.OfEnterprise ofEnterprise -> {
                if (ofEnterprise instanceof Entry.RowsConfirmed rows) {
                    confirmations.add(StateView.Confirmation.of(rows));
                }
                base(ofEnterprise.ksbId()).apply(ofEnterprise, place);
            }
        }
    }

    private <T> T ask(Supplier<T> question) {
        return thread.ask(question);
    }

    @Override
    public void close() throws IOException {
        thread.close();
        journal.close();
    }
}
