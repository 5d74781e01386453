package uz.ksb.pos.gateway.hub;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import uz.ksb.pos.gateway.protocol.Channel;
import uz.ksb.pos.gateway.protocol.CloseReason;
import uz.ksb.pos.gateway.protocol.LiveTopic;
import uz.ksb.pos.gateway.protocol.Position;
import uz.ksb.pos.gateway.protocol.ServerMessage;
import uz.ksb.pos.gateway.rings.Frame;
import uz.ksb.pos.gateway.rings.LogBounds;
import uz.ksb.pos.gateway.rings.Ring;

/** One client that was let in: its channels and its place in the ring. Used on its event loop only. */
public final class Subscriber implements Replay.Client {
    private final Hub hub;
    private final Outlet outlet;
    private final Enterprise enterprise;
    private final Ring ring;
    private final Selection selection;
    private final CurrentValues values;
    private final Delivery delivery;
    private Pass pass;
    private Cursor cursor;
    private Replay replay;
    private boolean left;
    private boolean slow;
    /** Its place in its group, kept by that. */
    int seat = -1;

    Subscriber(Hub hub, Enterprise enterprise, Outlet outlet, Pass pass) {
        this.hub = hub;
        this.enterprise = enterprise;
        this.ring = enterprise.ring();
        this.outlet = outlet;
        this.pass = pass;
        this.selection = new Selection(pass.caller());
        this.values = new CurrentValues(hub.snapshots(), outlet, selection, this::pump);
        this.delivery = new Delivery(outlet, ring, selection, values, hub.metrics());
    }

    public Pass pass() {
        return pass;
    }

    public Set<Channel> channels() {
        return selection.channels();
    }

    Outlet outlet() {
        return outlet;
    }

    /**
     * Goes on with a newer token of the same enterprise and device. Channels that it may not see are ended. Another user's
     * token brings that user's settings.
     */
    public void renew(Pass renewed) {
        boolean sameUser = pass.isOfSameUser(renewed);
        pass = renewed;
        selection.renew(renewed.caller());
        for (Channel channel : List.copyOf(selection.channels())) {
            if (!Selection.mayHave(renewed.caller(), channel)) {
                selection.remove(channel);
                outlet.send(ServerMessage.notAllowed(channel));
            }
        }
        if (!sameUser) {
            values.changeUser(renewed);
        }
        outlet.flush();
    }

    /**
     * Adds channels.
     *
     * @param since to resume them from; empty: from now on
     * @return completed when the client has been told, also the values; nothing else it says is to be heard before
     */
    public CompletionStage<Void> subscribe(List<String> names, Optional<String> since) {
        Set<Channel> asked = new LinkedHashSet<>();
        int looked = 0;
        for (String name : names) {
            Optional<Channel> channel = Channel.named(name);
            if (looked++ == hub.maxChannels()
                    || channel.filter(one -> isOneTooMany(one, asked)).isPresent()) {
                outlet.send(ServerMessage.error("too-many-channels", "At most " + hub.maxChannels() + " channels."));
                break;
            } else if (channel.isEmpty()) {
                outlet.send(ServerMessage.error("unknown-channel", "There is no such channel."));
            } else if (!Selection.mayHave(pass.caller(), channel.get())) {
                outlet.send(ServerMessage.notAllowed(channel.get()));
            } else {
                asked.add(channel.get());
            }
        }
        CompletionStage<Void> told = asked.isEmpty() ? done() : subscribe(asked, since);
        outlet.flush();
        return told.thenCompose(answered -> values.come());
    }

    /** What one has already may be asked for again. */
    private boolean isOneTooMany(Channel channel, Set<Channel> asked) {
        long fresh = asked.stream().filter(other -> !selection.has(other)).count();
        return !selection.has(channel) && !asked.contains(channel) && selection.size() + fresh >= hub.maxChannels();
    }

    private CompletionStage<Void> subscribe(Set<Channel> asked, Optional<String> since) {
        Optional<Position> position = since.flatMap(Position::read);
        if (position.isPresent()) {
            return resume(asked, position.get());
        }
        startNow(asked);
        return done();
    }

