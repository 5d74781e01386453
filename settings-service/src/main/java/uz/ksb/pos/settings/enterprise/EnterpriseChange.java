package uz.ksb.pos.settings.enterprise;

import com.fasterxml.jackson.annotation.JsonFormat;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import uz.ksb.pos.platform.text.CurrencyCode;
import uz.ksb.pos.platform.text.StoredText;

/**
 * The change that an ADMIN makes to the enterprise; an absent field stays as it is.
 *
 * @param cashLimit a decimal, or {@code none}
 */
public record EnterpriseChange(
        @StoredText(max = 200) String name,

        @Size(max = 10) List<@NotNull @Pattern(regexp = "[+0-9 ()-]{3,30}") String> phones,
        ZoneId zone,

        @CurrencyCode String currency,

        @JsonFormat(pattern = "HH:mm") LocalTime dayStart,
        NegativeStock negativeStock,
        @Size(max = 20) Map<@CurrencyCode String, @NotNull Integer> cashRoundings,

        @Pattern(
                regexp = NO_LIMIT + "|[0-9]{1,13}(\\.[0-9]{1,2})?",
                message = "must be a sum such as 25000000.00, or none")
        String cashLimit,

        @Size(max = 10) List<@NotNull @Pattern(regexp = "2[0-9PIWC]{12}") String> weighedBarcodes,
        DeviceApproval deviceApproval) {
    static final String NO_LIMIT = "none";
}
