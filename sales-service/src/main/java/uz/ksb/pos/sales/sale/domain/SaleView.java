package uz.ksb.pos.sales.sale.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import uz.ksb.pos.sales.money.SaleArithmetic.Discount;
import uz.ksb.pos.sales.sale.domain.content.Fiscal;
import uz.ksb.pos.sales.sale.domain.content.Flag;
import uz.ksb.pos.sales.sale.domain.content.Line;
import uz.ksb.pos.sales.sale.domain.content.Origin;
import uz.ksb.pos.sales.sale.domain.content.Payment;
import uz.ksb.pos.sales.sale.domain.content.SaleContent;
import uz.ksb.pos.sales.sale.domain.content.SaleKind;

/**
 * A sale as everybody sees it: answers, lists and events. {@code revision} rises; whoever receives keeps the highest.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SaleView(
        UUID id,
        int revision,
        SaleStatus status,
        SaleKind kind,
        String number,
        UUID returnOf,
        UUID customerId,
        String currency,
        BigDecimal rate,
        String priceType,
        String warehouse,
        @JsonInclude(JsonInclude.Include.NON_NULL) DiscountView discount,
        BigDecimal rounding,
        String comment,
        String cashier,
        String uploader,
        String deviceId,
        Long deviceSequence,
        Instant openedAt,
        Instant completedAt,
        Instant claimedAt,
        LocalDate businessDate,
        List<Line> lines,
        List<Payment> payments,
        BigDecimal totalDiscount,
        BigDecimal total,
        BigDecimal paid,
        BigDecimal change,
        @JsonInclude(JsonInclude.Include.ALWAYS) Delivery.Status deliveryStatus,
        DeliveryView delivery,

        @Schema(enumeration = {"blocked-device", "return", "dismissed"})
        String held,

        @Schema(type = SchemaType.ARRAY, implementation = Flag.class)
        List<String> flags,

        Fiscal fiscal,
        String approvedBy) {

    /** The discount as asked for: one of the two. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record DiscountView(BigDecimal amount, BigDecimal percent) {}

    /** See {@link Delivery}. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record DeliveryView(int attempts, Instant nextAttemptAt, String lastError, Boolean posted) {}

    public static SaleView of(Sale sale) {
        return switch (sale) {
            case OpenSale open -> unfinished(open, SaleStatus.OPEN);
            case TrashedSale trashed -> unfinished(trashed, SaleStatus.TRASHED);
            case CompletedSale completed -> finished(completed);
        };
    }

    private static SaleView unfinished(Sale sale, SaleStatus status) {
        return view(sale, status, null, null);
    }

    private static SaleView finished(CompletedSale sale) {
        return view(sale, SaleStatus.COMPLETED, sale.completion(), sale.delivery());
    }

    private static SaleView view(Sale sale, SaleStatus status, Completion end, Delivery delivery) {
        SaleContent content = sale.content();
        Origin origin = sale.origin();
        BigDecimal nothing = new BigDecimal("0.00");
        return new SaleView(
                sale.id(),
                sale.revision(),
                status,
                content.kind(),
                end == null || end.deviceSequence() == null || origin.deviceCode() == null
                        ? null
                        : "%s-%06d".formatted(origin.deviceCode(), end.deviceSequence()),
                content.returnOf(),
                content.customerId(),
                content.currency(),
                content.rate(),
                content.priceType(),
                content.warehouse(),
                discount(content.asked()),
                content.rounding(),
                content.comment(),
                origin.cashier(),
                origin.uploader(),
                origin.deviceId(),
                end == null ? null : end.deviceSequence(),
                origin.openedAt(),
                end == null ? null : end.completedAt(),
                end == null ? null : end.claimedAt(),
                end == null ? null : end.businessDate(),
                content.lines(),
                end == null ? List.of() : end.payments(),
                content.discount(),
                content.total(),
                end == null ? nothing : end.paid(),
                end == null ? nothing : end.change(),
                delivery == null ? null : delivery.status(),
                delivery == null
                        ? null
                        : new DeliveryView(
                                delivery.attempts(), delivery.nextAttemptAt(), delivery.lastError(), delivery.posted()),
                delivery == null || delivery.hold() == null
                        ? null
                        : delivery.hold().text(),
                end == null ? List.of() : end.flags(),
                content.fiscal(),
                content.approvedBy());
    }

    private static DiscountView discount(Discount asked) {
        return asked.amount() == null && asked.percent() == null
                ? null
                : new DiscountView(asked.amount(), asked.percent());
    }
}
