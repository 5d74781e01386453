package uz.ksb.pos.sales.sale.domain.content;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import uz.ksb.pos.platform.problem.Problem;

/** The fiscal module's receipt of a sale, kept and passed on as it is. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Fiscal(String terminalId, String sequence, String sign, String qr, OffsetDateTime at) {
    private static final int MAX_QR = 2_000;

    /** @throws Problem 400 when a text is too long */
    Fiscal checked() {
        Fields.require(at == null || TillTime.isATime(at), "fiscal.at", "is not a time of this calendar");
        return new Fiscal(
                Fields.shortText(terminalId, "fiscal.terminalId"),
                Fields.shortText(sequence, "fiscal.sequence"),
                Fields.text(sign, Fields.MAX_TEXT, "fiscal.sign"),
                Fields.text(qr, MAX_QR, "fiscal.qr"),
                at);
    }
}
