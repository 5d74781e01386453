package uz.ksb.pos.platform.ksbmerp;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import uz.ksb.pos.platform.ksbmerp.BackOfficeFailure.Reason;

/**
 * A call of one method.
 *
 * @param deviceId the till that asks
 * @param method its name in KSB-MERP's contract
 * @param timeout from the beginning to the last byte of the answer
 */
public record Call(String ksbId, String deviceId, String method, Duration timeout) {
    String address(String base) {
        return "%s/hs/ksbmerp_pos/%s/ksb?text=pos&ksb_id=%s&device_id=%s"
                .formatted(base, method, encoded(ksbId), encoded(deviceId));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(String.valueOf(value), StandardCharsets.UTF_8);
    }

    BackOfficeFailure failure(Reason reason, String problem) {
        return new BackOfficeFailure(reason, "the back office's answer to " + method + " " + problem);
    }

    /** An answer with another status than 2xx. */
    BackOfficeFailure unexpected(int status) {
        return failure(status == 401 || status == 403 ? Reason.LOGIN : Reason.ERROR, "has status " + status);
    }
}
