package uz.ksb.pos.simulator.inspection;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import uz.ksb.pos.simulator.http.Answer;
import uz.ksb.pos.simulator.http.Refused;
import uz.ksb.pos.simulator.push.Push;
import uz.ksb.pos.simulator.shop.Product;
import uz.ksb.pos.simulator.shop.Shop;
import uz.ksb.pos.simulator.shop.User;
import uz.ksb.pos.simulator.state.SimulatorState;

/** Shows the shops as they are now, and takes orders to change them. */
public final class ShopInspection {

    private final SimulatorState state;
    private final Push push;
    private final ObjectMapper json;

    public ShopInspection(SimulatorState state, Push push, ObjectMapper json) {
        this.state = state;
        this.push = push;
        this.json = json;
    }

    private record Enterprise(
            String ksbId, String name, String currency, Map<String, BigDecimal> rates, int products, int customers) {}

    private record RateOrder(String ksbId, String currency, BigDecimal rate, boolean push) {}

    /** A user that an enterprise has from now on, with the first password unless another is given. */
    private record NewUser(String ksbId, String login, String name, String type, String password) {}

    public Answer enterprises() {
        List<Enterprise> all =
                state.enterprises().stream().map(this::enterprise).toList();
        return Answer.of(200, json, Map.of("enterprises", all));
    }

    private Enterprise enterprise(Shop shop) {
        String ksbId = shop.ksbId();
        return new Enterprise(
                ksbId,
                shop.name(),
                shop.currency(),
                state.rates(ksbId),
                state.products(ksbId),
                shop.customers().size());
    }

    /** {@code ?search=} finds in names, articles, ids and barcodes; {@code ?limit=} shows at most so many. */
    public Answer products(RoutingContext request) {
        String ksbId = shop(request.request().getParam("ksb_id", "")).ksbId();
        String search = request.request().getParam("search", "").toLowerCase(Locale.ROOT);
        List<Product> found = IntStream.range(0, state.products(ksbId))
                .mapToObj(place -> state.product(ksbId, place))
                .filter(product -> search.isEmpty() || isFound(product, search))
                .limit(RequestBody.limit(request))
                .toList();
        return Answer.of(200, json, Map.of("count", state.products(ksbId), "products", found));
    }

    private static boolean isFound(Product product, String search) {
        return product.name().toLowerCase(Locale.ROOT).contains(search)
                || product.article().toLowerCase(Locale.ROOT).contains(search)
                || product.id().equals(search)
                || product.barcodes().contains(search);
    }

    /** With {@code push} the ERP sends the product at once; the next delta carries it in any case. */
    public Answer changeProduct(RoutingContext request) throws IOException {
        ProductOrder order = RequestBody.of(request, json, ProductOrder.class);
        if (order.id() == null) {
            throw new Refused(400, "id is missing");
        }
        Shop shop = shop(order.ksbId());
        Product changed = state.change(shop.ksbId(), order.id(), before -> order.applyTo(before, shop));
        if (order.push()) {
            push.product(shop.ksbId(), changed);
        }
        return Answer.of(200, json, changed);
    }

    /** The same for the rate of a currency that the enterprise has. */
    public Answer changeRate(RoutingContext request) throws IOException {
        RateOrder order = RequestBody.of(request, json, RateOrder.class);
        Shop shop = shop(order.ksbId());
        boolean known = shop.reference().currencies().stream()
                .anyMatch(currency -> currency.id().equals(order.currency()));
        if (!known || order.currency().equals(shop.currency())) {
            throw new Refused(400, "currency is missing, unknown in this enterprise, or its main one");
        }
        if (order.rate() == null || order.rate().signum() <= 0) {
            throw new Refused(400, "rate is missing or not above zero");
        }
        state.changeRate(shop.ksbId(), order.currency(), order.rate());
        if (order.push()) {
            push.rate(shop.ksbId(), order.currency(), order.rate());
        }
        return Answer.of(200, json, state.rates(shop.ksbId()));
    }

    public Answer addUser(RoutingContext request) {
        NewUser order = RequestBody.of(request, json, NewUser.class);
        if (order.login() == null) {
            throw new Refused(400, "login is missing");
        }
        User user = new User(order.login(), order.login(), order.name(), order.type(), 0, false, false);
        state.addUser(shop(order.ksbId()).ksbId(), user, order.password());
        return Answer.of(200, json, user);
    }

    private Shop shop(String ksbId) {
        return state.shop(Objects.toString(ksbId, ""))
                .orElseThrow(() -> new Refused(404, "There is no enterprise " + ksbId));
    }
}
