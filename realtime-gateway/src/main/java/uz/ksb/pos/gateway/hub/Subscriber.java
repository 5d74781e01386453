package uz.ksb.pos.gateway.hub;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
import uz.ksb.pos.gateway.rings.Ring;
import uz.ksb.pos.gateway.rings.States;

/** One client that was let in: its channels and its place in the ring. Used on its event loop only. */
public final class Subscriber {
    private static final int TURN_BYTES = 64 * 1024;

    private final Hub hub;
    private final Outlet outlet;
    private final Enterprise enterprise;
    private final Ring ring;
    private final Selection selection;
    private final Map<String, Long> snapshotVersions = new HashMap<>();
    private Pass pass;
    private Cursor cursor;
    private int awaitedSnapshots;
    private boolean left;
    /** Its place in its group, kept by that. */
    int seat = -1;

    Subscriber(Hub hub, Enterprise enterprise, Outlet outlet, Pass pass) {
        this.hub = hub;
        this.enterprise = enterprise;
        this.ring = enterprise.ring();
        this.outlet = outlet;
        this.pass = pass;
        this.selection = new Selection(pass.caller());
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

    /** Goes on with a newer token of the same enterprise and device; what that may not see any more is ended. */
    public void renew(Pass renewed) {
        pass = renewed;
        selection.renew(renewed.caller());
        for (Channel channel : List.copyOf(selection.channels())) {
            if (!Selection.mayHave(renewed.caller(), channel)) {
                selection.remove(channel);
                refuse(channel);
            }
        }
        outlet.flush();
    }

    /**
     * Adds channels.
     *
     * @param since to resume them from; empty: from now on
     * @return completed when the client has been told; nothing else it says is to be heard before
     */
    public CompletionStage<Void> subscribe(List<String> names, Optional<String> since) {
        Set<Channel> asked = new LinkedHashSet<>();
        for (String name : names) {
            Optional<Channel> channel = Channel.named(name);
            if (channel.isEmpty()) {
                outlet.send(ServerMessage.error("unknown-channel", "There is no such channel."));
            } else if (!Selection.mayHave(pass.caller(), channel.get())) {
                refuse(channel.get());
            } else if (selection.size() + asked.size() >= hub.maxChannels()) {
                outlet.send(ServerMessage.error("too-many-channels", "At most " + hub.maxChannels() + " channels."));
                break;
            } else {
                asked.add(channel.get());
            }
        }
        CompletionStage<Void> told = asked.isEmpty() ? done() : subscribe(asked, since);
        outlet.flush();
        return told;
    }

    private CompletionStage<Void> subscribe(Set<Channel> asked, Optional<String> since) {
        Optional<Position> position = since.flatMap(Position::read);
        if (position.isEmpty()) {
            startNow(asked);
        } else if (cursor != null) {
            join(asked, position.get());
        } else {
            return resume(asked, position.get());
        }
        return done();
    }

    public void unsubscribe(List<String> names) {
        names.stream().map(Channel::named).flatMap(Optional::stream).forEach(selection::remove);
        if (selection.isEmpty()) {
            cursor = null;
            snapshotVersions.clear();
        }
    }

    public void ping() {
        boolean hasAll = cursor != null && !cursor.hasNext() && awaitedSnapshots == 0;
        outlet.send(hasAll ? ServerMessage.pong(cursor.position()) : ServerMessage.pong());
        outlet.flush();
    }

    /** Sends what is due, as much as the client takes and one turn allows. */
    public void pump() {
        if (left || cursor == null || awaitedSnapshots > 0) {
            return;
        }
        int sent = 0;
        while (cursor.hasNext() && !outlet.isFull()) {
            if (sent > TURN_BYTES) {
                outlet.flush();
                outlet.loop().executor().execute(this::pump);
                return;
            }
            Frame frame = cursor.next();
            if (frame == null) {
                fellOut();
                return;
            }
            sent += deliver(frame);
        }
        outlet.flush();
    }

    /** Nothing is sent any more. */
    public void leave() {
        if (!left) {
            left = true;
            enterprise.remove(this);
        }
    }

    void cut(CloseReason reason) {
        leave();
        outlet.close(reason);
    }

    private int deliver(Frame frame) {
        Channel.Kind channel = selection.channelOf(frame);
        if (channel == null || cursor.hasHad(frame) || (channel.isState() && isOutdated(frame))) {
            return 0;
        }
        byte[] message = cursor.encoded(frame, channel);
        outlet.send(message);
        hub.metrics().delivered(message.length);
        return message.length;
    }

    private boolean isOutdated(Frame frame) {
        if (frame.isSuperseded()) {
            return true;
        }
        long version = frame.facts().version();
        Long inSnapshot = snapshotVersions.get(frame.facts().stateKey());
        return inSnapshot != null && version != Frame.Facts.NO_VERSION && version <= inSnapshot;
    }

    private void startNow(Collection<Channel> asked) {
        if (cursor == null) {
            cursor = Cursor.atHead(hub.rings(), ring);
        }
        asked.forEach(selection::add);
        outlet.send(ServerMessage.subscribed(asked, false, cursor.position()));
        fetchStates(asked);
    }

    /** Resuming beside channels that go on already: possible when there is nothing to make up for. */
    private void join(Set<Channel> asked, Position since) {
        Selection joining = new Selection(pass.caller());
        asked.forEach(joining::add);
        if (cursor.continues(since, topics(asked), frame -> joining.channelOf(frame) != null)) {
            asked.forEach(selection::add);
            outlet.send(ServerMessage.subscribed(asked, true, cursor.position()));
            fetchStates(asked);
        } else {
            startNow(asked);
        }
    }

    private CompletionStage<Void> resume(Set<Channel> asked, Position since) {
        Optional<Cursor> found = Cursor.resuming(hub.rings(), ring, since, topics(asked));
        if (found.isEmpty()) {
            hub.metrics().notRecovered();
            startNow(asked);
            return done();
        }
        if (hub.rings().head(ring.partition()).reaches(since)) {
            resumeAt(found.get(), asked);
            return done();
        }
        return waitUntilKnown(asked, since);
    }

    /** This node is behind the position, or the position is none: Kafka knows where its log ends. */
    private CompletionStage<Void> waitUntilKnown(Set<Channel> asked, Position since) {
        CompletableFuture<Void> told = new CompletableFuture<>();
        CompletionStage<Void> unusedAnswer = hub.logEnds()
                .of(ring.partition())
                .handle((end, failure) -> failure == null && end.reaches(since))
                .thenAcceptAsync(
                        possible -> {
                            resumeOrStart(possible, asked, since);
                            told.complete(null);
                        },
                        outlet.loop().executor());
        return told;
    }

    private void resumeOrStart(boolean possible, Set<Channel> asked, Position since) {
        if (left) {
            return;
        }
        Optional<Cursor> found = possible ? Cursor.resuming(hub.rings(), ring, since, topics(asked)) : Optional.empty();
        if (found.isPresent()) {
            resumeAt(found.get(), asked);
        } else {
            hub.metrics().notRecovered();
            startNow(asked);
        }
        outlet.flush();
    }

    private void resumeAt(Cursor found, Set<Channel> asked) {
        outlet.send(ServerMessage.subscribed(asked, true, found.position()));
        cursor = found;
        asked.forEach(selection::add);
        fetchStates(asked);
        outlet.loop().executor().execute(this::pump);
    }

    /** The ring has let go what this client had not read yet. */
    private void fellOut() {
        hub.metrics().fellOut();
        snapshotVersions.clear();
        cursor = null;
        startNow(new ArrayList<>(selection.channels()));
        outlet.flush();
    }

    /** Also when resuming: the connection may have broken after its position was told and before the snapshot came. */
    private void fetchStates(Collection<Channel> asked) {
        asked.stream().filter(channel -> channel.kind().isState()).forEach(this::fetch);
    }

    private void fetch(Channel channel) {
        awaitedSnapshots++;
        CompletionStage<Void> unusedAnswer = hub.snapshots()
                .fetch(channel, pass)
                .thenAcceptAsync(
                        snapshot -> fetched(channel, snapshot), outlet.loop().executor());
    }

    private void fetched(Channel channel, Snapshots.Snapshot snapshot) {
        awaitedSnapshots--;
        if (left) {
            return;
        }
        if (selection.has(channel)) {
            tell(channel, snapshot);
        }
        outlet.flush();
        pump();
    }

    private void tell(Channel channel, Snapshots.Snapshot snapshot) {
        switch (snapshot) {
            case Snapshots.Snapshot.Value value -> {
                outlet.send(ServerMessage.snapshot(channel, value.json()));
                States.Version version = States.ofSnapshot(channel, value.json());
                if (version.isKnown()) {
                    snapshotVersions.put(version.key(), version.version());
                }
            }
            case Snapshots.Snapshot.Refused refused -> {
                selection.remove(channel);
                refuse(channel);
            }
            case Snapshots.Snapshot.Unavailable unavailable ->
                outlet.send(ServerMessage.error(
                        "snapshot-unavailable", channel.name() + " cannot be read now: load it over HTTP."));
        }
    }

    private void refuse(Channel channel) {
        outlet.send(ServerMessage.error("not-allowed", "You may not have " + channel.name() + "."));
    }

    private static Set<LiveTopic> topics(Collection<Channel> channels) {
        return channels.stream().map(channel -> channel.kind().topic()).collect(Collectors.toSet());
    }

    private static CompletionStage<Void> done() {
        return CompletableFuture.completedFuture(null);
    }
}
