package uz.ksb.pos.simulator.erp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import uz.ksb.pos.simulator.fault.MethodFaults;
import uz.ksb.pos.simulator.http.Answer;
import uz.ksb.pos.simulator.http.Refused;
import uz.ksb.pos.simulator.shop.Reference;
import uz.ksb.pos.simulator.shop.Shop;
import uz.ksb.pos.simulator.shop.User;
import uz.ksb.pos.simulator.state.Device;
import uz.ksb.pos.simulator.state.RowType;
import uz.ksb.pos.simulator.state.SimulatorState;

/** The methods of the contract, by name. */
public final class ErpMethods {

    private static final BigDecimal CHANGE_OF_PRICE = new BigDecimal("100");

    @FunctionalInterface
    private interface Method {
        Answer answer(Call call, MethodFaults faults) throws IOException;
    }

    private record Known(HttpMethod verb, Method method) {}

    private final SimulatorState state;
    private final ObjectMapper json;
    private final String credentials;
    private final Map<String, Known> methods = new HashMap<>();

    /** @param user of HTTP Basic, with its password */
    public ErpMethods(SimulatorState state, ObjectMapper json, String user, String password) {
        this.state = state;
        this.json = json;
        this.credentials =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        get("ping", (call, faults) -> successfully());
        get("users", (call, faults) -> users(call.shop()));
        get("permission", this::permission);
        get("user_settings", (call, faults) -> userSettings(call.shop()));
        get("settings", (call, faults) -> settings(call.shop()));
        for (RowType type : RowType.values()) {
            get(type.wireName(), (call, faults) -> delta(call, type, faults));
        }
        post("remove", (call, faults) -> remove(call));
        post("recovery", (call, faults) -> recovery(call));
        SaleTaking taking = new SaleTaking(state);
        post(
                "create_sales",
                (call, faults) -> Answer.of(200, json, taking.take(call.device(), call.body(json), faults)));
        SaleChecking checking = new SaleChecking(state);
        post(
                "check_sales",
                (call, faults) -> Answer.of(200, json, checking.check(call.device(), call.body(json), json)));
        post("update_password", (call, faults) -> updatePassword(call));
    }

    private void get(String name, Method method) {
        methods.put(name, new Known(HttpMethod.GET, method));
    }

    private void post(String name, Method method) {
        methods.put(name, new Known(HttpMethod.POST, method));
    }

    public Set<String> names() {
        return Set.copyOf(methods.keySet());
    }

    /** Answers {@code {method}/ksb?text=pos&ksb_id=&device_id=}. */
    public Answer answer(RoutingContext request, MethodFaults faults) throws IOException {
        requireCredentials(request);
        Known known = methods.get(request.pathParam("method"));
        if (known == null) {
            throw new Refused(404, "There is no method " + request.pathParam("method"));
        }
        if (!known.verb().equals(request.request().method())) {
            throw new Refused(405, "This method is called by " + known.verb());
        }
        return known.method().answer(call(request), faults);
    }