    public void unsubscribe(List<String> names) {
        names.stream().map(Channel::named).flatMap(Optional::stream).forEach(this::unsubscribe);
        if (selection.isEmpty()) {
            stopReplay();
            cursor = null;
            values.forgetAll();
        } else if (replay != null) {
            replay.only(topics(selection.channels()));
        }
    }

    private void unsubscribe(Channel channel) {
        selection.remove(channel);
        values.forget(channel);
    }

    public void ping() {
        Optional<Duration> behind = hub.log().behind().apply(ring.partition());
        boolean hasAll = cursor != null && !cursor.hasNext() && !values.areAwaited();
        if (behind.isPresent()) {
            outlet.send(ServerMessage.pongBehind(behind.get().toSeconds()));
        } else {
            outlet.send(hasAll ? ServerMessage.pong(cursor.position()) : ServerMessage.pong());
        }
        outlet.flush();
    }

    /** Tells the client that this node has fallen behind Kafka, or has caught up. */
    void tellFreshness() {
        if (isBehind()) {
            tellIfBehind();
        } else {
            ping();
        }
    }

    /** Tells the client if this node is behind Kafka. */
    public void tellIfBehind() {
        if (isBehind()) {
            outlet.send(ServerMessage.error(
                    "behind",
                    "News do not come through now: what is shown may be old. A pong without behind ends it."));
            outlet.flush();
        }
    }

    private boolean isBehind() {
        return hub.log().behind().apply(ring.partition()).isPresent();
    }

    /** Sends what is due, as much as the client takes and one turn allows. */
    @Override
    public void pump() {
        pump(Runs.NONE);
    }

    /** The same, together with others. */
    void pump(Runs runs) {
        if (left || values.areAwaited()) {
            return;
        }
        if (replay != null) {
            replay.pump();
        } else if (cursor != null) {
            pumpRing(runs);
        }
        noteSlowness(outlet.isFull());
    }

    private void pumpRing(Runs runs) {
        switch (delivery.fromRing(cursor, runs)) {
            case FELL_OUT -> fellOut();
            case TURN_ENDED -> outlet.loop().executor().execute(this::pump);
            case SENT -> {}
        }
    }

    /** Nothing is sent any more. */
    public void leave() {
        if (!left) {
            left = true;
            stopReplay();
            values.end();
            noteSlowness(false);
            enterprise.remove(this);
        }
    }

    void cut(CloseReason reason) {
        leave();
        outlet.close(reason);
    }

    @Override
    public void replayed(Frame frame, Position place) {
        delivery.replayed(frame, place);
    }

    @Override
    public void joined(Cursor found) {
        replay = null;
        cursor = found;
        outlet.loop().executor().execute(this::pump);
    }

    @Override
    public void lost() {
        replay = null;
        cursor = null;
        values.forgetAll();
        hub.metrics().notRecovered();
        startNow(new ArrayList<>(selection.channels()));
        outlet.flush();
    }

    /** From now on; topics that are followed already go on from where they are. */
    private void startNow(Collection<Channel> asked) {
        Position here = position();
        Set<LiveTopic> fresh = topics(asked);
        fresh.removeAll(topics(selection.channels()));
        asked.forEach(selection::add);
        if (here == null) {
            cursor = Cursor.atHead(hub.rings(), ring);
        } else if (!fresh.isEmpty()) {
            startReplay(here.taking(fresh, hub.rings().head(ring.partition())));
            outlet.loop().executor().execute(this::pump);
        }
        outlet.send(ServerMessage.subscribed(asked, false, position()));
        values.fetch(asked, pass);
    }

    private CompletionStage<Void> resume(Set<Channel> asked, Position since) {
        if (since.epoch() != hub.rings().epoch()) {
            startUnrecovered(asked);
        } else if (!Collections.disjoint(topics(asked), topics(selection.channels()))) {
            joinTopic(asked, since);
        } else if (hub.rings().holds(ring.partition(), since, topics(asked))
                && hub.rings().head(ring.partition()).reaches(since)
                && Replay.missing(ring, since, topics(asked)) == 0) {
            resumeFrom(asked, since);
        } else {
            return askThenResume(asked, since);
        }
        return done();
    }

