package uz.ksb.pos.settings.sync;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.text.StoredText;
import uz.ksb.pos.settings.enterprise.EnterprisePatch;
import uz.ksb.pos.settings.settings.DeviceSettingsPatch;
import uz.ksb.pos.settings.settings.UserSettingsPatch;
import uz.ksb.pos.settings.user.User;

/** A row of the back office. Its {@code version}, which rises with every reading, is told apart. */
sealed interface BackOfficeRow {
    /** The key of the stored row. */
    String key();

    /** A row of the part {@code enterprise}. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record OfEnterprise(@Valid EnterprisePatch enterprise) implements BackOfficeRow {
        @Override
        @JsonIgnore
        public String key() {
            return "";
        }
    }

    /**
     * A row of the part {@code settings}, kind {@code user}.
     *
     * @param id the login
     * @param settings null: none are given
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OfUser(
            @NotNull @StoredText(max = 100) String id,
            @StoredText(max = 200) String name,
            Role role,
            @Valid UserSettingsPatch settings)
            implements BackOfficeRow {
        /** In one form, and with something for what the back office leaves out. */
        public OfUser {
            id = id == null ? null : id.strip();
            name = name == null || name.isBlank() ? id : name.strip();
            role = role == null || !role.isOfPeople() ? Role.CASHIER : role;
            settings = settings == null ? UserSettingsPatch.NONE : settings;
        }

        @Override
        @JsonIgnore
        public String key() {
            return User.key(id);
        }
    }

    /** A row of the part {@code settings}, kind {@code device}. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record OfDevice(@NotNull UUID id, @NotNull @Valid DeviceSettingsPatch settings) implements BackOfficeRow {
        @Override
        @JsonIgnore
        public String key() {
            return id.toString();
        }
    }
}
