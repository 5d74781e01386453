package uz.ksb.pos.sync.backoffice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import uz.ksb.pos.platform.ksbmerp.BackOfficeFailure;
import uz.ksb.pos.platform.ksbmerp.BackOfficeFailure.Reason;
import uz.ksb.pos.platform.ksbmerp.Vocabulary;

/**
 * KSB-MERP's enterprise, users and settings in our words. They are no deltas: all of them come every time, nothing is
 * confirmed, and what is left out is not spoken of.
 */
final class KsbMerpSettings {
    private static final Pattern PHONES = Pattern.compile("[,;/]");
    private static final Predicate<String> IS_PHONE =
            Pattern.compile("[+0-9 ()-]{3,30}").asMatchPredicate();
    private static final int MAX_PHONES = 10;
    private static final LocalDate NO_DATE = LocalDate.of(1, 1, 1);
    private static final int DAY_LENGTH = 10;

    /** @throws BackOfficeFailure unless the device is admitted */
    void mustBeAdmitted(JsonNode permission) {
        if (!permission.path("permission").asBoolean()) {
            throw new BackOfficeFailure(Reason.NOT_ADMITTED, "the back office does not admit this device");
        }
    }

    /** The row of the method {@code users}. */
    List<JsonNode> enterprise(String ksbId, JsonNode users, long version) {
        JsonNode given = users.path("enterprise");
        if (!given.isObject()) {
            throw new BackOfficeFailure(Reason.INCOMPLETE, "the answer to users is not complete");
        }
        ObjectNode row = JsonNodeFactory.instance.objectNode().put("id", ksbId).put("version", version);
        text(row, "name", given.path("name"));
        day(given.path("licence_until").asText("")).ifPresent(day -> row.put("licenceUntil", day));
        // One that is no number does not keep name and licence away.
        List<String> phones = PHONES.splitAsStream(given.path("phone_number").asText(""))
                .map(String::strip)
                .filter(IS_PHONE)
                .limit(MAX_PHONES)
                .toList();
        if (!phones.isEmpty()) {
            phones.forEach(row.putArray("phones")::add);
        }
        return List.of(row);
    }

    /** A row for each user of {@code users} and {@code user_settings}, and one for the device. */
    List<JsonNode> settings(String deviceId, JsonNode users, JsonNode userSettings, JsonNode device, long version) {
        if (!users.path("list_users").isArray() || !userSettings.path("users").isArray()) {
            throw new BackOfficeFailure(Reason.INCOMPLETE, "the answer to users or user_settings is not complete");
        }
        Map<String, ObjectNode> byLogin = new LinkedHashMap<>();
        for (JsonNode user : users.path("list_users")) {
            var unused = person(byLogin, user.path("login"), user, version);
        }
        userSettings.path("users").forEach(user -> person(byLogin, user.path("user_name"), user, version)
                .set("settings", userSettings(user)));
        List<JsonNode> rows = new ArrayList<>(byLogin.values());
        ObjectNode deviceSettings = deviceSettings(device);
        if (!deviceSettings.isEmpty()) {
            rows.add(JsonNodeFactory.instance
                    .objectNode()
                    .put("kind", "device")
                    .put("id", deviceId)
                    .put("version", version)
                    .set("settings", deviceSettings));
        }
        return rows;
    }

    private ObjectNode person(Map<String, ObjectNode> byLogin, JsonNode login, JsonNode given, long version) {
        ObjectNode row = byLogin.computeIfAbsent(
                login.asText("").strip().toLowerCase(Locale.ROOT), key -> JsonNodeFactory.instance
                        .objectNode()
                        .put("kind", "user")
                        .put("id", login.asText("").strip())
                        .put("version", version));
        text(row, "name", given.path("name"));
        if (given.hasNonNull("usertype")) {
            row.put("role", Vocabulary.role(given.path("usertype").asText("")).name());
        }
        return row;
    }

    private ObjectNode userSettings(JsonNode user) {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        text(settings, "currency", user.path("currency"));
        choices(settings, "warehouses", user.path("warehouse"), "warehouse");
        choices(settings, "priceTypes", user.path("price_types"), "type");
        if (user.path("cash").isArray()) {
            ArrayNode desks = settings.putArray("cashDesks");
            user.path("cash").forEach(desk -> desks.addObject()
                    .put("kind", Vocabulary.payment(desk.path("type").asText("")))
                    .put("id", desk.path("cash").asText("")));
        }
        if (user.hasNonNull("max_discount")) {
            settings.put("maxDiscountPercent", KsbMerpRows.decimal(user.path("max_discount")));
        }
        flag(settings, "mayChangePrice", user.path("change_price"));
        flag(settings, "maySeePurchasePrice", user.path("view_buy"));
        return settings;
    }

    private static void choices(ObjectNode into, String field, JsonNode given, String idField) {
        if (given.isArray()) {
            ArrayNode choices = into.putArray(field);
            given.forEach(one -> choices.addObject()
                    .put("id", one.path(idField).asText(""))
                    .put("main", one.path("main").asBoolean()));
        }
    }

    private ObjectNode deviceSettings(JsonNode given) {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        if (given.hasNonNull("resend_minutes")) {
            settings.put("resendSeconds", given.path("resend_minutes").asInt() * 60);
        }
        if (given.hasNonNull("timeout_seconds")) {
            settings.put("timeoutSeconds", given.path("timeout_seconds").asInt());
        }
        if (given.hasNonNull("receipt_header")) {
            settings.put("receiptHeader", given.path("receipt_header").asText(""));
        }
        if (given.hasNonNull("receipt_footer")) {
            settings.put("receiptFooter", given.path("receipt_footer").asText(""));
        }
        if (given.hasNonNull("receipt_width")) {
            settings.put("receiptWidth", "MM" + given.path("receipt_width").asText(""));
        }
        if (given.hasNonNull("scan_raises_line")) {
            settings.put("scan", given.path("scan_raises_line").asBoolean() ? "RAISES_LINE" : "ADDS_LINE");
        }
        flag(settings, "askQuantity", given.path("ask_quantity"));
        return settings;
    }

    private static void text(ObjectNode row, String field, JsonNode value) {
        if (!value.asText("").isBlank()) {
            row.put(field, value.asText("").strip());
        }
    }

    /** The day of a date or time; none where 1C's empty date stands, or no date at all. */
    private static Optional<String> day(String date) {
        try {
            String day = date.strip().split("[T ]", 2)[0];
            boolean isDay = day.length() == DAY_LENGTH && LocalDate.parse(day).isAfter(NO_DATE);
            return isDay ? Optional.of(day) : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static void flag(ObjectNode row, String field, JsonNode value) {
        if (value.isBoolean()) {
            row.put(field, value.asBoolean());
        }
    }
}
