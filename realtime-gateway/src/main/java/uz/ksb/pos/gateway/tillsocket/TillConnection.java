package uz.ksb.pos.gateway.tillsocket;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import uz.ksb.pos.gateway.hub.Subscriber;
import uz.ksb.pos.gateway.protocol.CloseReason;
import uz.ksb.pos.gateway.protocol.Position;
import uz.ksb.pos.gateway.protocol.ServerMessage;
import uz.ksb.pos.gateway.socketio.ClientEvent;
import uz.ksb.pos.gateway.socketio.NamespaceSocket;
import uz.ksb.pos.gateway.socketio.SocketListener;
import uz.ksb.pos.gateway.socketio.engine.EngineSession;
import uz.ksb.pos.gateway.socketio.engine.SessionIds;
import uz.ksb.pos.gateway.socketio.packet.ServerPacket;
import uz.ksb.pos.gateway.token.TokenVerification;
import uz.ksb.pos.gateway.token.VerifiedToken;

/** One client in {@code /}: lets it in, obeys it, ends it. On its event loop. */
final class TillConnection implements SocketListener, TillSink.Client, TillAdmission.Client, TokenTimes.Client {
    private final TillSockets all;
    private final TillVisitor visitor;
    private final NamespaceSocket socket;
    private final EngineSession engine;
    private final TillSink sink;
    private final TokenTimes token;
    private final TillAdmission admission;
    private final PendingAnswer answer = new PendingAnswer();
    /** Told before the client is let in; null once it is. */
    private List<ServerMessage> early = new ArrayList<>();

    private TillRequest.Connect asked;
    private Subscriber subscriber;
    private ScheduledFuture<?> positions;
    private boolean busy;
    private boolean clogged;
    private boolean left;

    TillConnection(TillSockets all, TillVisitor visitor, NamespaceSocket socket) {
        this.all = all;
        this.visitor = visitor;
        this.socket = socket;
        this.engine = socket.session().engine();
        this.sink = new TillSink(socket, all.events(), this);
        this.token = new TokenTimes(engine.loop(), all.limits().expiryWarning(), this);
        this.admission = new TillAdmission(all, engine, this);
    }

    boolean admits(int bytes) {
        return admission.admits(bytes);
    }

    void connect(TillRequest.Connect request) {
        asked = request;
        hold();
        request.token().ifPresentOrElse(admission::ask, () -> refused(CloseReason.TOKEN, "no token"));
    }

    @Override
    public boolean hasLeft() {
        return left;
    }

    @Override
    public void admitted(VerifiedToken verified) {
        subscriber = all.hub().join(verified, sink);
        if (subscriber == null) {
            refused(CloseReason.BLOCKED, "blocked");
            return;
        }
        if (left) {
            return;
        }
        visitor.known();
        token.begin(verified.expiresAt());
        if (asked.channels().isEmpty()) {
            accept(false);
            served();
        } else {
            whenDone(subscriber.subscribe(asked.channels(), asked.since()));
        }
    }

    @Override
    public void refused(CloseReason reason, String why) {
        all.metrics().closed(reason);
        socket.refuse(why);
        left();
        served();
    }

    /** @param recovered whether nothing of the channels it asked for is missing since its offset */
    private void accept(boolean recovered) {
        VerifiedToken verified = subscriber.verified();
        String pid = asked.pid()
                .filter(shown -> recovered && RecoveryId.isOf(shown, verified))
                .orElseGet(() -> RecoveryId.fresh(verified));
        socket.accept(this, "{\"sid\":\"" + SessionIds.next() + "\",\"pid\":" + ServerPacket.quoted(pid) + "}");
        List<ServerMessage> told = early;
        early = null;
        told.forEach(sink::emit);
        subscriber.tellIfBehind();
        socket.flush();
        tellPositionLater();
    }

    @Override
    public boolean heard(ServerMessage message) {
        if (message instanceof ServerMessage.Subscribed subscribed && early != null) {
            accept(subscribed.recovered() && hasAll(subscribed));
        }
        if (early != null) {
            early.add(message);
            return false;
        }
        return answer.heard(message);
    }

    private boolean hasAll(ServerMessage.Subscribed subscribed) {
        return subscribed.channels().size() >= new HashSet<>(asked.channels()).size();
    }

