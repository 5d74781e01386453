package uz.ksb.pos.product.catalogue;

import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Which products are wanted, as SQL with its parameters: the listed ones of one enterprise, by name.
 *
 * <p>Words of three letters and more are found anywhere in name and article, by trigrams; when there are only shorter ones,
 * the name begins with the first of them. A search that is exactly a barcode or an article finds that product too.
 */
final class ProductSearch {
    private static final int TRIGRAM = 3;
    private static final int MOST_WORDS = 8;

    private final List<Object> parameters = new ArrayList<>();
    private final List<String> conditions = new ArrayList<>();

    /**
     * What a caller asks for; null: not asked.
     *
     * @param search words
     * @param barcode exactly
     * @param article exactly
     * @param warehouse only what has an entry in its stock
     */
    record Wanted(String search, String barcode, String article, String warehouse) {}

    ProductSearch(String ksbId, Wanted wanted, ProductCursor after) {
        conditions.add("ksb_id = " + parameter(ksbId));
        conditions.add("not deleted and not archived");
        if (isGiven(wanted.barcode())) {
            conditions.add("barcodes @> array[" + parameter(wanted.barcode().strip()) + "::text]");
        }
        if (isGiven(wanted.article())) {
            conditions.add("article = " + parameter(wanted.article().strip()));
        }
        if (isGiven(wanted.warehouse())) {
            conditions.add("document -> 'stock' @> jsonb_build_array(jsonb_build_object('warehouse', "
                    + parameter(wanted.warehouse().strip()) + "::text))");
        }
        if (isGiven(wanted.search())) {
            conditions.add(words(wanted.search().strip()));
        }
        if (after != null) {
            conditions.add(
                    "(search_text, id) > (" + parameter(after.searchText()) + ", " + parameter(after.id()) + ")");
        }
    }

    String sql(int limit) {
        return "select id, search_text, version, change_version, document::text as document from products where "
                + String.join(" and ", conditions) + " order by search_text, id limit " + limit;
    }

    Tuple parameters() {
        return Tuple.from(parameters);
    }

    private String words(String search) {
        List<String> words = Arrays.stream(search.split("\\s+"))
                .limit(MOST_WORDS)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        if (words.getFirst().length() < TRIGRAM) {
            return "(search_text like " + pattern("", search.split("\\s+")[0]) + ")";
        }
        String all = words.stream()
                .map(word -> "search_text like " + pattern("%", word))
                .reduce((one, other) -> one + " and " + other)
                .orElseThrow();
        return words.size() > 1
                ? "(" + all + ")"
                : "(" + all + " or barcodes @> array[" + parameter(words.getFirst()) + "::text])";
    }

    private String pattern(String before, String word) {
        String literal = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
        return "'" + before + "' || search_form(" + parameter(literal) + "::text) || '%'";
    }

    private String parameter(Object value) {
        parameters.add(value);
        return "$" + parameters.size();
    }

    private static boolean isGiven(String value) {
        return value != null && !value.isBlank();
    }
}
