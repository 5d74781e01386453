package uz.ksb.pos.settings.enterprise;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import uz.ksb.pos.platform.text.StoredText;

/** The back office's view of an enterprise; null is what it does not speak of. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EnterprisePatch(
        @StoredText(max = 200) String name,
        @Size(max = 10) List<@NotNull @Pattern(regexp = "[+0-9 ()-]{3,30}") String> phones,
        LocalDate licenceUntil) {
    public static final EnterprisePatch NOTHING = new EnterprisePatch(null, null, null);

    /** The fields that are new or differ from before. */
    public EnterprisePatch changedSince(EnterprisePatch before) {
        return new EnterprisePatch(
                Objects.equals(name, before.name) ? null : name,
                Objects.equals(phones, before.phones) ? null : phones,
                Objects.equals(licenceUntil, before.licenceUntil) ? null : licenceUntil);
    }
}
