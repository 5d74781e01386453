package uz.ksb.pos.sales.batch;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import uz.ksb.pos.platform.database.Rows;
import uz.ksb.pos.platform.event.Ids;
import uz.ksb.pos.platform.json.Json;
import uz.ksb.pos.platform.text.Sha256;
import uz.ksb.pos.sales.enterprise.Enterprises.Enterprise;
import uz.ksb.pos.sales.sale.domain.CompletedSale;
import uz.ksb.pos.sales.sale.domain.content.Seller;
import uz.ksb.pos.sales.sale.store.SaleRepository;
import uz.ksb.pos.sales.totals.TotalChange;
import uz.ksb.pos.sales.totals.TotalsAggregator;

/** Keeps what cannot be counted as it came: conflicts and unreadable sales. The same one twice is kept once. */
@ApplicationScoped
class ReviewQueue {
    /** Characters of what cannot be read; a sale of 2,000 lines has fewer. */
    private static final int MAX_RAW = 1_000_000;

    private final SaleRepository sales;
    private final TotalsAggregator totals;
    private final ObjectMapper json;
    private final Clock clock;

    ReviewQueue(SaleRepository sales, TotalsAggregator totals, ObjectMapper json, Clock clock) {
        this.sales = sales;
        this.totals = totals;
        this.json = json;
        this.clock = clock;
    }

    Uni<Void> addConflict(SqlConnection connection, CompletedSale sale, Seller seller) {
        return connection
                .preparedQuery("""
                        insert into sale_conflicts (id, ksb_id, sale_id, content_hash, device_id, device_code,
                          device_sequence, uploader, received_at, sale, view, bytes)
                        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::text::jsonb, $11::text::jsonb,
                          octet_length($11::text))
                        on conflict (ksb_id, sale_id, content_hash) do nothing""")
                .execute(Tuple.from(new Object[] {
                    Ids.next(),
                    sale.ksbId(),
                    sale.id(),
                    sale.completion().contentHash(),
                    sale.origin().deviceId(),
                    sale.origin().deviceCode(),
                    sale.completion().deviceSequence(),
                    seller.login(),
                    now(),
                    sales.row(sale),
                    text(sale.view())
                }))
                .chain(kept -> toReview(connection, kept.rowCount(), seller));
    }

    Uni<Void> addUnreadable(SqlConnection connection, List<BatchElement.Unreadable> elements, Seller seller) {
        if (elements.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return connection
                .preparedQuery("""
                        insert into unreadable_sales (id, ksb_id, raw_hash, raw, problem, device_id, uploader, received_at)
                        select id, $1, raw_hash, raw, problem, $6, $7, $8
                        from unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) as kept (id, raw_hash, raw, problem)
                        on conflict (ksb_id, raw_hash) do nothing""")
                .execute(Tuple.of(seller.ksbId())
                        .addArrayOfUUID(
                                elements.stream().map(element -> Ids.next()).toArray(UUID[]::new))
                        .addArrayOfString(elements.stream()
                                .map(element -> hash(element.raw()))
                                .toArray(String[]::new))
                        .addArrayOfString(elements.stream()
                                .map(element -> kept(element.raw()))
                                .toArray(String[]::new))
                        .addArrayOfString(elements.stream()
                                .map(element ->
                                        String.valueOf(element.problem()).replace('\0', '\uFFFD'))
                                .toArray(String[]::new))
                        .addString(seller.deviceId())
                        .addString(seller.login())
                        .addOffsetDateTime(now()))
                .chain(kept -> toReview(connection, kept.rowCount(), seller));
    }

    /**
     * Removes what cannot be read. Its hash stays, so the same text that comes again is not kept again.
     *
     * @return whether it was there
     */
    Uni<Boolean> removeUnreadable(SqlConnection connection, UUID id, String reason, Seller seller) {
        return connection
                .preparedQuery("""
                        update unreadable_sales set raw = '', removed_at = $3, removed_by = $4, reason = $5
                        where ksb_id = $1 and id = $2 and removed_at is null""")
                .execute(Tuple.of(seller.ksbId(), id, now(), seller.login(), reason))
                .call(removed -> toReview(connection, -removed.rowCount(), seller))
                .map(removed -> removed.rowCount() == 1);
    }

    /** Counts what waits for a person, on the day it is there now. */
    Uni<Void> toReview(SqlConnection connection, int more, Seller seller) {
        Enterprise enterprise = new Enterprise(seller.ksbId(), seller.zone(), seller.dayStart(), seller.currency());
        return more == 0
                ? Uni.createFrom().voidItem()
                : totals.add(
                        connection,
                        List.of(TotalChange.counterChange(
                                        seller.ksbId(), enterprise.dateOf(clock.instant()), seller.currency())
                                .toReview(more)));
    }

    /** The raw text, up to a length that no sale has. */
    private static String kept(String raw) {
        return raw.substring(0, Math.min(raw.length(), MAX_RAW)).replace('\0', '\uFFFD');
    }

    private OffsetDateTime now() {
        return Rows.timestamp(clock.instant());
    }

    private String text(Object value) {
        return Json.write(json, value);
    }

    private static String hash(String raw) {
        return Sha256.hex(raw);
    }
}
