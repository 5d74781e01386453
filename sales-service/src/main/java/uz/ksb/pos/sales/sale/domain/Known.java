package uz.ksb.pos.sales.sale.domain;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import uz.ksb.pos.sales.catalogue.Catalogue;
import uz.ksb.pos.sales.house.House;

/**
 * Everything that a sale is checked against when it is finished.
 *
 * @param receipt of a return; null: it names none, or the enterprise has no such finished sale
 * @param numberTaken whether another sale of the till has its number
 * @param taken quantities that other sales of the same request take, by product and warehouse; this sale's are added
 */
public record Known(
        Catalogue catalogue, House house, Receipt receipt, boolean numberTaken, Map<String, BigDecimal> taken) {
    public static Known of(Catalogue catalogue, House house) {
        return new Known(catalogue, house, null, false, new HashMap<>());
    }

    public Known withReceipt(Receipt other) {
        return new Known(catalogue, house, other, numberTaken, taken);
    }

    public Known withNumberTaken(boolean itIs) {
        return new Known(catalogue, house, receipt, itIs, taken);
    }
}
