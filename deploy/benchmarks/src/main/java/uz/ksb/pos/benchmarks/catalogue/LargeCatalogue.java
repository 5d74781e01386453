package uz.ksb.pos.benchmarks.catalogue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import uz.ksb.pos.benchmarks.BenchFailed;
import uz.ksb.pos.benchmarks.stack.SampleShop;
import uz.ksb.pos.benchmarks.stack.Stack;
import uz.ksb.pos.till.Api;

/** Made-up goods with names as shops have them: a kind, a sort, a size, and the number that makes them differ. */
public record LargeCatalogue(int size) {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int ROWS_AT_ONCE = 20_000;
    private static final String[] KINDS = {
        "Shakar",
        "Un",
        "Guruch",
        "Makaron",
        "Choy ko'k",
        "Choy qora",
        "Sut",
        "Qatiq",
        "Pishloq",
        "Yog' paxta",
        "Tuz",
        "Non",
        "Pechenye",
        "Konfet",
        "Sok olma",
        "Suv gazli",
        "Kolbasa",
        "Tuxum",
        "Sovun",
        "Shampun",
        "Kir kukuni"
    };
    private static final String[] SORTS = {"1-nav", "oliy nav", "premium", "oddiy", "uy", "ekstra", "bolalar", "fermer"
    };
    private static final String[] SIZES = {"250 g", "500 g", "1 kg", "2 kg", "1 l", "0,5 l", "5 kg", "dona"};

    public String name(int index) {
        return "%s %s %s %06d"
                .formatted(
                        KINDS[index % KINDS.length],
                        SORTS[index / 7 % SORTS.length],
                        SIZES[index / 3 % SIZES.length],
                        index);
    }

    public String barcode(int index) {
        return "478%010d".formatted(index);
    }

    /** Queries as cashiers type them: starts of names, words from the middle, two words, numbers; each another one. */
    public List<String> queries(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> {
                    String kind = KINDS[i % KINDS.length].toLowerCase(Locale.ROOT);
                    return switch (i % 5) {
                        case 0 -> kind.substring(0, 1 + i % 2) + (i % 10);
                        case 1 -> kind.substring(0, Math.min(3, kind.length())) + " " + i;
                        case 2 -> kind + " " + SORTS[i % SORTS.length] + " " + i;
                        case 3 -> "%04d".formatted(i * 37 % 10_000);
                        default -> "йўқ " + i;
                    };
                })
                .toList();
    }

    public void sendTo(Stack stack) throws InterruptedException {
        Api api = new Api("http://localhost:" + stack.port(0), stack.password());
        String token = api.backOffice(SampleShop.KSB_ID);
        for (int from = 0; from < size; from += ROWS_AT_ONCE) {
            String rows = IntStream.range(from, Math.min(size, from + ROWS_AT_ONCE))
                    .mapToObj(this::row)
                    .collect(Collectors.joining("\n"));
            send(api.request("/api/product-updates", token)
                    .timeout(LIMIT)
                    .header("Content-Type", "application/x-ndjson")
                    .POST(BodyPublishers.ofString(rows)));
        }
    }

    private static void send(HttpRequest.Builder request) throws InterruptedException {
        try {
            Api.Answer answer = Api.exchange(request.build());
            if (!answer.isSuccess() || answer.json().path("rejectedCount").asInt() > 0) {
                throw new BenchFailed("the products are not taken: " + answer.body());
            }
        } catch (IOException e) {
            throw new BenchFailed("the products cannot be sent", e);
        }
    }

    private String row(int index) {
        return row(index, "bench");
    }

    /** @param set rows of another set are other products */
    String row(int index, String set) {
        return new JsonObject()
                .put("id", "%s-%06d".formatted(set, index))
                .put("version", 1)
                .put("name", name(index))
                .put("article", "B%06d".formatted(index))
                .put("unit", "dona")
                .put("currency", "UZS")
                .put("barcodes", JsonArray.of(barcode(index)))
                .put("prices", JsonArray.of(price("chakana", index), price("ulgurji", index)))
                .put(
                        "stock",
                        JsonArray.of(new JsonObject()
                                .put("warehouse", "asosiy")
                                .put("quantity", Integer.toString(index % 500))))
                .encode();
    }

    private static JsonObject price(String type, int index) {
        return new JsonObject()
                .put("priceType", type)
                .put("price", (1 + index % 900) * 100 + ".00")
                .put("currency", "UZS");
    }
}
