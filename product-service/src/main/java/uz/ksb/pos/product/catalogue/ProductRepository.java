package uz.ksb.pos.product.catalogue;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.util.RawValue;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import uz.ksb.pos.platform.database.Readings;
import uz.ksb.pos.platform.database.Rows;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.platform.schedule.OneByOne;
import uz.ksb.pos.product.code.ScannedCode;
import uz.ksb.pos.product.code.WeighedPatterns;

/** Reads products: always of one enterprise. */
@ApplicationScoped
class ProductRepository {
    private static final String BY_ID = """
            select version, change_version, document::text as document, sold
            from products join product_changes using (ksb_id, id) where ksb_id = $1 and id = $2""";

    private static final String PURCHASE_PRICE = """
            select purchase_price, document ->> 'currency' as currency from products
            where ksb_id = $1 and id = $2 and not deleted""";

    private static final String COUNTS = "select change_version, products from catalogues where ksb_id = $1";

    /** Each is found by the index alone, however many products there are. */
    private static final String WITH_CODES = """
            select id, search_text, barcodes from (
              select id, search_text, barcodes from product_texts
              where ksb_id || '' = $1 and barcodes && $2::text[] offset 0) found
            order by search_text, id limit 1000""";

    private static final int MAX_SCALES_ARTICLE = 7;

    private final Pool pool;
    private final Readings readings;
    private final WeighedPatterns patterns;

    ProductRepository(Pool pool, Readings readings, WeighedPatterns patterns) {
        this.patterns = patterns;
        this.readings = readings;
        this.pool = pool;
    }

    /**
     * @param products neither deleted nor archived
     */
    record Counts(long products, long changeVersion) {}

    record PurchasePrice(String id, BigDecimal purchasePrice, String currency) {}

    /**
     * Products that were found.
     *
     * @param next what to send as {@code after} for those that follow; null at the end
     * @param scanned what the barcode that was asked for says; absent when none was
     */
    record Found(
            List<RawValue> items,
            String next,
            @JsonInclude(JsonInclude.Include.NON_NULL) Scanned scanned) {}

    /**
     * A barcode as it was read.
     *
     * @param quantity kilograms, from a label of the scales or a GS1 code; absent: it tells none
     * @param serial of a GS1 code
     * @param wrongCheckDigit whether its last digit does not check the others
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Scanned(String quantity, String serial, boolean wrongCheckDigit) {}

    /** A caller's conditions; see {@link ProductSearch.Wanted}. */
    record Question(String search, String barcode, String article, String warehouse) {}

    private record Resolved(ProductSearch.Wanted wanted, Scanned scanned) {}

    /** By name, rank by rank, until the page is full: as many as {@code limit}, or its bytes. */
    Uni<Found> find(String ksbId, Question question, ProductCursor after, int limit) {
        return readings.within(ksbId, Readings.SEARCH, connection -> resolved(connection, ksbId, question)
                .chain(resolved -> byCode(connection, ksbId, resolved.wanted())
                        .chain(byCode -> new Matching(connection, ksbId, resolved.wanted(), byCode, limit).from(after))
                        .chain(matches -> page(connection, ksbId, matches, limit, resolved.scanned()))));
    }

    /** A barcode means the first of its candidates that a product has; else the article on a label of the scales. */
    private Uni<Resolved> resolved(SqlConnection connection, String ksbId, Question question) {
        List<String> articles = question.article() == null || question.article().isBlank()
                ? null
                : List.of(question.article().strip());
        List<String> codes = question.search() == null
                ? List.of()
                : ScannedCode.of(question.search().strip(), List.of()).candidates();
        if (question.barcode() == null || question.barcode().isBlank()) {
            return Uni.createFrom()
                    .item(new Resolved(
                            new ProductSearch.Wanted(question.search(), codes, null, articles, question.warehouse()),
                            null));
        }
        return patterns.of(connection, ksbId)
                .map(known -> ScannedCode.of(question.barcode().strip(), known))
                .chain(scan -> meant(connection, ksbId, scan).map(code -> {
                    boolean byLabel = code == null && scan.weighed().isPresent();
                    return new Resolved(
                            new ProductSearch.Wanted(
                                    question.search(),
                                    codes,
                                    byLabel ? null : code == null ? question.barcode() : code,
                                    byLabel && articles == null
                                            ? withZeros(scan.weighed().get().article())
                                            : articles,
                                    question.warehouse()),
                            new Scanned(
                                    byLabel ? scan.weighed().get().quantity() : scan.quantity(),
                                    scan.serial(),
                                    scan.wrongCheckDigit()));
                }));
    }

    private static Uni<String> meant(SqlConnection connection, String ksbId, ScannedCode scan) {
        return connection
                .preparedQuery(WITH_CODES)
                .execute(Tuple.of(ksbId, scan.candidates().toArray(String[]::new)))
                .map(rows -> Rows.stream(rows)
                        .flatMap(row -> Stream.of(row.getArrayOfStrings("barcodes")))
                        .collect(Collectors.toSet()))
                .map(had -> scan.candidates().stream()
                        .filter(had::contains)
                        .findFirst()
                        .orElse(null));
    }

    /** Catalogues write the article of the scales with and without leading zeros. */
    private static List<String> withZeros(String article) {
        return IntStream.rangeClosed(0, Math.max(0, MAX_SCALES_ARTICLE - article.length()))
                .mapToObj(zeros -> "0".repeat(zeros) + article)
                .toList();
    }

