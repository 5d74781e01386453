package uz.ksb.pos.local.replay.server;

import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import uz.ksb.pos.local.failure.CommandFailed;

/** One enterprise of the server, and who logs in there: its back office, and tills registered for this run. */
public final class Enterprise {

    private static final String JSON = "application/json";
    private static final String CASHIER = "kassir";
    private static final String MANAGER = "menejer";

    private final Server server;
    private final String ksbId;
    private final String password;

    public Enterprise(Server server, String ksbId, String password) {
        this.server = server;
        this.ksbId = ksbId;
        this.password = password;
    }

    /**
     * Makes sure that the server runs and knows the enterprise and the password, before anything is done there.
     *
     * @throws CommandFailed saying which of these is wrong
     */
    public Session backOffice() throws InterruptedException {
        Session.Token first = token(server.askOnce(tokenRequest()));
        Session.Token[] unused = {first};
        return new Session(() -> {
            Session.Token token = unused[0] == null ? token(server.ask(this::tokenRequest)) : unused[0];
            unused[0] = null;
            return token;
        });
    }

    /** A new till: nobody has ever used its id. */
    public Till newTill(int number) throws InterruptedException {
        UUID[] id = new UUID[1];
        Answer answer = server.ask(() -> {
            // After a lost answer the till is there, but its token is gone: that one is given up.
            id[0] = UUID.randomUUID();
            return registration(id[0], number);
        });
        if (!answer.isSuccess()) {
            throw new CommandFailed("till %d cannot be registered: %s".formatted(number, answer.reason()));
        }
        String deviceToken = answer.json().getString("deviceToken");
        return new Till(number, session(CASHIER, id[0], deviceToken), session(MANAGER, id[0], deviceToken));
    }

    private Session session(String login, UUID device, String deviceToken) {
        String body = new JsonObject()
                .put("ksbId", ksbId)
                .put("deviceId", device.toString())
                .put("login", login)
                .put("password", password)
                .encode();
        return new Session(() -> {
            Answer answer = server.ask(() -> server.post("/api/auth/login", JSON, body)
                    .header("X-Device-Token", deviceToken)
                    .build());
            if (!answer.isSuccess()) {
                throw new CommandFailed("%s cannot log in at %s: %s".formatted(login, ksbId, answer.reason()));
            }
            JsonObject tokens = answer.json();
            return Session.Token.of(tokens.getString("accessToken"), tokens.getLong("expiresIn"));
        });
    }

    private HttpRequest registration(UUID id, int number) {
        String body = new JsonObject()
                .put("ksbId", ksbId)
                .put("deviceId", id.toString())
                .put("name", "Replay till " + number)
                .encode();
        return server.post("/api/devices", JSON, body).build();
    }

    private HttpRequest tokenRequest() {
        String form = "grant_type=client_credentials&client_id=" + ksbId + "-backoffice&client_secret="
                + URLEncoder.encode(password, StandardCharsets.UTF_8);
        return server.post("/api/auth/token", "application/x-www-form-urlencoded", form)
                .build();
    }

    private Session.Token token(Answer answer) {
        if (answer.status() == 400 || answer.status() == 401) {
            throw new CommandFailed(
                    "wrong KSB-ID or password for %s-backoffice; the password is POS_SAMPLE_PASSWORD or what stands in .pos/sample-password"
                            .formatted(ksbId));
        }
        if (!answer.isSuccess()) {
            throw new CommandFailed("%s-backoffice gets no token: %s".formatted(ksbId, answer.reason()));
        }
        JsonObject tokens = answer.json();
        return Session.Token.of(tokens.getString("access_token"), tokens.getLong("expires_in", 60L));
    }
}
