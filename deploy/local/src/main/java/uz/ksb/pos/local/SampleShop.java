package uz.ksb.pos.local;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A small grocery: 300 products, the same at each start, with Uzbek and Russian names.
 *
 * <p>Goods by weight have a five-digit article, which stands in the code of the scales' labels.
 */
public final class SampleShop {

    private record Group(String unit, int cheapest, List<String> names, List<String> sorts) {}

    private static final int PER_GROUP = 30;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final List<Group> GROUPS = List.of(
            new Group(
                    "kg",
                    6_000,
                    List.of("Olma", "Pomidor", "Bodring", "Kartoshka", "Sabzi", "Piyoz"),
                    List.of("mahalliy", "1-nav", "2-nav", "qizil", "issiqxona")),
            new Group(
                    "kg",
                    45_000,
                    List.of("Mol go'shti", "Qo'y go'shti", "Tovuq filesi", "Kolbasa «Докторская»", "Сосиски", "Qazi"),
                    List.of("yangi", "sovutilgan", "muzlatilgan", "premium", "qiyma")),
            new Group(
                    "kg",
                    9_000,
                    List.of("Guruch «Lazer»", "Guruch «Devzira»", "No'xat", "Mosh", "Гречка", "Shakar"),
                    List.of("1-nav", "oliy nav", "Xorazm", "Toshkent", "qop")),
            new Group(
                    "litr",
                    9_500,
                    List.of("Sut", "Kefir", "Ряженка", "Ayron", "Qatiq", "Сливки"),
                    List.of("1%", "2,5%", "3,2%", "«Nestle»", "«Musaffo»")),
            new Group(
                    "litr",
                    8_000,
                    List.of("Paxta yog'i", "Kungaboqar yog'i", "Сок яблочный", "Sharbat anor", "Kvas", "Suv gazsiz"),
                    List.of("0,5 l", "1 l", "1,5 l", "2 l", "5 l")),
            new Group(
                    "dona",
                    3_000,
                    List.of("Non «Buxanka»", "Patir", "Somsa", "Лаваш", "Bulochka", "Батон «Нарезной»"),
                    List.of("kichik", "o'rta", "katta", "kunjutli", "issiq")),
            new Group(
                    "dona",
                    5_500,
                    List.of(
                            "Shokolad «Alpen Gold»",
                            "Печенье «Юбилейное»",
                            "Halva",
                            "Konfet «Мишка»",
                            "Vafli",
                            "Saqich"),
                    List.of("50 g", "90 g", "200 g", "300 g", "1 kg")),
            new Group(
                    "dona",
                    12_000,
                    List.of("Choy ko'k №95", "Choy qora", "Кофе «Nescafe»", "Kakao", "Sirop", "Limonad"),
                    List.of("50 g", "100 g", "250 g", "500 g", "sovg'a")),
            new Group(
                    "dona",
                    7_000,
                    List.of("Sovun", "Шампунь", "Tish pastasi", "Kir kukuni", "Салфетки", "Idish yuvish vositasi"),
                    List.of("mini", "100 ml", "250 ml", "500 ml", "1 l")),
            new Group(
                    "dona",
                    2_500,
                    List.of("Daftar", "Ручка шариковая", "Gugurt", "Batareyka AA", "Лампочка LED", "Paket"),
                    List.of("1 dona", "2 dona", "5 dona", "10 dona", "to'plam")));

    /** The products, as {@code POST /api/product-updates} takes them. */
    public JsonArray products() {
        List<JsonObject> products = new ArrayList<>();
        for (Group group : GROUPS) {
            for (int place = 0; place < PER_GROUP; place++) {
                products.add(product(products.size() + 1, group, place));
            }
        }
        return new JsonArray(products);
    }

    private static JsonObject product(int number, Group group, int place) {
        String name = group.names().get(place / group.sorts().size()) + " "
                + group.sorts().get(place % group.sorts().size());
        int retail = group.cheapest() + number * 731 % 97 * 250;
        boolean weighed = group.unit().equals("kg");
        return new JsonObject()
                .put("id", "%08d-5a0b-4000-8000-000000000000".formatted(number))
                .put("version", 1)
                .put("name", name)
                .put("article", weighed ? "%05d".formatted(number) : "A-%05d".formatted(number))
                .put("unit", group.unit())
                .put("currency", "UZS")
                .put(
                        "barcodes",
                        new JsonArray().add(ean13((weighed ? "20%05d00000" : "4780017%05d").formatted(number))))
                .put("boxQuantity", weighed ? "1" : "12")
                .put("prices", new JsonArray().add(price("chakana", retail)).add(price("ulgurji", retail * 9 / 10)))
                .put(
                        "stock",
                        new JsonArray()
                                .add(stock("asosiy", 40 + number * 37 % 160))
                                .add(stock("ombor-2", 200 + number * 53 % 800)));
    }

    private static JsonObject price(String type, int som) {
        return new JsonObject().put("priceType", type).put("price", som + ".00").put("currency", "UZS");
    }

    private static JsonObject stock(String warehouse, int quantity) {
        return new JsonObject().put("warehouse", warehouse).put("quantity", quantity + ".000");
    }

    /** Twelve digits and their check digit. */
    static String ean13(String digits) {
        int sum = 0;
        for (int place = 0; place < digits.length(); place++) {
            sum += (digits.charAt(place) - '0') * (place % 2 == 0 ? 1 : 3);
        }
        return digits + (10 - sum % 10) % 10;
    }

    /**
     * Sends the products as the enterprise's technical client; a repetition changes nothing.
     *
     * @return what went wrong, for people; empty when all is well
     */
    public Optional<String> loadThrough(String origin, String ksbId, String password) throws InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> token = http.send(tokenRequest(origin, ksbId, password), BodyHandlers.ofString());
            if (token.statusCode() != 200) {
                return Optional.of("no token for " + ksbId + "-backoffice (" + token.statusCode() + ")");
            }
            String bearer = new JsonObject(token.body()).getString("access_token");
            HttpResponse<String> answer = http.send(updateRequest(origin, bearer), BodyHandlers.ofString());
            return rejection(answer);
        } catch (IOException | RuntimeException e) {
            return Optional.of(e.toString());
        }
    }

    private static Optional<String> rejection(HttpResponse<String> answer) {
        if (answer.statusCode() != 200) {
            return Optional.of("product-service answered " + answer.statusCode());
        }
        JsonArray rejected = new JsonObject(answer.body()).getJsonArray("rejected", new JsonArray());
        return rejected.isEmpty()
                ? Optional.empty()
                : Optional.of(rejected.size() + " products rejected, the first: " + rejected.getValue(0));
    }

    private static HttpRequest tokenRequest(String origin, String ksbId, String password) {
        String form = "grant_type=client_credentials&client_id=" + ksbId + "-backoffice&client_secret="
                + URLEncoder.encode(password, StandardCharsets.UTF_8);
        return HttpRequest.newBuilder(URI.create(origin + "/api/auth/token"))
                .timeout(LIMIT)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
    }

    private HttpRequest updateRequest(String origin, String bearer) {
        return HttpRequest.newBuilder(URI.create(origin + "/api/product-updates"))
                .timeout(LIMIT)
                .header("Authorization", "Bearer " + bearer)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(products().encode()))
                .build();
    }
}
