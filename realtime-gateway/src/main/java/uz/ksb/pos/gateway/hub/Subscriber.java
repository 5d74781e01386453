package uz.ksb.pos.gateway.hub;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import uz.ksb.pos.gateway.metrics.LiveMetrics;
import uz.ksb.pos.gateway.protocol.Channel;
import uz.ksb.pos.gateway.protocol.CloseReason;
import uz.ksb.pos.gateway.protocol.LiveTopic;
import uz.ksb.pos.gateway.protocol.Position;
import uz.ksb.pos.gateway.protocol.ServerMessage;
import uz.ksb.pos.gateway.rings.Frame;
import uz.ksb.pos.gateway.rings.Ring;
import uz.ksb.pos.gateway.token.VerifiedToken;

/** One client that was let in: its channels and its place in the ring. Used on its event loop only. */
public final class Subscriber implements Replay.Client {
    private final Hub hub;
    private final ClientSink sink;
    private final EnterpriseClients enterprise;
    private final Ring ring;
    private final Subscriptions subscriptions;
    private final CurrentValues values;
    private final Delivery delivery;
    private final PositionCheck positions;
    private final LagNotice lag;
    private VerifiedToken verified;
    private Cursor cursor;
    private Replay replay;
    private boolean left;
    /** Its place in its group, kept by that. */
    int seat = -1;

    Subscriber(Hub hub, EnterpriseClients enterprise, ClientSink sink, VerifiedToken verified) {
        this.hub = hub;
        this.enterprise = enterprise;
        this.ring = enterprise.ring();
        this.sink = sink;
        this.verified = verified;
        this.positions = new PositionCheck(hub.log(), ring);
        this.lag = new LagNotice(hub.log(), ring.partition(), sink);
        this.subscriptions = new Subscriptions(verified.caller());
        this.values = new CurrentValues(hub.snapshots(), sink, subscriptions, this::pump);
        this.delivery = new Delivery(sink, ring, subscriptions, values, hub.metrics());
    }

    public VerifiedToken verified() {
        return verified;
    }

    ClientSink sink() {
        return sink;
    }

    /**
     * Goes on with a newer token of the same enterprise and device. Channels that it may not see are ended. Another user's
     * token brings that user's settings.
     */
    public void renew(VerifiedToken renewed) {
        boolean sameUser = verified.isOfSameUser(renewed);
        verified = renewed;
        subscriptions.renew(renewed.caller(), sink);
        if (!sameUser) {
            values.changeUser(renewed);
        }
        sink.flush();
    }

    /**
     * Adds channels.
     *
     * @param since to resume them from; empty: from now on
     * @return completed when the client has been told, also the values; nothing else it says is to be heard before
     */
    public CompletionStage<Void> subscribe(List<String> names, Optional<String> since) {
        Set<Channel> asked = subscriptions.admit(names, sink);
        CompletionStage<Void> told = CompletableFuture.completedFuture(null);
        if (!asked.isEmpty()) {
            told = since.flatMap(Position::read)
                    .map(position -> resume(asked, position))
                    .orElseGet(() -> startNow(asked));
        }
        sink.flush();
        return told.thenCompose(answered -> values.come());
    }

    public void unsubscribe(List<String> names) {
        names.stream().map(Channel::named).flatMap(Optional::stream).forEach(this::unsubscribe);
        if (subscriptions.isEmpty()) {
            stopReplay();
            cursor = null;
            values.forgetAll();
        } else if (replay != null) {
            replay.only(Channel.topics(subscriptions.channels()));
        }
    }

    private void unsubscribe(Channel channel) {
        subscriptions.remove(channel);
        values.forget(channel);
    }

    /** Answers with the client's place, if it has had all there is, or with how far this node is behind Kafka. */
    public void ping() {
        boolean hasAll = cursor != null && !cursor.hasNext() && !values.areAwaited();
        lag.pong(hasAll ? Optional.of(cursor.position()) : Optional.empty());
    }

    /** Tells the client that this node has fallen behind Kafka, or has caught up. */
    void tellFreshness() {
        if (!lag.tell()) {
            ping();
        }
    }

    /** Tells the client if this node is behind Kafka. */
    public void tellIfBehind() {
        boolean unused = lag.tell();
    }

    /** Sends what is due, as much as the client takes and one turn allows. */
    @Override
    public void pump() {
        pump(FrameBatches.NONE);
    }

    /** The same, together with others. */
    void pump(FrameBatches batches) {
        if (left || values.areAwaited()) {
            return;
        }
        if (replay != null) {
            replay.pump();
        } else if (cursor != null) {
            pumpRing(batches);
        }
        delivery.noteSlowness(sink.isFull());
    }

    private void pumpRing(FrameBatches batches) {
        switch (delivery.fromRing(cursor, batches)) {
            case FELL_OUT -> fellOut();
            case TURN_ENDED -> sink.loop().executor().execute(this::pump);
            case SENT -> {}
        }
    }

