package uz.ksb.pos.sync.backoffice;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import uz.ksb.pos.platform.ksbmerp.BackOfficeFailure;
import uz.ksb.pos.platform.ksbmerp.BackOfficeFailure.Reason;
import uz.ksb.pos.platform.ksbmerp.Call;
import uz.ksb.pos.platform.ksbmerp.KsbMerp;
import uz.ksb.pos.platform.ksbmerp.Vocabulary;

/** KSB-MERP as the ERP that a sync reads. */
@ApplicationScoped
class KsbMerpBackOffice implements BackOffice {
    private final KsbMerp merp;
    private final BackOfficeConfig config;
    private final KsbMerpRows rows = new KsbMerpRows();
    private final KsbMerpSettings settings = new KsbMerpSettings();

    KsbMerpBackOffice(KsbMerp merp, BackOfficeConfig config) {
        this.merp = merp;
        this.config = config;
    }

    @Override
    public boolean isConfigured(String ksbId) {
        return merp.isConfigured(ksbId);
    }

    @Override
    public Uni<Delta> read(String ksbId, String deviceId, String part, long version) {
        return switch (part) {
            case "permission" ->
                get(ksbId, deviceId, "permission")
                        .invoke(settings::mustBeAdmitted)
                        .replaceWith(Delta.of(List.of()));
            case "enterprise" ->
                get(ksbId, deviceId, "users").map(users -> Delta.of(settings.enterprise(ksbId, users, version)));
            case "settings" -> settings(ksbId, deviceId, version);
            default ->
                merp.delta(
                                call(ksbId, deviceId, rows.method(part)),
                                config.maxAnswer().asLongValue())
                        .map(delta -> new TranslatedDelta(delta, rows, part, version));
        };
    }

    private Uni<Delta> settings(String ksbId, String deviceId, long version) {
        return get(ksbId, deviceId, "users")
                .chain(users -> get(ksbId, deviceId, "user_settings").chain(ofUsers -> get(ksbId, deviceId, "settings")
                        .map(ofDevice -> settings.settings(deviceId, users, ofUsers, ofDevice, version))))
                .map(Delta::of);
    }

    @Override
    public Uni<Void> confirm(String ksbId, String deviceId, String object, List<String> ids) {
        Map<String, Object> body = Map.of(
                "ksb_id", ksbId,
                "device_id", deviceId,
                "removed_items", List.of(Map.of("id", ids, "object", object)));
        return tell(ksbId, deviceId, "remove", body);
    }

    @Override
    public Uni<Void> offerEverything(String ksbId, String deviceId) {
        return tell(ksbId, deviceId, "recovery", Map.of("ksb_id", ksbId, "device_id", deviceId));
    }

    private Uni<JsonNode> get(String ksbId, String deviceId, String method) {
        return merp.get(call(ksbId, deviceId, method)).invoke(answer -> mustBeNoError(method, answer));
    }

    private Uni<Void> tell(String ksbId, String deviceId, String method, Map<String, Object> body) {
        return merp.tell(call(ksbId, deviceId, method), body)
                .invoke(answer -> mustBeNoError(method, answer))
                .replaceWithVoid();
    }

    private Call call(String ksbId, String deviceId, String method) {
        return new Call(ksbId, deviceId, method, config.readTimeout());
    }

    private static void mustBeNoError(String method, JsonNode answer) {
        if (Vocabulary.isFailure(answer.path("status").textValue())) {
            throw new BackOfficeFailure(Reason.ERROR, "the back office's answer to " + method + " is an error");
        }
    }
}
