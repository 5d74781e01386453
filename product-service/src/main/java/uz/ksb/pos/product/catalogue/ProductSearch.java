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
 *
 * <p>The plans do not depend on statistics. The start of the name is a range of the index that has the names in order. Of the other
 * ranks, {@link #firstSql} looks through the first names in order, which finds enough of what is common ("kg"); {@link #sql} finds what
 * is rare by its trigrams. Both find the ids by an index alone; only the rows of the page are read.
 */
final class ProductSearch {
    static final int RANKS = 4;
    private static final int CODE = 0;
    private static final int NAME = 1;
    private static final int WORD = 2;
    private static final int TRIGRAM = 3;
    private static final int FIRST_NAMES = 4_000;
    private static final String LAST_SIGN = Character.toString(Character.MAX_CODE_POINT);
    private static final long MAX_PAGE_BYTES = 2L * 1024 * 1024;

    private final List<Object> parameters = new ArrayList<>();
    /** On columns of the index of names. */
    private final List<String> conditions = new ArrayList<>();
    /** On other columns. */
    private final List<String> filters = new ArrayList<>();

    private final String enterprise;
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
    }

    /**
     * @param after null: from the beginning of the rank
     * @param byCode the products that the rank of codes finds: later ranks leave them out
     */
    ProductSearch(String ksbId, Wanted wanted, int rank, ProductCursor after, List<String> byCode) {
        this.rank = rank;
        this.enterprise = parameter(ksbId);
        if (isGiven(wanted.barcode())) {
            byContent = true;
            filters.add("barcodes @> array[" + parameter(wanted.barcode().strip()) + "::text]");
        }
        if (wanted.articles() != null) {
            filters.add("article = any(" + parameter(wanted.articles().toArray(String[]::new)) + "::text[])");
        }
        if (isGiven(wanted.warehouse())) {
            filters.add("document -> 'stock' @> jsonb_build_array(jsonb_build_object('warehouse', "
                    + parameter(wanted.warehouse().strip()) + "::text))");
        }
        if (wanted.isRanked()) {
            words(wanted, byCode);
        } else {
            possible = rank == 0;
        }
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
        return rank >= WORD && filters.isEmpty();
    }

    /** Rows with {@code found}, the number there were before the page was cut to its bytes. */
    String sql(int limit) {
        String matching = "select id, search_text from " + (byContent ? listedByContent() : listed());
        String chosen = matching + all(conditions) + all(filters) + position;
        return rows(byContent ? "select * from (" + chosen + " offset 0) matching" : chosen, limit);
    }

    /** The same of the first names only: when they are as many as {@code limit}, there is nothing more to ask for. */
    String firstSql(int limit) {
        String first =
                "select id, search_text from " + listed() + position + " order by search_text, id limit " + FIRST_NAMES;
        return rows("select * from (" + first + ") first where true" + all(conditions), limit);
    }

    private String listed() {
        return "products where ksb_id = " + enterprise + " and not deleted and not archived";
    }

    /**
     * The index of trigrams and barcodes has the enterprise as this expression, which no other index has: whatever the planner believes
     * the table to be like, it cannot look through all names of the enterprise instead.
     */
    private String listedByContent() {
        return "products where ksb_id || '' = " + enterprise + " and not deleted and not archived";
    }

    private static String all(List<String> conditions) {
        return conditions.isEmpty() ? "" : " and " + String.join(" and ", conditions);
    }

    private String rows(String matching, int limit) {
        return "select * from (select product.*, change.*, match.search_text, count(*) over () as found,"
                + " sum(octet_length(document)) over place - octet_length(document) as bytes_before from (" + matching
                + " order by search_text, id limit " + limit + ") match, lateral (select id, version,"
                + " document::text as document from products where ksb_id = " + enterprise
                + " and id = match.id limit 1) product, lateral (select change_version, sold from product_changes"
                + " where ksb_id = " + enterprise + " and id = match.id limit 1) change"
                + " window place as (order by match.search_text, match.id rows unbounded preceding)) measured"
                + " where bytes_before < " + MAX_PAGE_BYTES + " order by search_text, id";
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
        if (!byCode.isEmpty()) {
            conditions.add("id <> all(" + parameter(byCode.toArray(String[]::new)) + "::text[])");
        }
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
