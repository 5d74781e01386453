package uz.ksb.pos.sales.sale.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uz.ksb.pos.platform.database.Rows;
import uz.ksb.pos.platform.json.Json;
import uz.ksb.pos.platform.text.LoginName;
import uz.ksb.pos.platform.text.SearchText;
import uz.ksb.pos.sales.money.SaleArithmetic.Discount;
import uz.ksb.pos.sales.sale.domain.CompletedSale;
import uz.ksb.pos.sales.sale.domain.Completion;
import uz.ksb.pos.sales.sale.domain.Delivery;
import uz.ksb.pos.sales.sale.domain.Delivery.Hold;
import uz.ksb.pos.sales.sale.domain.OpenSale;
import uz.ksb.pos.sales.sale.domain.Sale;
import uz.ksb.pos.sales.sale.domain.SaleStatus;
import uz.ksb.pos.sales.sale.domain.TrashedSale;
import uz.ksb.pos.sales.sale.domain.content.Fiscal;
import uz.ksb.pos.sales.sale.domain.content.Line;
import uz.ksb.pos.sales.sale.domain.content.Origin;
import uz.ksb.pos.sales.sale.domain.content.Payment;
import uz.ksb.pos.sales.sale.domain.content.SaleContent;
import uz.ksb.pos.sales.sale.domain.content.SaleKind;

