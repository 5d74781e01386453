package uz.ksb.pos.benchmarks.stack;

import com.fasterxml.jackson.databind.util.RawValue;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import uz.ksb.pos.benchmarks.BenchFailed;
import uz.ksb.pos.till.Api;

/** The stack's sample enterprise, for what must be there before a round; the load itself goes other ways. */
public final class SampleShop {
    public static final String KSB_ID = "10000001";

    private final Api api;
    private final String password;

    SampleShop(String origin, String password) {
        this.api = new Api(origin, password);
        this.password = password;
    }

    /** A new till with a cashier logged in. Its token lasts for 15 minutes. */
    public Api.Login till() {
        return till("kassir");
    }

    public Api.Login till(String login) {
        return api.loggedIn(KSB_ID, login);
    }

    /** A new till where nobody is logged in yet, and the body of the request that does it. */
    public record Device(String token, JsonObject login) {}

    public Device device(String login) {
        String id = UUID.randomUUID().toString();
        String token = required("device", api.registerDevice(KSB_ID, id)).getString("deviceToken");
        return new Device(
                token,
                new JsonObject()
                        .put("ksbId", KSB_ID)
                        .put("deviceId", id)
                        .put("login", login)
                        .put("password", password));
    }

    public JsonObject get(String path, String token) {
        return required(path, api.get(path, token));
    }

    public JsonObject put(String path, String token, JsonObject body) {
        return required(path, api.put(path, token, new RawValue(body.encode())));
    }

    public JsonObject post(String path, String token, JsonObject body) {
        return required(path, api.post(path, token, new RawValue(body.encode())));
    }

    private static JsonObject required(String path, Api.Answer answer) {
        if (!answer.isSuccess()) {
            throw new BenchFailed("%s answered %d: %s".formatted(path, answer.status(), answer.body()));
        }
        return answer.body().startsWith("{") ? new JsonObject(answer.body()) : new JsonObject();
    }
}
