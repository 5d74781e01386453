package uz.ksb.pos.benchmarks.catalogue;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** The searches of a shop's day, by name; each is asked as often as any other, every time a bit different where that can be. */
record QueryMix(LargeCatalogue catalogue) {
    private static final List<String> LETTERS = List.of("s", "m", "k", "t", "n", "p");
    private static final List<String> TWO_LETTERS = List.of("sh", "ch", "pi", "qa", "ko", "su");
    private static final List<String> STARTS = List.of("shak", "maka", "pishl", "kolb", "guru", "tux");
    private static final List<String> COMMON = List.of("kg", "nav", "dona", "1", "500 g", "ekstra");
    private static final List<String> INSIDE = List.of("akar", "olbas", "ampun", "echen", "uxum", "ishlo");
    private static final List<String> WORDS = List.of("premium shakar", "qora choy", "1 kg guruch", "nav oliy un");
    private static final List<String> CYRILLIC = List.of("шакар", "гуруч", "пишлоқ", "колбаса", "сут", "тухум");

    /** Paths of the searches, by the name that is printed. */
    Map<String, IntFunction<String>> paths() {
        Map<String, IntFunction<String>> paths = new LinkedHashMap<>();
        paths.put("one letter", i -> search(of(LETTERS, i)));
        paths.put("two letters", i -> search(of(TWO_LETTERS, i)));
        paths.put("start of a name", i -> search(of(STARTS, i)));
        paths.put("common word", i -> search(of(COMMON, i)));
        paths.put("inside of a word", i -> search(of(INSIDE, i)));
        paths.put("words in any order", i -> search(of(WORDS, i)));
        paths.put("Cyrillic", i -> search(of(CYRILLIC, i)));
        paths.put("one product", i -> search(catalogue.name(index(i))));
        paths.put("number in a name", i -> search("%06d".formatted(index(i))));
        paths.put("article", i -> search("B%06d".formatted(index(i))));
        paths.put("barcode", i -> "/api/products?barcode=" + catalogue.barcode(index(i)));
        paths.put("nothing", i -> search("zzyzx " + i));
        return paths;
    }

    private int index(int i) {
        return (int) (i * 7919L % catalogue.size());
    }

    private static String of(List<String> texts, int i) {
        return texts.get(i % texts.size());
    }

    private static String search(String words) {
        return "/api/products?search=" + URLEncoder.encode(words, StandardCharsets.UTF_8);
    }
}
