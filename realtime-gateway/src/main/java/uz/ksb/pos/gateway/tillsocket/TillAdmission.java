package uz.ksb.pos.gateway.tillsocket;

import java.util.function.Consumer;
import uz.ksb.pos.gateway.connection.ConnectionConfig;
import uz.ksb.pos.gateway.protocol.CloseReason;
import uz.ksb.pos.gateway.quota.ConnectionQuota;
import uz.ksb.pos.gateway.socketio.engine.EngineSession;
import uz.ksb.pos.gateway.token.TokenVerification;
import uz.ksb.pos.gateway.token.VerifiedToken;

/** Whether one client may come in: its token, and how many there are of its enterprise and device. On its event loop. */
final class TillAdmission {
    private final TillSockets all;
    private final EngineSession engine;
    private final ConnectionQuota quota;
    private final Client client;

    /** The client's side. */
    interface Client {
        void admitted(VerifiedToken verified);

        /** For good. */
        void refused(CloseReason reason, String why);

        /** For now. */
        void end(CloseReason reason);

        boolean hasLeft();
    }

    TillAdmission(TillSockets all, EngineSession engine, Client client) {
        this.all = all;
        this.engine = engine;
        this.client = client;
        this.quota = all.quota();
    }

    void ask(String token) {
        verify(token, this::judge);
    }

    /** Tells {@code judge}, unless the client has left meanwhile. */
    void verify(String token, Consumer<TokenVerification.Verdict> judge) {
        all.tokens().verify(token).onComplete(verdict -> engine.loop().run(() -> {
            if (!client.hasLeft() && !engine.isClosed()) {
                judge.accept(verdict.succeeded() ? verdict.result() : new TokenVerification.Verdict.Unknown());
            }
        }));
    }

    private void judge(TokenVerification.Verdict verdict) {
        switch (verdict) {
            case TokenVerification.Verdict.Valid valid -> admit(valid.verified());
            case TokenVerification.Verdict.Invalid invalid -> client.refused(CloseReason.TOKEN, "invalid token");
            case TokenVerification.Verdict.Unknown unknown -> client.end(CloseReason.TRY_AGAIN);
        }
    }

    private void admit(VerifiedToken verified) {
        ConnectionConfig limits = all.limits();
        String ksbId = verified.caller().ksbId();
        if (all.hub().refuses(verified)) {
            client.refused(CloseReason.BLOCKED, "blocked");
        } else if (!quota.enter("enterprise " + ksbId, limits.ofEnterprise())
                || !quota.enter(device(verified), limits.ofDevice())) {
            client.end(CloseReason.TOO_MANY_CONNECTIONS);
        } else {
            client.admitted(verified);
        }
    }

    /** A machine has no device: its client counts. */
    private static String device(VerifiedToken verified) {
        String device = verified.caller().deviceId();
        return "device " + verified.caller().ksbId() + " "
                + (device == null ? verified.caller().userId() : device);
    }

    /** False: the client, its device or enterprise has sent too much. */
    boolean admits(int bytes) {
        return quota.take(bytes);
    }

    void leave() {
        quota.leave();
    }
}
