package uz.ksb.pos.settings.preferences;

import static uz.ksb.pos.settings.preferences.GivenUserSettings.anew;
import static uz.ksb.pos.settings.preferences.GivenUserSettings.given;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;

/** What the back office gives to a till; null is what it does not speak of. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GivenDeviceSettings(
        Integer resendSeconds,
        Integer timeoutSeconds,
        String receiptHeader,
        String receiptFooter,
        DeviceSettings.ReceiptWidth receiptWidth,
        DeviceSettings.Scan scan,
        Boolean askQuantity) {
    public static final GivenDeviceSettings NONE = new GivenDeviceSettings(null, null, null, null, null, null, null);

    /** What is said now and was not said before. */
    public GivenDeviceSettings since(GivenDeviceSettings before) {
        return new GivenDeviceSettings(
                anew(resendSeconds, before.resendSeconds),
                anew(timeoutSeconds, before.timeoutSeconds),
                anew(receiptHeader, before.receiptHeader),
                anew(receiptFooter, before.receiptFooter),
                anew(receiptWidth, before.receiptWidth),
                anew(scan, before.scan),
                anew(askQuantity, before.askQuantity));
    }

    public DeviceSettings onUsual() {
        return on(DeviceSettings.USUAL);
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