    private static Uni<List<ProductCursor>> byCode(
            SqlConnection connection, String ksbId, ProductSearch.Wanted wanted) {
        return wanted.isOneWord() && !wanted.codes().isEmpty()
                ? connection
                        .preparedQuery(WITH_CODES)
                        .execute(Tuple.of(ksbId, wanted.codes().toArray(String[]::new)))
                        .map(rows -> matches(rows, 0))
                : Uni.createFrom().item(List.of());
    }

    private static List<ProductCursor> matches(RowSet<Row> rows, int rank) {
        return Rows.list(rows, row -> new ProductCursor(rank, row.getString("search_text"), row.getString("id")));
    }

    /** Finds what matches, rank by rank, until there is enough. */
    private static final class Matching {
        private final SqlConnection connection;
        private final String ksbId;
        private final ProductSearch.Wanted wanted;
        private final List<ProductCursor> byCode;
        private final int limit;
        private final List<ProductCursor> matches = new ArrayList<>();
        private Boolean inOrder;

        Matching(
                SqlConnection connection,
                String ksbId,
                ProductSearch.Wanted wanted,
                List<ProductCursor> byCode,
                int limit) {
            this.connection = connection;
            this.ksbId = ksbId;
            this.wanted = wanted;
            this.byCode = byCode;
            this.limit = limit;
        }

        /** @param after null: from the beginning */
        Uni<List<ProductCursor>> from(ProductCursor after) {
            boolean known = after == null && wanted.isSearchOnly();
            if (known) {
                matches.addAll(byCode.subList(0, Math.min(byCode.size(), limit)));
            }
            int begin = known ? 1 : after == null ? 0 : after.rank();
            List<Integer> ranks =
                    IntStream.range(begin, ProductSearch.RANKS).boxed().toList();
            return OneByOne.each(ranks, rank -> add(rank, rank == begin ? after : null))
                    .replaceWith(matches);
        }

        private Uni<Void> add(int rank, ProductCursor after) {
            int room = limit - matches.size();
            List<String> found = byCode.stream().map(ProductCursor::id).toList();
            ProductSearch search = new ProductSearch(ksbId, wanted, rank, after, found, room);
            if (room == 0 || !search.isPossible()) {
                return Uni.createFrom().voidItem();
            }
            Uni<RowSet<Row>> all = Uni.createFrom().deferred(() -> rows(search.sql(), search, search.isInOrder()));
            Uni<RowSet<Row>> enough = search.mayBeCommon()
                    ? rows(search.firstSql(), search, true)
                            .chain(first ->
                                    first.size() == room ? Uni.createFrom().item(first) : all)
                    : all;
            return enough.invoke(rows -> matches.addAll(matches(rows, rank))).replaceWithVoid();
        }

        /** An index that is in order already is never gathered and sorted, however few rows the planner believes there to be. */
        private Uni<RowSet<Row>> rows(String sql, ProductSearch search, boolean ordered) {
            Uni<RowSet<Row>> rows = connection.preparedQuery(sql).execute(search.parameters());
            if (Objects.equals(inOrder, ordered)) {
                return rows;
            }
            inOrder = ordered;
            // The connection answers in order, so the one need not be waited for before the other is sent.
            return Uni.combine()
                    .all()
                    .unis(connection.query(ProductSearch.setting(ordered)).execute(), rows)
                    .with((set, found) -> found);
        }
    }

    private static Uni<Found> page(
            SqlConnection connection, String ksbId, List<ProductCursor> matches, int limit, Scanned scanned) {
        if (matches.isEmpty()) {
            return Uni.createFrom().item(new Found(List.of(), null, scanned));
        }
        return connection
                .preparedQuery(ProductSearch.PAGE)
                .execute(Tuple.of(ksbId, matches.stream().map(ProductCursor::id).toArray(String[]::new)))
                .map(rows -> {
                    boolean full = rows.size() == limit || rows.size() < matches.size();
                    return new Found(
                            Rows.list(rows, row -> new RawValue(view(row))),
                            full ? matches.get(rows.size() - 1).text() : null,
                            scanned);
                });
    }

    /** Also a tombstone; fails with 404 when there is nothing. */
    Uni<RawValue> get(String ksbId, String id) {
        return pool.preparedQuery(BY_ID)
                .execute(Tuple.of(ksbId, id))
                .map(rows -> only(rows).map(row -> new RawValue(view(row))).orElseThrow(() -> unknown(id)));
    }

    Uni<PurchasePrice> purchasePrice(String ksbId, String id) {
        return pool.preparedQuery(PURCHASE_PRICE).execute(Tuple.of(ksbId, id)).map(rows -> only(rows)
                .map(row -> new PurchasePrice(id, row.getBigDecimal("purchase_price"), row.getString("currency")))
                .orElseThrow(() -> unknown(id)));
    }

    Uni<Counts> counts(String ksbId) {
        return pool.preparedQuery(COUNTS).execute(Tuple.of(ksbId)).map(rows -> only(rows)
                .map(row -> new Counts(row.getLong("products"), row.getLong("change_version")))
                .orElse(new Counts(0, 0)));
    }

    private static String view(Row row) {
        return ProductDocument.view(
                row.getLong("version"),
                row.getLong("change_version"),
                row.getString("document"),
                row.getString("sold"));
    }

    private static Optional<Row> only(RowSet<Row> rows) {
        return rows.size() == 0 ? Optional.empty() : Optional.of(rows.iterator().next());
    }

    private static Problem unknown(String id) {
        return Problem.notFound("The product " + id);
    }
}