    /** This node is behind the position, or the ring does not reach it, or it is none: Kafka knows its log. */
    private CompletionStage<Void> askThenResume(Set<Channel> asked, Position since) {
        CompletableFuture<Void> told = new CompletableFuture<>();
        CompletionStage<Void> unusedAnswer = hub.log()
                .bounds()
                .of(ring.partition())
                .thenCompose(bounds -> isWithin(bounds, since, topics(asked))
                        ? hub.log().bounds().holds(ring.partition(), since, topics(asked))
                        : CompletableFuture.completedFuture(false))
                .exceptionally(noAnswer -> false)
                .thenAcceptAsync(
                        possible -> {
                            resumeOrStart(possible, asked, since);
                            told.complete(null);
                        },
                        outlet.loop().executor());
        return told;
    }

    private boolean isWithin(LogBounds.Bounds bounds, Position since, Set<LiveTopic> topics) {
        long missing = Replay.missing(ring, since, topics);
        return bounds.end().reaches(since)
                && missing <= hub.log().mostReplayed()
                && (missing == 0
                        || topics.stream()
                                .allMatch(topic ->
                                        since.next(topic) >= bounds.first().next(topic)));
    }

    private void resumeOrStart(boolean possible, Set<Channel> asked, Position since) {
        if (left) {
            return;
        }
        if (possible) {
            resumeFrom(asked, since);
        } else {
            startUnrecovered(asked);
        }
        outlet.flush();
    }

    private void startUnrecovered(Set<Channel> asked) {
        hub.metrics().notRecovered();
        startNow(asked);
    }

    /** The topics of {@code asked} from {@code since}, those of the channels that go on already from where they are. */
    private void resumeFrom(Set<Channel> asked, Position since) {
        Position here = position();
        asked.forEach(selection::add);
        startReplay(here == null ? since : here.taking(topics(asked), since));
        outlet.send(ServerMessage.subscribed(asked, true, replay.place()));
        if (Replay.missing(ring, replay.place(), topics(asked)) > 0) {
            hub.metrics().fellBack(LiveMetrics.FallBack.RESUMED);
        }
        values.fetch(asked, pass);
        outlet.loop().executor().execute(this::pump);
    }

    /** Resuming a channel beside another one of its topic: possible when there is nothing to make up for. */
    private void joinTopic(Set<Channel> asked, Position since) {
        Selection joining = new Selection(pass.caller());
        asked.forEach(joining::add);
        if (cursor != null && cursor.continues(since, topics(asked), frame -> joining.channelOf(frame) != null)) {
            asked.forEach(selection::add);
            outlet.send(ServerMessage.subscribed(asked, true, cursor.position()));
            values.fetch(asked, pass);
        } else {
            startUnrecovered(asked);
        }
    }

    /** The ring has let go what this client had not read yet. */
    private void fellOut() {
        hub.metrics().fellBack(LiveMetrics.FallBack.SLOW);
        startReplay(cursor.position());
        outlet.flush();
        replay.pump();
    }

    private void startReplay(Position since) {
        stopReplay();
        cursor = null;
        replay = new Replay(hub.log(), pass.caller().ksbId(), ring, outlet, this, since, topics(selection.channels()));
    }

    private void stopReplay() {
        if (replay != null) {
            replay.end();
            replay = null;
        }
    }

    private Position position() {
        if (replay != null) {
            return replay.place();
        }
        return cursor == null ? null : cursor.position();
    }

    private void noteSlowness(boolean full) {
        if (full != slow) {
            slow = full;
            hub.metrics().slow(full);
        }
    }

    private static Set<LiveTopic> topics(Collection<Channel> channels) {
        return channels.stream()
                .map(channel -> channel.kind().topic())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(LiveTopic.class)));
    }

    private static CompletionStage<Void> done() {
        return CompletableFuture.completedFuture(null);
    }
}
