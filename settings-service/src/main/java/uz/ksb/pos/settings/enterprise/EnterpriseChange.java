package uz.ksb.pos.settings.enterprise;

import com.fasterxml.jackson.annotation.JsonFormat;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** What an ADMIN changes of the enterprise; what is absent stays. */
public record EnterpriseChange(
        @Size(max = 200) @Pattern(regexp = "(?s).*\\S.*", message = "must not be blank")
        String name,

        @Size(max = 10) List<@NotNull @Pattern(regexp = "[+0-9 ()-]{3,30}") String> phones,
        ZoneId zone,

        @Pattern(regexp = "[A-Z]{3}", message = "must be a currency code such as UZS")
        String currency,

        @JsonFormat(pattern = "HH:mm") LocalTime dayStart,
        NegativeStock negativeStock,
        Map<@Pattern(regexp = "[A-Z]{3}") String, @NotNull Integer> cashRoundings,
        @Size(max = 10) List<@NotNull @Pattern(regexp = "2[0-9PIWC]{12}") String> weighedBarcodes,
        DeviceApproval deviceApproval) {}
