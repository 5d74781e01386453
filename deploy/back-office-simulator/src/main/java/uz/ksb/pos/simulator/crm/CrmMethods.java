package uz.ksb.pos.simulator.crm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import uz.ksb.pos.simulator.http.Answer;
import uz.ksb.pos.simulator.http.Refused;
import uz.ksb.pos.simulator.shop.Shop;
import uz.ksb.pos.simulator.state.SimulatorState;

/** The CRM's two addresses. */
public final class CrmMethods {

    private final SimulatorState state;
    private final ObjectMapper json;
    private final WebhookSignature signature;
    private final Clock clock;

    public CrmMethods(SimulatorState state, ObjectMapper json, WebhookSignature signature, Clock clock) {
        this.state = state;
        this.json = json;
        this.signature = signature;
        this.clock = clock;
    }

    /** {@code POST /crm/sync-completed}: a CloudEvent as JSON; 401 without a good signature. */
    public Answer syncCompleted(RoutingContext request) throws IOException {
        byte[] body = body(request);
        HttpServerRequest http = request.request();
        String id = http.getHeader("webhook-id");
        Optional<String> refusal =
                signature.refusal(id, http.getHeader("webhook-timestamp"), http.getHeader("webhook-signature"), body);
        JsonNode event = event(body);
        state.crmAsked(Objects.toString(id, ""), ksbId(event), refusal, event);
        refusal.ifPresent(reason -> {
            throw new Refused(401, reason);
        });
        return Answer.of(200, json, Map.of("status", "received"));
    }

    /** The enterprise that a webhook speaks of. */
    public String ksbId(RoutingContext request) {
        return ksbId(event(body(request)));
    }

    private static byte[] body(RoutingContext request) {
        return Optional.ofNullable(request.body().buffer())
                .map(Buffer::getBytes)
                .orElse(new byte[0]);
    }

    private JsonNode event(byte[] body) {
        try {
            return json.readTree(body);
        } catch (IOException unreadable) {
            return json.missingNode();
        }
    }

    private static String ksbId(JsonNode event) {
        return event.path("ksbid").asText(event.path("data").path("ksbId").asText(""));
    }

    /** {@code GET /ksb-info/{ksbId}}. */
    public Answer ksbInfo(RoutingContext request) {
        Shop shop = state.shop(request.pathParam("ksbId"))
                .orElseThrow(() -> new Refused(404, "There is no enterprise of this KSB-ID"));
        boolean over = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).isAfter(shop.licenceUntil());
        return Answer.of(
                200,
                json,
                Map.of(
                        "status",
                        over ? "expired" : "active",
                        "licenceUntil",
                        shop.licenceUntil().toString()));
    }
}
