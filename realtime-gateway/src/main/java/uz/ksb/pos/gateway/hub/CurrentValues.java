package uz.ksb.pos.gateway.hub;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import uz.ksb.pos.gateway.protocol.Channel;
import uz.ksb.pos.gateway.protocol.ServerMessage;
import uz.ksb.pos.gateway.rings.Frame;
import uz.ksb.pos.gateway.rings.StateKeys;
import uz.ksb.pos.gateway.snapshot.Snapshots;
import uz.ksb.pos.gateway.token.VerifiedToken;

/**
 * The values that a client's state channels begin with: its events wait for them, and what they contain is not sent after
 * them. On the client's event loop.
 */
final class CurrentValues {
    private final Snapshots snapshots;
    private final ClientSink sink;
    private final Subscriptions subscriptions;
    private final Runnable goOn;
    private final Map<String, Long> versions = new HashMap<>();
    private int awaited;
    /** Raised with each change of user: a value that was asked for by an earlier one is not told. */
    private int user;

    private CompletableFuture<Void> come = CompletableFuture.completedFuture(null);
    private boolean ended;

    /** @param goOn once a value has come */
    CurrentValues(Snapshots snapshots, ClientSink sink, Subscriptions subscriptions, Runnable goOn) {
        this.snapshots = snapshots;
        this.sink = sink;
        this.subscriptions = subscriptions;
        this.goOn = goOn;
    }

    boolean areAwaited() {
        return awaited > 0;
    }

    /** Completed when all that was asked for has come, or the client has gone. */
    CompletionStage<Void> come() {
        return come;
    }

    /** Also for a client that resumes: the connection may have broken after its position was told and before the value came. */
    void fetch(Collection<Channel> asked, VerifiedToken verified) {
        asked.stream().filter(channel -> channel.kind().isState()).forEach(channel -> fetch(channel, verified));
    }

    private void fetch(Channel channel, VerifiedToken verified) {
        if (awaited++ == 0) {
            come = new CompletableFuture<>();
        }
        int asker = user;
        CompletionStage<Void> unusedAnswer = snapshots
                .fetch(channel, verified)
                .thenAcceptAsync(
                        snapshot -> fetched(channel, snapshot, asker),
                        sink.loop().executor());
    }

    private void fetched(Channel channel, Snapshots.Snapshot snapshot, int asker) {
        awaited--;
        if (ended) {
            return;
        }
        boolean ofAnother = channel.kind().isPersonal() && asker != user;
        if (subscriptions.has(channel) && !ofAnother) {
            tell(channel, snapshot);
        }
        sink.flush();
        goOn.run();
        if (awaited == 0) {
            come.complete(null);
        }
    }

    /** Fetches the values that differ from user to user with the new user's token. */
    void changeUser(VerifiedToken verified) {
        user++;
        fetch(
                subscriptions.channels().stream()
                        .filter(channel -> channel.kind().isPersonal())
                        .toList(),
                verified);
    }

    private void tell(Channel channel, Snapshots.Snapshot snapshot) {
        switch (snapshot) {
            case Snapshots.Snapshot.Value value -> {
                sink.send(new ServerMessage.Snapshot(channel, value.json()));
                StateKeys.Version version = StateKeys.ofSnapshot(channel, value.json());
                if (version.isKnown()) {
                    versions.put(version.key(), version.version());
                }
            }
            case Snapshots.Snapshot.Refused refused -> {
                subscriptions.remove(channel);
                sink.send(ServerMessage.notAllowed(channel));
            }
            case Snapshots.Snapshot.Unavailable unavailable ->
                sink.send(ServerMessage.error(
                        "snapshot-unavailable", channel, channel.name() + " cannot be read now: load it over HTTP."));
        }
    }

    /** Whether a value that was told is as new as {@code frame}. */
    boolean contain(Frame frame) {
        long version = frame.facts().version();
        Long told = versions.get(frame.facts().stateKey());
        return told != null && version != Frame.Facts.NO_VERSION && version <= told;
    }

    void forget(Channel channel) {
        if (channel.kind() == Channel.Kind.SALE) {
            versions.remove(StateKeys.sale(channel.saleId()));
        }
    }

    void forgetAll() {
        versions.clear();
    }

    void end() {
        ended = true;
        come.complete(null);
    }
}
