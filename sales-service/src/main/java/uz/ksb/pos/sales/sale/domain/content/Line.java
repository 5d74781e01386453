package uz.ksb.pos.sales.sale.domain.content;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.util.List;

/**
 * A line of a sale with its sums, as it is stored and shown.
 *
 * @param returnOfIndex place of the receipt's line that comes back, from 0; null: not a return, or no line of the receipt
 * @param marks texts of DataMatrix codes, byte by byte
 * @param mxik of the product when it was sold, from the catalogue; this and the next two are null when not known
 * @param vatRate percent
 * @param sum price x quantity
 * @param discount its share of the sale's discount
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Line(
        String lineId,
        String productId,
        String name,
        String unit,
        BigDecimal price,
        Long priceVersion,
        BigDecimal basePrice,
        String baseCurrency,
        BigDecimal rate,
        BigDecimal quantity,
        String warehouse,
        String returnOfLine,
        Integer returnOfIndex,
        List<String> marks,
        String mxik,
        String packageCode,
        BigDecimal vatRate,
        BigDecimal sum,
        BigDecimal discount) {

    public BigDecimal net() {
        return sum.subtract(discount);
    }

    /** As a return names it: a line of the receipt, and how much of it comes back. */
    public static Line ofReturn(String lineId, BigDecimal quantity) {
        return new Line(
                null, null, null, null, null, null, null, null, null, quantity, null, lineId, null, null, null, null,
                null, null, null);
    }

    /** With what the law wants to know of its product. */
    public Line withTax(String itsMxik, String itsPackageCode, BigDecimal itsVatRate) {
        return new Line(
                lineId,
                productId,
                name,
                unit,
                price,
                priceVersion,
                basePrice,
                baseCurrency,
                rate,
                quantity,
                warehouse,
                returnOfLine,
                returnOfIndex,
                marks,
                itsMxik,
                itsPackageCode,
                itsVatRate,
                sum,
                discount);
    }

    public Line withRate(BigDecimal other) {
        return copy(lineId, quantity, returnOfLine, returnOfIndex, marks, sum, discount, other);
    }

    public Line withReturnOfIndex(Integer index) {
        return copy(lineId, quantity, returnOfLine, index, marks, sum, discount, rate);
    }

    /** The part of this line that comes back as the line {@code id} of a return. */
    public Line returned(
            String id, int index, BigDecimal part, List<String> partMarks, BigDecimal net, BigDecimal itsDiscount) {
        return copy(id, part, lineId, index, partMarks, net.add(itsDiscount), itsDiscount, rate);
    }

    private Line copy(
            String id,
            BigDecimal amount,
            String receiptLine,
            Integer receiptIndex,
            List<String> itsMarks,
            BigDecimal itsSum,
            BigDecimal itsDiscount,
            BigDecimal itsRate) {
        return new Line(
                id,
                productId,
                name,
                unit,
                price,
                priceVersion,
                basePrice,
                baseCurrency,
                itsRate,
                amount,
                warehouse,
                receiptLine,
                receiptIndex,
                itsMarks,
                mxik,
                packageCode,
                vatRate,
                itsSum,
                itsDiscount);
    }
}