    private void requireCredentials(RoutingContext request) {
        String given = request.request().getHeader("authorization");
        boolean right = given != null
                && (MessageDigest.isEqual(
                                credentials.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8))
                        || "ping".equals(request.pathParam("method")) && isUser(request, given));
        if (!right) {
            throw new Refused(401, "User or password are wrong");
        }
    }

    /** A user of the base may ask whether it is there: by that a login is checked. */
    private boolean isUser(RoutingContext request, String given) {
        String ksbId = request.request().getParam("ksb_id", "");
        if (!given.startsWith("Basic ") || state.shop(ksbId).isEmpty()) {
            return false;
        }
        String[] pair =
                new String(Base64.getMimeDecoder().decode(given.substring(6)), StandardCharsets.UTF_8).split(":", 2);
        return pair.length == 2 && state.hasPassword(ksbId, pair[0], pair[1]);
    }

    private Call call(RoutingContext request) {
        if (!"pos".equals(request.request().getParam("text"))) {
            throw new Refused(400, "text=pos is missing");
        }
        String ksbId = request.request().getParam("ksb_id", "");
        Shop shop = state.shop(ksbId).orElseThrow(() -> new Refused(404, "There is no enterprise " + ksbId));
        String deviceId = request.request().getParam("device_id", "");
        if (deviceId.isBlank()) {
            throw new Refused(400, "device_id is missing");
        }
        return new Call(shop, new Device(ksbId, deviceId), request);
    }

    private Answer successfully() {
        return Answer.of(200, json, Map.of("status", "successfully"));
    }

    private Answer permission(Call call, MethodFaults faults) {
        boolean granted =
                !faults.ordered().deniedDevices().contains(call.device().deviceId());
        return Answer.of(200, json, Map.of("status", granted ? "successfully" : "empty", "permission", granted));
    }

    private Answer users(Shop shop) {
        return Answer.streamed(json, out -> {
            out.writeObjectFieldStart("enterprise");
            out.writeStringField("ksb_id", shop.ksbId());
            out.writeStringField("name", shop.name());
            out.writeStringField("phone_number", shop.phone());
            out.writeStringField("currency", shop.currency());
            out.writeStringField("licence_until", shop.licenceUntil().toString());
            out.writeEndObject();
            out.writeArrayFieldStart("list_users");
            for (User user : state.users(shop.ksbId())) {
                out.writeStartObject();
                out.writeStringField("login", user.login());
                out.writeStringField("name", user.name());
                out.writeStringField("usertype", user.type());
                out.writeEndObject();
            }
            out.writeEndArray();
        });
    }

    private Answer userSettings(Shop shop) {
        return Answer.of(
                200,
                json,
                Map.of(
                        "users",
                        state.users(shop.ksbId()).stream()
                                .map(user -> userSettings(shop, user))
                                .toList()));
    }

    private static Map<String, Object> userSettings(Shop shop, User user) {
        Reference reference = shop.reference();
        Map<String, Object> settings = new HashMap<>();
        settings.put("user_id", user.id());
        settings.put("user_name", user.login());
        settings.put("usertype", user.type());
        settings.put("warehouse", withMain("warehouse", reference.warehouses()));
        settings.put("price_types", withMain("type", reference.priceTypes()));
        settings.put(
                "cash",
                reference.cashDesks().stream()
                        .map(desk -> Map.of("type", desk.type(), "cash", desk.id()))
                        .toList());
        settings.put("currency", shop.currency());
        settings.put("max_discount", user.maxDiscount());
        settings.put("change_price", user.changePrice());
        settings.put("view_buy", user.viewBuy());
        return settings;
    }

    private static List<Map<String, Object>> withMain(String field, List<Reference.Item> items) {
        return items.stream()
                .map(item -> Map.<String, Object>of(field, item.id(), "main", item.equals(items.getFirst())))
                .toList();
    }

    private Answer settings(Shop shop) {
        return Answer.of(
                200,
                json,
                Map.of(
                        "status",
                        "successfully",
                        "resend_minutes",
                        5,
                        "timeout_seconds",
                        30,
                        "receipt_header",
                        shop.name(),
                        "receipt_footer",
                        "Xaridingiz uchun rahmat!",
                        "receipt_width",
                        80,
                        "scan_raises_line",
                        true,
                        "ask_quantity",
                        false));
    }

    private Answer delta(Call call, RowType type, MethodFaults faults) {
        String ksbId = call.device().ksbId();
        BitSet places = state.offered(call.device(), type);
        Answer delta = Answer.streamed(
                json,
                new Delta(
                        call.shop(),
                        type,
                        IntStream.concat(places.stream(), places.stream().limit(faults.rowsTwice()))
                                .toArray(),
                        state.rates(ksbId),
                        place -> state.product(ksbId, place),
                        place -> state.customer(ksbId, place),
                        faults.indexesOutOfRange()));
        int changes = faults.changesBetweenReadAndRemove();
        return type == RowType.PRODUCT ? delta.then(() -> changeFirst(ksbId, places, changes)) : delta;
    }

    private void changeFirst(String ksbId, BitSet places, int count) {
        places.stream()
                .limit(count)
                .mapToObj(place -> state.product(ksbId, place).id())
                .forEach(id ->
                        state.change(ksbId, id, before -> before.orElseThrow().dearerBy(CHANGE_OF_PRICE)));
    }

    private Answer remove(Call call) throws IOException {
        Map<RowType, List<String>> ids = new EnumMap<>(RowType.class);
        JsonNode removed = call.body(json).path("removed_items");
        if (!removed.isArray()) {
            throw new Refused(400, "removed_items must be an array");
        }
        for (JsonNode rows : removed) {
            String object = rows.path("object").asText();
            RowType type = RowType.of(object).orElseThrow(() -> new Refused(400, "There is no object " + object));
            List<String> some = ids.computeIfAbsent(type, none -> new ArrayList<>());
            rows.path("id").forEach(id -> some.add(id.asText()));
        }
        state.confirm(call.device(), ids);
        return successfully();
    }

    private Answer recovery(Call call) throws IOException {
        call.body(json);
        state.recover(call.device());
        return successfully();
    }

    private Answer updatePassword(Call call) throws IOException {
        JsonNode body = call.body(json);
        boolean changed = state.changePassword(
                call.device().ksbId(),
                body.path("user_name").asText(),
                body.path("old").asText(),
                body.path("new").asText());
        return changed
                ? successfully()
                : Answer.of(200, json, Map.of("status", "error", "message", "Неверный пользователь или пароль"));
    }
}