    /** Nothing is sent any more. */
    public void leave() {
        if (!left) {
            left = true;
            stopReplay();
            values.end();
            delivery.noteSlowness(false);
            enterprise.remove(this);
        }
    }

    void cut(CloseReason reason) {
        leave();
        sink.close(reason);
    }

    @Override
    public void replayed(Frame frame, Position place) {
        delivery.replayed(frame, place);
    }

    @Override
    public void joined(Cursor found) {
        replay = null;
        cursor = found;
        sink.loop().executor().execute(this::pump);
    }

    @Override
    public void lost() {
        replay = null;
        cursor = null;
        values.forgetAll();
        hub.metrics().notRecovered();
        CompletionStage<Void> unused = startNow(new ArrayList<>(subscriptions.channels()));
        sink.flush();
    }

    /** Follows from now on; topics that are followed already go on from where they are. */
    private CompletionStage<Void> startNow(Collection<Channel> asked) {
        Position here = position();
        Set<LiveTopic> fresh = Channel.topics(asked);
        fresh.removeAll(Channel.topics(subscriptions.channels()));
        asked.forEach(subscriptions::add);
        if (here == null) {
            cursor = Cursor.atHead(hub.rings(), ring);
        } else if (!fresh.isEmpty()) {
            startReplay(here.taking(fresh, hub.rings().head(ring.partition())));
            sink.loop().executor().execute(this::pump);
        }
        sink.send(ServerMessage.subscribed(asked, false, position()));
        values.fetch(asked, verified);
        return CompletableFuture.completedFuture(null);
    }

    private CompletionStage<Void> resume(Set<Channel> asked, Position since) {
        if (since.epoch() != hub.rings().epoch()) {
            return startUnrecovered(asked);
        }
        if (!Collections.disjoint(Channel.topics(asked), Channel.topics(subscriptions.channels()))) {
            return joinTopic(asked, since);
        }
        return positions.isInRing(since, Channel.topics(asked))
                ? resumeFrom(asked, since)
                : askThenResume(asked, since);
    }

    private CompletionStage<Void> askThenResume(Set<Channel> asked, Position since) {
        return positions
                .ask(since, Channel.topics(asked))
                .thenAcceptAsync(
                        possible -> {
                            if (!left) {
                                CompletionStage<Void> unused =
                                        possible ? resumeFrom(asked, since) : startUnrecovered(asked);
                                sink.flush();
                            }
                        },
                        sink.loop().executor());
    }

    private CompletionStage<Void> startUnrecovered(Set<Channel> asked) {
        hub.metrics().notRecovered();
        return startNow(asked);
    }

    /** The topics of {@code asked} from {@code since}, those of the channels that go on already from where they are. */
    private CompletionStage<Void> resumeFrom(Set<Channel> asked, Position since) {
        Position here = position();
        asked.forEach(subscriptions::add);
        startReplay(here == null ? since : here.taking(Channel.topics(asked), since));
        sink.send(ServerMessage.subscribed(asked, true, replay.place()));
        if (Replay.missing(ring, replay.place(), Channel.topics(asked)) > 0) {
            hub.metrics().fellBack(LiveMetrics.FallBack.RESUMED);
        }
        values.fetch(asked, verified);
        sink.loop().executor().execute(this::pump);
        return CompletableFuture.completedFuture(null);
    }

    /** Resuming a channel beside another one of its topic: possible when there is nothing to make up for. */
    private CompletionStage<Void> joinTopic(Set<Channel> asked, Position since) {
        Subscriptions joining = new Subscriptions(verified.caller());
        asked.forEach(joining::add);
        if (cursor == null
                || !cursor.continues(since, Channel.topics(asked), frame -> joining.channelOf(frame) != null)) {
            return startUnrecovered(asked);
        }
        asked.forEach(subscriptions::add);
        sink.send(ServerMessage.subscribed(asked, true, cursor.position()));
        values.fetch(asked, verified);
        return CompletableFuture.completedFuture(null);
    }

    /** The ring has let go what this client had not read yet. */
    private void fellOut() {
        hub.metrics().fellBack(LiveMetrics.FallBack.SLOW);
        startReplay(cursor.position());
        sink.flush();
        replay.pump();
    }

    private void startReplay(Position since) {
        stopReplay();
        cursor = null;
        Set<LiveTopic> topics = Channel.topics(subscriptions.channels());
        replay = new Replay(hub.log(), verified.caller().ksbId(), ring, sink, this, since, topics);
    }

    private void stopReplay() {
        if (replay != null) {
            replay.end();
            replay = null;
        }
    }

    /** The place of a client that has had all it was sent; empty: it follows nothing, or that is being found out. */
    public Optional<Position> place() {
        return Optional.ofNullable(position());
    }

    private Position position() {
        if (replay != null) {
            return replay.place();
        }
        return cursor == null ? null : cursor.position();
    }
}
