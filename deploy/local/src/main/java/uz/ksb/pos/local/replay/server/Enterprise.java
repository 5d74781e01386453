package uz.ksb.pos.local.replay.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;
import uz.ksb.pos.local.failure.CommandFailed;
import uz.ksb.pos.till.Api;
import uz.ksb.pos.till.Session;

/** One enterprise of the server, and who logs in there: its back office, and tills registered for this run. */
public final class Enterprise {

    private static final String CASHIER = "kassir";
    private static final String MANAGER = "menejer";

    private final Server server;
    private final String ksbId;

    public Enterprise(Server server, String ksbId) {
        this.server = server;
        this.ksbId = ksbId;
    }

    /**
     * Makes sure that the server runs and knows the enterprise and the password, before anything is done there.
     *
     * @throws CommandFailed saying which of these is wrong
     */
    public Session backOffice() throws InterruptedException {
        Session.Token[] unused = {
            token(server.askOnce(server.api().tokenRequest(ksbId).build()))
        };
        return new Session(() -> {
            Session.Token token = unused[0] == null
                    ? token(server.ask(() -> server.api().tokenRequest(ksbId).build()))
                    : unused[0];
            unused[0] = null;
            return token;
        });
    }

    /** A new till: nobody has ever used its id. */
    public Till newTill(int number) throws InterruptedException {
        String[] id = new String[1];
        Api.Answer answer = server.ask(() -> {
            // After a lost answer the till is there, but its token is gone: that one is given up.
            id[0] = UUID.randomUUID().toString();
            return server.api()
                    .registration(ksbId, id[0], "Replay till " + number)
                    .build();
        });
        if (!answer.isSuccess()) {
            throw new CommandFailed("till %d cannot be registered: %s".formatted(number, answer.reason()));
        }
        String deviceToken = answer.json().path("deviceToken").asText();
        return new Till(number, session(CASHIER, id[0], deviceToken), session(MANAGER, id[0], deviceToken));
    }

    private Session session(String login, String device, String deviceToken) {
        return new Session(() -> {
            Api.Answer answer = server.ask(() ->
                    server.api().loginRequest(ksbId, device, deviceToken, login).build());
            if (!answer.isSuccess()) {
                throw new CommandFailed("%s cannot log in at %s: %s".formatted(login, ksbId, answer.reason()));
            }
            return Session.Token.of(answer);
        });
    }

    private Session.Token token(Api.Answer answer) {
        if (answer.status() == 400 || answer.status() == 401) {
            throw new CommandFailed(
                    "wrong KSB-ID or password for %s-backoffice; the password is POS_SAMPLE_PASSWORD or what stands in .pos/sample-password"
                            .formatted(ksbId));
        }
        if (!answer.isSuccess()) {
            throw new CommandFailed("%s-backoffice gets no token: %s".formatted(ksbId, answer.reason()));
        }
        JsonNode tokens = answer.json();
        return Session.Token.of(
                tokens.path("access_token").asText(), tokens.path("expires_in").asLong(60));
    }
}
