package uz.ksb.pos.sync.backoffice;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import uz.ksb.pos.platform.spool.SpoolFile;

/**
 * KSB-MERP, a 1C base: {@code {base}/hs/ksbmerp_pos/{method}/ksb?text=pos&ksb_id=…&device_id=…} with HTTP Basic.
 *
 * <p>Its answers may be slow, partial, or an HTML page with status 200: each is an error with a clear reason.
 */
@ApplicationScoped
class KsbMerpBackOffice implements BackOffice {
    /** Of an answer that is read as a whole. */
    private static final long MAX_DOCUMENT_BYTES = 4L * 1024 * 1024;

    private final KsbMerpHttp http;
    private final BackOfficeConfig config;
    private final ObjectMapper json = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private final KsbMerpRows rows = new KsbMerpRows(json);
    private final KsbMerpSettings settings = new KsbMerpSettings(json);

    KsbMerpBackOffice(KsbMerpHttp http, BackOfficeConfig config) {
        this.http = http;
        this.config = config;
    }

    @Override
    public boolean isConfigured(String ksbId) {
        return http.isConfigured(ksbId);
    }

    @Override
    public Uni<Delta> read(String ksbId, String deviceId, String part, long version) {
        return switch (part) {
            case "permission" ->
                document(ksbId, deviceId, "permission", null)
                        .invoke(settings::mustBeAdmitted)
                        .replaceWith(Delta.of(List.of()));
            case "enterprise" ->
                document(ksbId, deviceId, "users", null)
                        .map(users -> Delta.of(settings.enterprise(ksbId, users, version)));
            case "settings" -> settings(ksbId, deviceId, version);
            default -> delta(ksbId, deviceId, part, version);
        };
    }

    private Uni<Delta> settings(String ksbId, String deviceId, long version) {
        return document(ksbId, deviceId, "users", null)
                .chain(users -> document(ksbId, deviceId, "user_settings", null)
                        .chain(ofUsers -> document(ksbId, deviceId, "settings", null)
                                .map(ofDevice -> settings.settings(deviceId, users, ofUsers, ofDevice, version))))
                .map(Delta::of);
    }

    private Uni<Delta> delta(String ksbId, String deviceId, String part, long version) {
        String method = rows.method(part);
        return answer(
                http.ask(ksbId, deviceId, method, null, config.maxAnswer().asLongValue()),
                file -> new KsbMerpDelta(
                        json,
                        method,
                        file::open,
                        (id, detail, dictionaries) -> rows.row(part, id, detail, dictionaries, version),
                        file::close));
    }

    @Override
    public Uni<Void> confirm(String ksbId, String deviceId, String object, List<String> ids) {
        ObjectNode body = identified(ksbId, deviceId);
        ObjectNode removed = body.putArray("removed_items").addObject();
        ids.forEach(removed.putArray("id")::add);
        removed.put("object", object);
        return document(ksbId, deviceId, "remove", body).replaceWithVoid();
    }

    @Override
    public Uni<Void> offerEverything(String ksbId, String deviceId) {
        return document(ksbId, deviceId, "recovery", identified(ksbId, deviceId))
                .replaceWithVoid();
    }

    private ObjectNode identified(String ksbId, String deviceId) {
        return json.createObjectNode().put("ksb_id", ksbId).put("device_id", deviceId);
    }

    private Uni<JsonNode> document(String ksbId, String deviceId, String method, ObjectNode body) {
        return answer(http.ask(ksbId, deviceId, method, body, MAX_DOCUMENT_BYTES), file -> {
            try (file) {
                return readable(method, file);
            }
        });
    }

    /** Files are read on worker threads. */
    private static <T> Uni<T> answer(Uni<SpoolFile> asked, Function<SpoolFile, T> reading) {
        return asked.emitOn(Infrastructure.getDefaultWorkerPool()).map(reading);
    }

    private JsonNode readable(String method, SpoolFile answer) {
        JsonNode body;
        try {
            body = json.readTree(answer.open());
        } catch (IOException notJson) {
            throw new BackOfficeFailure("the back office's answer to " + method + " is not JSON", notJson);
        }
        if (!body.isObject() || "error".equals(body.path("status").asText())) {
            throw new BackOfficeFailure("the back office's answer to " + method + " is not what was asked for");
        }
        return body;
    }
}
