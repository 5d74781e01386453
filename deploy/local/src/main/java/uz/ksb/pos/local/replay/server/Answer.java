package uz.ksb.pos.local.replay.server;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import uz.ksb.pos.local.failure.CommandFailed;

/** An answer of the server. */
public record Answer(int status, String body) {

    public boolean isSuccess() {
        return status / 100 == 2;
    }

    public JsonObject json() {
        try {
            return new JsonObject(body);
        } catch (DecodeException e) {
            throw unexpected();
        }
    }

    public JsonArray array() {
        try {
            return new JsonArray(body);
        } catch (DecodeException e) {
            throw unexpected();
        }
    }

    /** The problem details (RFC 9457) in one line. */
    public String reason() {
        try {
            JsonObject problem = new JsonObject(body);
            String text = problem.getString("detail", problem.getString("title", problem.getString("error", "")));
            return (status + " " + text).strip();
        } catch (DecodeException | ClassCastException e) {
            return Integer.toString(status);
        }
    }

    private CommandFailed unexpected() {
        return new CommandFailed(
                "the server answered %d with something that is not the expected JSON".formatted(status));
    }
}
