package uz.ksb.pos.product.catalogue;

import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import uz.ksb.pos.platform.text.SearchText;

/**
 * The products that a caller asks for, as SQL with its parameters: the ids of the listed ones of one enterprise.
 *
 * <p>Words are compared in the normal form of all searches. The matches come by rank: a barcode that equals the search, the
 * start of the name, the start of a later word, the inside of a word; each rank is a statement of its own, so that the first
 * matches cost nothing for the last ones. One or two letters match the start of words only.
 *
 * <p>The plans do not depend on statistics. The start of the name is a range of the index that has the names in order. Of the other
 * ranks, {@link #firstSql} looks through the first names in order, which finds enough of what is common ("kg"); {@link #sql} finds what
 * is rare by its trigrams. Both look at the narrow table of what is compared; only the rows of a page are read ({@link #PAGE}).
 */
final class ProductSearch {
    static final int RANKS = 4;
    private static final int CODE = 0;
    private static final int NAME = 1;
    private static final int WORD = 2;
    private static final int TRIGRAM = 3;
    private static final int FIRST_NAMES = 2_000;
    private static final String TEXTS = "select id, search_text from product_texts listed where ";
    private static final String LAST_SIGN = Character.toString(Character.MAX_CODE_POINT);
    private static final long MAX_PAGE_BYTES = 2L * 1024 * 1024;

    /** The rows of products $2 of enterprise $1, in that order, as many as a page may have bytes; {@code place} counts from 1. */
    static final String PAGE = """
            select place, version, change_version, document, sold from (
              select found.place, product.*, change.*,
                     sum(octet_length(document)) over (order by found.place rows unbounded preceding)
                       - octet_length(document) as bytes_before
              from unnest($2::text[]) with ordinality as found (id, place),
                   lateral (select version, document::text as document from products
                            where ksb_id = $1 and id = found.id limit 1) product,
                   lateral (select change_version, sold from product_changes
                            where ksb_id = $1 and id = found.id limit 1) change) measured
            where bytes_before < %d order by place""".formatted(MAX_PAGE_BYTES);

    private final List<Object> parameters = new ArrayList<>();
    /** On columns of the index of names. */
    private final List<String> conditions = new ArrayList<>();
    /** On other columns. */
    private final List<String> filters = new ArrayList<>();

    private final String enterprise;
    private final String limit;
    private final String articles;
    private final String position;
    private final int rank;
    private boolean byContent;
    private boolean possible = true;

    /**
     * The conditions; null: none.
     *
     * @param search words
     * @param codes that {@code search} may mean as a code
     * @param barcode exactly
     * @param articles exactly one of them
     * @param warehouse only products that have an entry in its stock
     */
    record Wanted(String search, List<String> codes, String barcode, List<String> articles, String warehouse) {
        boolean isRanked() {
            return isGiven(search);
        }

        /** Whether a code may be searched. */
        boolean isOneWord() {
            return isRanked() && !search.strip().contains(" ");
        }

        /** Whether nothing but words is asked for. */
        boolean isSearchOnly() {
            return isRanked() && !isGiven(barcode) && articles == null && !isGiven(warehouse);
        }
    }

    /**
     * @param after null: from the beginning of the rank
     * @param byCode the products that the rank of codes finds: later ranks leave them out
     * @param limit the most ids that are wanted
     */
    ProductSearch(String ksbId, Wanted wanted, int rank, ProductCursor after, List<String> byCode, int limit) {
        this.rank = rank;
        this.enterprise = parameter(ksbId);
        this.limit = parameter(limit);
        this.articles =
                wanted.articles() == null ? null : parameter(wanted.articles().toArray(String[]::new));
        if (isGiven(wanted.barcode())) {
            byContent = true;
            filters.add("barcodes @> array[" + parameter(wanted.barcode().strip()) + "::text]");
        }
        if (isGiven(wanted.warehouse())) {
            filters.add("(select document -> 'stock' @> jsonb_build_array(jsonb_build_object('warehouse', "
                    + parameter(wanted.warehouse().strip()) + "::text)) from products where ksb_id = " + enterprise
                    + " and id = listed.id)");
        }
        if (wanted.isRanked()) {
            words(wanted, byCode);
        } else {
            possible = rank == CODE;
        }
        byContent &= articles == null;
        position = after == null
                ? ""
                : " and (search_text, id) > (" + parameter(after.searchText()) + ", " + parameter(after.id()) + ")";
    }

