package uz.ksb.pos.settings.settings;

import static uz.ksb.pos.settings.settings.UserSettingsPatch.anew;
import static uz.ksb.pos.settings.settings.UserSettingsPatch.given;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;

/** The settings that the back office gives to a till; null is what it does not speak of. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeviceSettingsPatch(
        Integer resendSeconds,
        Integer timeoutSeconds,
        String receiptHeader,
        String receiptFooter,
        DeviceSettings.ReceiptWidth receiptWidth,
        DeviceSettings.Scan scan,
        Boolean askQuantity) {
    public static final DeviceSettingsPatch NONE = new DeviceSettingsPatch(null, null, null, null, null, null, null);

    /** The fields that are new or differ from before. */
    public DeviceSettingsPatch changedSince(DeviceSettingsPatch before) {
        return new DeviceSettingsPatch(
                anew(resendSeconds, before.resendSeconds),
                anew(timeoutSeconds, before.timeoutSeconds),
                anew(receiptHeader, before.receiptHeader),
                anew(receiptFooter, before.receiptFooter),
                anew(receiptWidth, before.receiptWidth),
                anew(scan, before.scan),
                anew(askQuantity, before.askQuantity));
    }

    public DeviceSettings onDefaults() {
        return on(DeviceSettings.DEFAULTS);
    }

    DeviceSettings on(DeviceSettings present) {
        return new DeviceSettings(
                given(resendSeconds, present.resendSeconds()),
                given(timeoutSeconds, present.timeoutSeconds()),
                given(receiptHeader, present.receiptHeader()),
                given(receiptFooter, present.receiptFooter()),
                given(receiptWidth, present.receiptWidth()),
                given(scan, present.scan()),
                given(askQuantity, present.askQuantity()));
    }
}