/** A sale as the table has it. Written as one JSON value, so one statement takes one row or five hundred. */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record SaleRow(
        String ksbId,
        UUID id,
        SaleStatus status,
        SaleKind kind,
        int revision,
        UUID returnOf,
        UUID customerId,
        String currency,
        String mainCurrency,
        BigDecimal rate,
        String priceType,
        String warehouse,
        BigDecimal discountAmount,
        BigDecimal discountPercent,
        BigDecimal rounding,
        String comment,
        List<Line> lines,
        List<Payment> payments,
        String deviceId,
        String deviceCode,
        Long deviceSequence,
        String cashier,
        String cashierKey,
        String uploader,
        Instant openedAt,
        Instant changedAt,
        BigDecimal total,
        BigDecimal discount,
        BigDecimal paid,
        BigDecimal change,
        Instant completedAt,
        Instant claimedAt,
        LocalDate businessDate,
        Integer businessHour,
        BigDecimal mainTotal,
        BigDecimal mainCash,
        BigDecimal mainCard,
        BigDecimal mainDebt,
        BigDecimal mainDiscount,
        BigDecimal mainRounding,
        List<String> flags,
        String contentHash,
        Delivery.Status deliveryStatus,
        int attempts,
        Instant nextAttemptAt,
        String lastError,
        Boolean posted,
        Instant settledAt,
        String held,
        Fiscal fiscal,
        String approvedBy,
        String search,
        String draftSearch) {

    private static final List<String> JSON = List.of("lines", "payments", "flags", "fiscal");
    private static final TypeReference<List<Line>> LINES = new TypeReference<>() {};
    private static final TypeReference<List<Payment>> PAYMENTS = new TypeReference<>() {};
    private static final TypeReference<Fiscal> FISCAL = new TypeReference<>() {};
    private static final TypeReference<List<String>> FLAGS = new TypeReference<>() {};

    public static final List<String> COLUMN_NAMES = Arrays.stream(SaleRow.class.getRecordComponents())
            .map(component -> SnakeCaseStrategy.INSTANCE.translate(component.getName()))
            .toList();
    public static final String COLUMNS = String.join(", ", COLUMN_NAMES);
    /** The columns that {@link #sale} reads. */
    public static final String SELECTED = COLUMN_NAMES.stream()
            .filter(name -> !name.endsWith("search"))
            .map(name -> JSON.contains(name) ? name + "::text as " + name : name)
            .collect(Collectors.joining(", "));

    private static final BigDecimal ZERO = new BigDecimal("0.00");

    public static SaleRow of(Sale sale, Instant now) {
        return switch (sale) {
            case OpenSale open -> row(open, SaleStatus.OPEN, null, null, now);
            case TrashedSale trashed -> row(trashed, SaleStatus.TRASHED, null, null, now);
            case CompletedSale done -> row(done, SaleStatus.COMPLETED, done.completion(), done.delivery(), now);
        };
    }

    private static SaleRow row(Sale sale, SaleStatus status, Completion end, Delivery delivery, Instant now) {
        SaleContent content = sale.content();
        Origin origin = sale.origin();
        Completion.Main main = end == null ? new Completion.Main(ZERO, ZERO, ZERO, ZERO, ZERO, ZERO) : end.main();
        return new SaleRow(
                sale.ksbId(),
                sale.id(),
                status,
                content.kind(),
                sale.revision(),
                content.returnOf(),
                content.customerId(),
                content.currency(),
                content.mainCurrency(),
                content.rate(),
                content.priceType(),
                content.warehouse(),
                content.asked().amount(),
                content.asked().percent(),
                content.rounding(),
                content.comment(),
                content.lines(),
                end == null ? List.of() : end.payments(),
                origin.deviceId(),
                origin.deviceCode(),
                end == null ? null : end.deviceSequence(),
                origin.cashier(),
                origin.cashier() == null ? null : LoginName.comparable(origin.cashier()),
                origin.uploader(),
                origin.openedAt(),
                now,
                content.total(),
                content.discount(),
                end == null ? ZERO : end.paid(),
                end == null ? ZERO : end.change(),
                end == null ? null : end.completedAt(),
                end == null ? null : end.claimedAt(),
                end == null ? null : end.businessDate(),
                end == null ? null : end.hour(),
                main.total(),
                main.cash(),
                main.card(),
                main.debt(),
                main.discount(),
                main.rounding(),
                end == null ? List.of() : end.flags(),
                end == null ? null : end.contentHash(),
                delivery == null ? null : delivery.status(),
                delivery == null ? 0 : delivery.attempts(),
                delivery == null ? null : delivery.nextAttemptAt(),
                delivery == null ? null : delivery.lastError(),
                delivery == null ? null : delivery.posted(),
                delivery == null ? null : delivery.settledAt(),
                delivery == null || delivery.hold() == null
                        ? null
                        : delivery.hold().text(),
                content.fiscal(),
                content.approvedBy(),
                end == null ? null : searchText(sale),
                end == null ? searchText(sale) : null);
    }

    /** The customer's name is not part of it: it may change. */
    private static String searchText(Sale sale) {
        Stream<String> texts = Stream.of(sale.view().number(), sale.content().comment());
        return SearchText.of(
                Stream.concat(texts, sale.content().lines().stream().map(Line::name))
                        .filter(Objects::nonNull)
                        .distinct()
                        .collect(Collectors.joining(" ")));
    }

    public static Sale sale(Row row, ObjectMapper json) {
        String ksbId = row.getString("ksb_id");
        UUID id = row.getUUID("id");
        int revision = row.getInteger("revision");
        SaleContent content = content(row, json);
        Origin origin = new Origin(
                row.getString("device_id"),
                row.getString("device_code"),
                row.getString("cashier"),
                row.getString("uploader"),
                Rows.instant(row, "opened_at"));
        return switch (SaleStatus.valueOf(row.getString("status"))) {
            case OPEN -> new OpenSale(ksbId, id, revision, content, origin);
            case TRASHED -> new TrashedSale(ksbId, id, revision, content, origin);
            case COMPLETED ->
                new CompletedSale(ksbId, id, revision, content, origin, completion(row, json), delivery(row));
        };
    }

    private static SaleContent content(Row row, ObjectMapper json) {
        return new SaleContent(
                SaleKind.valueOf(row.getString("kind")),
                row.getUUID("return_of"),
                row.getUUID("customer_id"),
                row.getString("currency"),
                row.getString("main_currency"),
                plain(row.getBigDecimal("rate"), 0),
                row.getString("price_type"),
                row.getString("warehouse"),
                new Discount(
                        plain(row.getBigDecimal("discount_amount"), 2),
                        plain(row.getBigDecimal("discount_percent"), 0)),
                row.getBigDecimal("rounding"),
                row.getString("comment"),
                read(row, "lines", LINES, json),
                row.getBigDecimal("discount"),
                row.getBigDecimal("total"),
                row.getString("fiscal") == null ? null : read(row, "fiscal", FISCAL, json),
                row.getString("approved_by"));
    }

    private static Completion completion(Row row, ObjectMapper json) {
        return new Completion(
                row.getLong("device_sequence"),
                Rows.instant(row, "completed_at"),
                Rows.instant(row, "claimed_at"),
                row.getLocalDate("business_date"),
                row.getShort("business_hour"),
                read(row, "payments", PAYMENTS, json),
                row.getBigDecimal("paid"),
                row.getBigDecimal("change"),
                new Completion.Main(
                        row.getBigDecimal("main_total"),
                        row.getBigDecimal("main_cash"),
                        row.getBigDecimal("main_card"),
                        row.getBigDecimal("main_debt"),
                        row.getBigDecimal("main_discount"),
                        row.getBigDecimal("main_rounding")),
                read(row, "flags", FLAGS, json),
                row.getString("content_hash"));
    }

    private static Delivery delivery(Row row) {
        return new Delivery(
                Delivery.Status.valueOf(row.getString("delivery_status")),
                row.getInteger("attempts"),
                Rows.instant(row, "next_attempt_at"),
                row.getString("last_error"),
                row.getBoolean("posted"),
                Rows.instant(row, "settled_at"),
                Hold.of(row.getString("held")));
    }

    private static <T> T read(Row row, String column, TypeReference<T> type, ObjectMapper json) {
        return Json.read(json, row.getString(column), type);
    }

    private static BigDecimal plain(BigDecimal value, int scale) {
        if (value == null) {
            return null;
        }
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < scale ? stripped.setScale(scale, RoundingMode.UNNECESSARY) : stripped;
    }
}
