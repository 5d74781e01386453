package uz.ksb.pos.settings.enterprise;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.SortedMap;

/**
 * An enterprise as its users see it; also the data of {@code enterprise.changed}.
 *
 * @param licenceUntil null: not known
 * @param cashRoundings by currency: cash may be rounded to this many of its units
 * @param cashLimit the most that may be paid in cash for one sale, in the main currency; null: no limit
 * @param weighedBarcodes EAN-13 patterns: I = article, W = grams
 * @param version rising with every change
 */
public record EnterpriseView(
        String ksbId,
        String name,
        List<String> phones,
        String zone,
        String currency,
        @JsonFormat(pattern = "HH:mm") LocalTime dayStart,
        LocalDate licenceUntil,
        NegativeStock negativeStock,
        SortedMap<String, Integer> cashRoundings,
        BigDecimal cashLimit,
        List<String> weighedBarcodes,
        DeviceApproval deviceApproval,
        long version) {}