    /** Whether anything can match: otherwise the statement need not be asked. */
    boolean isPossible() {
        return possible;
    }

    /** Whether {@link #sql} reads an index in its order; {@link #firstSql} always does. */
    boolean isInOrder() {
        return !byContent;
    }

    /** The setting, within the transaction, for a statement of that kind. */
    static String setting(boolean inOrder) {
        return "set local enable_bitmapscan = " + (inOrder ? "off" : "on");
    }

    /** Whether {@link #firstSql} may find enough. */
    boolean mayBeCommon() {
        return rank >= WORD && articles == null && filters.isEmpty();
    }

    /** Rows with {@code id} and {@code search_text}, by both. */
    String sql() {
        String chosen = listed() + all(conditions) + all(filters) + position;
        return (byContent ? "select * from (" + chosen + " offset 0) matching" : chosen) + inOrder(limit);
    }

    /** The same of the first names only: when they are as many as were wanted, there is nothing more to ask for. */
    String firstSql() {
        return "select id, search_text from (" + TEXTS + "ksb_id = " + enterprise + position + inOrder("" + FIRST_NAMES)
                + ") first where true" + all(conditions) + inOrder(limit);
    }

    /**
     * The index of trigrams and barcodes has the enterprise as an expression, which no other index has: whatever the planner believes
     * the table to be like, it cannot look through all names of the enterprise instead. Articles are few and have an index of their own.
     */
    private String listed() {
        if (articles != null) {
            return "select id, search_text from (select id as article_id from products where ksb_id = " + enterprise
                    + " and article = any(" + articles
                    + "::text[]) offset 0) named, lateral (select id, search_text, barcodes"
                    + " from product_texts where ksb_id = " + enterprise
                    + " and id = article_id limit 1) listed where true";
        }
        return TEXTS + (byContent ? "ksb_id || '' = " : "ksb_id = ") + enterprise;
    }

    private static String inOrder(String limit) {
        return " order by search_text, id limit " + limit;
    }

    private static String all(List<String> conditions) {
        return conditions.isEmpty() ? "" : " and " + String.join(" and ", conditions);
    }

    Tuple parameters() {
        return Tuple.from(parameters);
    }

    private void words(Wanted wanted, List<String> byCode) {
        if (rank == CODE) {
            byContent = true;
            possible = wanted.isOneWord();
            filters.add("barcodes && " + parameter(wanted.codes().toArray(String[]::new)) + "::text[]");
            return;
        }
        List<String> words = SearchText.words(wanted.search());
        if (words.isEmpty()) {
            possible = false;
            return;
        }
        String first = SearchText.escapedForLike(words.getFirst());
        if (rank == NAME) {
            conditions.add("search_text >= " + parameter(words.getFirst()));
            conditions.add("search_text < " + parameter(words.getFirst() + LAST_SIGN));
        } else {
            byContent = true;
            possible = rank == WORD || words.getFirst().length() >= TRIGRAM;
            conditions.add("search_text like " + parameter((rank == WORD ? "% " : "%") + first + "%"));
            conditions.add("search_text not like " + parameter(first + "%"));
        }
        if (rank > WORD) {
            conditions.add("search_text not like " + parameter("% " + first + "%"));
        }
        conditions.add("id <> all(" + parameter(byCode.toArray(String[]::new)) + "::text[])");
        words.stream()
                .skip(1)
                .forEach(word ->
                        conditions.add("search_text like " + parameter("%" + SearchText.escapedForLike(word) + "%")));
    }

    private String parameter(Object value) {
        parameters.add(value);
        return "$" + parameters.size();
    }

    private static boolean isGiven(String value) {
        return value != null && !value.isBlank();
    }
}
