package uz.ksb.pos.product.catalogue;

import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import uz.ksb.pos.platform.text.SearchText;

/**
 * The products that a caller asks for, as SQL with its parameters: the listed ones of one enterprise.
 *
 * <p>Words are compared in the normal form of all searches. The matches come by rank: a barcode that equals the search, the
 * start of the name, the start of a later word, the inside of a word; each rank is a statement of its own, so that the first
 * matches cost nothing for the last ones. One or two letters match the start of words only.
 */
final class ProductSearch {
    static final int RANKS = 4;
    private static final int CODE = 0;
    private static final int NAME = 1;
    private static final int WORD = 2;
    private static final int TRIGRAM = 3;
    private static final long MAX_PAGE_BYTES = 2L * 1024 * 1024;

    private final List<Object> parameters = new ArrayList<>();
    private final List<String> conditions = new ArrayList<>();
    private final int rank;
    private boolean possible = true;

    /**
     * The conditions; null: none.
     *
     * @param search words
     * @param barcode exactly
     * @param article exactly
     * @param warehouse only products that have an entry in its stock
     */
    record Wanted(String search, String barcode, String article, String warehouse) {
        boolean isRanked() {
            return isGiven(search);
        }
    }

    /**
     * @param after null: from the beginning of the rank
     */
    ProductSearch(String ksbId, Wanted wanted, int rank, ProductCursor after) {
        this.rank = rank;
        conditions.add("ksb_id = " + parameter(ksbId));
        conditions.add("not deleted and not archived");
        if (isGiven(wanted.barcode())) {
            conditions.add(hasBarcode(wanted.barcode()));
        }
        if (isGiven(wanted.article())) {
            conditions.add("article = " + parameter(wanted.article().strip()));
        }
        if (isGiven(wanted.warehouse())) {
            conditions.add("document -> 'stock' @> jsonb_build_array(jsonb_build_object('warehouse', "
                    + parameter(wanted.warehouse().strip()) + "::text))");
        }
        if (wanted.isRanked()) {
            words(wanted.search());
        } else {
            possible = rank == 0;
        }
        if (after != null) {
            conditions.add(
                    "(search_text, id) > (" + parameter(after.searchText()) + ", " + parameter(after.id()) + ")");
        }
    }

    /** Whether anything can match: otherwise the statement need not be asked. */
    boolean isPossible() {
        return possible;
    }

    /** Rows with {@code found}, the number there were before the page was cut to its bytes. */
    String sql(int limit) {
        return "select * from (select *, count(*) over () as found, sum(octet_length(document)) over place"
                + " - octet_length(document) as bytes_before from (" + matches(limit) + ") matches"
                + " window place as (order by search_text, id rows unbounded preceding)) measured where bytes_before < "
                + MAX_PAGE_BYTES + " order by search_text, id";
    }

    private String matches(int limit) {
        return "select id, search_text, version, change_version, document::text as document from products where "
                + String.join(" and ", conditions) + " order by search_text, id limit " + limit;
    }

    Tuple parameters() {
        return Tuple.from(parameters);
    }

    private void words(String search) {
        List<String> words = SearchText.words(search);
        boolean oneWord = !search.strip().contains(" ");
        if (rank == CODE) {
            possible = oneWord;
            conditions.add(hasBarcode(search));
            return;
        }
        if (words.isEmpty()) {
            possible = false;
            return;
        }
        String first = SearchText.escapedForLike(words.getFirst());
        conditions.add("search_text like " + parameter((rank == NAME ? "" : rank == WORD ? "% " : "%") + first + "%"));
        if (rank > NAME) {
            conditions.add("search_text not like " + parameter(first + "%"));
        }
        if (rank > WORD) {
            possible = words.getFirst().length() >= TRIGRAM;
            conditions.add("search_text not like " + parameter("% " + first + "%"));
        }
        if (oneWord) {
            conditions.add("not " + hasBarcode(search));
        }
        words.stream()
                .skip(1)
                .forEach(word ->
                        conditions.add("search_text like " + parameter("%" + SearchText.escapedForLike(word) + "%")));
    }

    private String hasBarcode(String code) {
        return "barcodes @> array[" + parameter(code.strip()) + "::text]";
    }

    private String parameter(Object value) {
        parameters.add(value);
        return "$" + parameters.size();
    }

    private static boolean isGiven(String value) {
        return value != null && !value.isBlank();
    }
}