    @Override
    public Optional<Position> place() {
        return subscriber == null ? Optional.empty() : subscriber.place();
    }

    private void tellPositionLater() {
        positions = engine.loop().after(all.config().positionEvery().toNanos(), () -> {
            subscriber.ping();
            tellPositionLater();
        });
    }

    @Override
    public void tokenEndsIn(long seconds) {
        sink.send(new ServerMessage.Expiring(seconds));
        socket.flush();
    }

    /** It comes back by itself, with a new one if its auth is a function. */
    @Override
    public void tokenEnded() {
        end(CloseReason.TOKEN);
    }

    @Override
    public void event(ClientEvent event) {
        switch (TillRequest.of(event)) {
            case TillRequest.Subscribe subscribe -> {
                hold();
                answer.await(event);
                whenDone(subscriber.subscribe(subscribe.channels(), subscribe.since()));
            }
            case TillRequest.Unsubscribe unsubscribe -> {
                subscriber.unsubscribe(unsubscribe.channels());
                answer(event, "{}");
            }
            case TillRequest.Auth auth -> {
                hold();
                admission.verify(auth.token(), verdict -> renew(event, verdict));
            }
            case TillRequest.Unknown unknown ->
                answer(event, PendingAnswer.error("unknown-event", "There is no event of this name."));
            case TillRequest.Invalid invalid ->
                answer(event, PendingAnswer.error("invalid-message", event.name() + " " + invalid.why()));
        }
        if (!left && engine.isClogged()) {
            // A client that does not read is not answered more.
            clogged = true;
            engine.pause();
        }
    }

    private void answer(ClientEvent event, String result) {
        event.acknowledge(List.of(result), List.of());
        socket.flush();
    }

    private void renew(ClientEvent event, TokenVerification.Verdict verdict) {
        switch (verdict) {
            case TokenVerification.Verdict.Valid(VerifiedToken verified)
            when !all.hub().refuses(verified) && subscriber.verified().isRenewedBy(verified) -> {
                subscriber.renew(verified);
                token.begin(verified.expiresAt());
                long seconds =
                        Duration.between(Instant.now(), verified.expiresAt()).toSeconds();
                answer(event, "{\"expiresIn\":" + seconds + "}");
            }
            case TokenVerification.Verdict.Unknown unknown ->
                answer(event, PendingAnswer.error("try-again", "The token cannot be verified now."));
            case TokenVerification.Verdict.Valid other -> refuseToken(event);
            case TokenVerification.Verdict.Invalid invalid -> refuseToken(event);
        }
        served();
    }

    private void refuseToken(ClientEvent event) {
        answer(event, PendingAnswer.error("invalid-token", "The token is not valid here."));
        all.metrics().closed(CloseReason.TOKEN);
        socket.disconnect();
    }

    private void whenDone(CompletionStage<Void> told) {
        told.thenRunAsync(this::subscribed, sink.loop().executor()).exceptionally(unexpected -> {
            engine.loop().run(() -> end(CloseReason.TRY_AGAIN));
            return null;
        });
    }

    private void subscribed() {
        if (left) {
            return;
        }
        if (early != null) {
            accept(false);
        }
        answer.nothing();
        socket.flush();
        served();
    }

    private void hold() {
        busy = true;
        engine.pause();
    }

    private void served() {
        busy = false;
        hearAgain();
    }

    private void hearAgain() {
        if (!busy && !clogged) {
            engine.resume();
        }
    }

    @Override
    public void writable() {
        if (left) {
            return;
        }
        subscriber.pump();
        if (clogged && !engine.isClogged()) {
            clogged = false;
            hearAgain();
        }
    }

    /** Only a client that must not come back by itself is taken out; the others lose their transport. */
    @Override
    public void end(CloseReason reason) {
        if (left) {
            return;
        }
        all.metrics().closed(reason);
        if (reason == CloseReason.BLOCKED) {
            if (early == null) {
                socket.disconnect();
            } else {
                socket.refuse("blocked");
            }
        }
        left();
        engine.close();
    }

    @Override
    public void left() {
        if (!left) {
            left = true;
            token.stop();
            if (positions != null) {
                boolean unused = positions.cancel(false);
            }
            if (subscriber != null) {
                subscriber.leave();
            }
            admission.leave();
        }
    }
}
