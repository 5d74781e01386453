package uz.ksb.pos.sync.backoffice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpRequest;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uz.ksb.pos.sync.backoffice.BackOffice.Delta.Confirmation;

/**
 * KSB-MERP, a 1C base: {@code {base}/hs/ksbmerp_pos/{method}/ksb?text=pos&ksb_id=…&device_id=…} with HTTP Basic.
 *
 * <p>Its answers may be slow, partial, or an HTML page with status 200: each is an error with a clear reason.
 */
@ApplicationScoped
class KsbMerpBackOffice implements BackOffice {
    private final BackOfficeConfig config;
    private final ObjectMapper json;
    private final KsbMerpRows rows;
    private final KsbMerpSettings settings;
    private final WebClient http;

    KsbMerpBackOffice(BackOfficeConfig config, ObjectMapper json, Vertx vertx) {
        this.config = config;
        this.json = json;
        this.rows = new KsbMerpRows(json);
        this.settings = new KsbMerpSettings(json);
        this.http = WebClient.create(vertx, new WebClientOptions().setDecompressionSupported(true));
    }

    private record Address(String url, String user, String password) {}

    @Override
    public boolean isConfigured(String ksbId) {
        return address(ksbId).isPresent();
    }

    @Override
    public Uni<Delta> read(String ksbId, String deviceId, String part, long version) {
        return switch (part) {
            case "permission" ->
                get(ksbId, deviceId, "permission")
                        .invoke(settings::mustBeAdmitted)
                        .replaceWith(new Delta(List.of(), null));
            case "enterprise" ->
                get(ksbId, deviceId, "users").map(users -> new Delta(settings.enterprise(ksbId, users, version), null));
            case "settings" -> settings(ksbId, deviceId, version);
            default -> {
                String method = rows.method(part);
                yield get(ksbId, deviceId, method).map(body -> delta(part, method, body, version));
            }
        };
    }

    private Uni<Delta> settings(String ksbId, String deviceId, long version) {
        return get(ksbId, deviceId, "users")
                .chain(users -> get(ksbId, deviceId, "user_settings").chain(ofUsers -> get(ksbId, deviceId, "settings")
                        .map(ofDevice -> settings.settings(deviceId, users, ofUsers, ofDevice, version))))
                .map(read -> new Delta(read, null));
    }

    private Uni<JsonNode> get(String ksbId, String deviceId, String method) {
        return request(ksbId, deviceId, method, false)
                .send()
                .onFailure()
                .transform(KsbMerpBackOffice::unreachable)
                .map(answer -> readable(method, answer));
    }

    @Override
    public Uni<Void> confirm(String ksbId, String deviceId, Confirmation confirmation) {
        if (confirmation.ids().isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        ObjectNode body = identified(ksbId, deviceId);
        ObjectNode removed = body.putArray("removed_items").addObject();
        confirmation.ids().forEach(removed.putArray("id")::add);
        removed.put("object", confirmation.object());
        return post(ksbId, deviceId, "remove", body);
    }

    @Override
    public Uni<Void> offerEverything(String ksbId, String deviceId) {
        return post(ksbId, deviceId, "recovery", identified(ksbId, deviceId));
    }

    private Uni<Void> post(String ksbId, String deviceId, String method, ObjectNode body) {
        return request(ksbId, deviceId, method, true)
                .putHeader("content-type", "application/json")
                .sendBuffer(Buffer.buffer(body.toString()))
                .onFailure()
                .transform(KsbMerpBackOffice::unreachable)
                .map(answer -> readable(method, answer))
                .replaceWithVoid();
    }

    private ObjectNode identified(String ksbId, String deviceId) {
        return json.createObjectNode().put("ksb_id", ksbId).put("device_id", deviceId);
    }

    private HttpRequest<Buffer> request(String ksbId, String deviceId, String method, boolean post) {
        Address address =
                address(ksbId).orElseThrow(() -> new BackOfficeFailure("no back office is configured for " + ksbId));
        String url = address.url() + "/hs/ksbmerp_pos/" + method + "/ksb";
        return (post ? http.postAbs(url) : http.getAbs(url))
                .addQueryParam("text", "pos")
                .addQueryParam("ksb_id", ksbId)
                .addQueryParam("device_id", deviceId)
                .basicAuthentication(address.user(), address.password())
                .timeout(config.readTimeout().toMillis());
    }

    private Delta delta(String part, String method, JsonNode body, long version) {
        JsonNode ids = body.path("item");
        JsonNode details = body.path("detail");
        if (!ids.isArray() || !details.isArray() || ids.size() != details.size()) {
            throw new BackOfficeFailure("the answer to " + method + " is not complete");
        }
        List<JsonNode> read = new ArrayList<>(ids.size());
        List<String> names = new ArrayList<>(ids.size());
        for (int i = 0; i < ids.size(); i++) {
            names.add(ids.get(i).asText());
            read.add(rows.row(part, ids.get(i).asText(), details.get(i), body, version));
        }
        Confirmation confirmation =
                rows.isConfirmed(part) ? new Confirmation(body.path("object").asText(method), names) : null;
        return new Delta(read, confirmation);
    }

    private JsonNode readable(String method, HttpResponse<Buffer> answer) {
        if (answer.statusCode() / 100 != 2) {
            throw new BackOfficeFailure("the back office answered " + method + " with status " + answer.statusCode());
        }
        try {
            JsonNode body = json.readTree(
                    answer.body() == null ? new byte[0] : answer.body().getBytes());
            if (body.isObject() && !"error".equals(body.path("status").asText())) {
                return body;
            }
        } catch (IOException notJson) {
            throw new BackOfficeFailure("the back office's answer to " + method + " is not JSON", notJson);
        }
        throw new BackOfficeFailure("the back office's answer to " + method + " is not what was asked for");
    }

    private Optional<Address> address(String ksbId) {
        BackOfficeConfig.Enterprise own = config.enterprise().get(ksbId);
        if (own != null) {
            return Optional.of(new Address(own.url(), own.user(), own.password()));
        }
        return config.url()
                .map(url -> new Address(
                        url, config.user().orElse(""), config.password().orElse("")));
    }

    private static Throwable unreachable(Throwable failure) {
        return new BackOfficeFailure("the back office cannot be reached: " + failure.getMessage(), failure);
    }
}
