package uz.ksb.pos.gateway.hub;

import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import uz.ksb.pos.gateway.protocol.Channel;
import uz.ksb.pos.gateway.protocol.ServerMessage;
import uz.ksb.pos.gateway.rings.Frame;
import uz.ksb.pos.platform.caller.Caller;

/** The channels of one client, and which of them an event goes to. */
final class Subscriptions {
    private static final int MAX_CHANNELS = 100;

    private final Set<Channel> channels = new LinkedHashSet<>();
    private final EnumSet<Channel.Kind> whole = EnumSet.noneOf(Channel.Kind.class);
    private Caller caller;
    private long signature;

    Subscriptions(Caller caller) {
        this.caller = caller;
    }

    private static boolean mayHave(Caller caller, Channel channel) {
        return channel.kind() != Channel.Kind.TOTALS || caller.maySeeTotals();
    }

    /**
     * The channels of {@code names} that the client may have. The others are told to it, and so is the end of the list when
     * it is too long. A channel that the client has may be asked for again.
     */
    Set<Channel> admit(List<String> names, ClientSink client) {
        Set<Channel> asked = new LinkedHashSet<>();
        int looked = 0;
        for (String name : names) {
            Optional<Channel> channel = Channel.named(name);
            if (looked++ == MAX_CHANNELS
                    || channel.filter(one -> isOneTooMany(one, asked)).isPresent()) {
                client.send(ServerMessage.error("too-many-channels", "At most " + MAX_CHANNELS + " channels."));
                break;
            } else if (channel.isEmpty()) {
                client.send(ServerMessage.error("unknown-channel", "There is no such channel."));
            } else if (!mayHave(caller, channel.get())) {
                client.send(ServerMessage.notAllowed(channel.get()));
            } else {
                asked.add(channel.get());
            }
        }
        return asked;
    }

    private boolean isOneTooMany(Channel channel, Set<Channel> asked) {
        long fresh = asked.stream().filter(other -> !has(other)).count();
        return !has(channel) && !asked.contains(channel) && size() + fresh >= MAX_CHANNELS;
    }

    /** Goes on as {@code renewed}: a channel that it may not see is ended, and the client is told. */
    void renew(Caller renewed, ClientSink client) {
        caller = renewed;
        List.copyOf(channels).stream()
                .filter(channel -> !mayHave(renewed, channel))
                .forEach(channel -> {
                    remove(channel);
                    client.send(ServerMessage.notAllowed(channel));
                });
    }

    void add(Channel channel) {
        channels.add(channel);
        if (channel.kind() != Channel.Kind.SALE) {
            whole.add(channel.kind());
        }
        signature = sign();
    }

    void remove(Channel channel) {
        channels.remove(channel);
        whole.remove(channel.kind());
        signature = sign();
    }

    boolean has(Channel channel) {
        return channels.contains(channel);
    }

    boolean isEmpty() {
        return channels.isEmpty();
    }

    int size() {
        return channels.size();
    }

    Set<Channel> channels() {
        return Collections.unmodifiableSet(channels);
    }

    /** The one channel by which {@code frame} goes to this client; null when it does not. */
    Channel.Kind channelOf(Frame frame) {
        Channel.Kind kind = Channel.Kind.whole(frame.facts().topic());
        if (whole.contains(kind)) {
            return isAddressed(frame.facts().addressees()) ? kind : null;
        }
        boolean followed = kind == Channel.Kind.SALES
                && channels.size() > whole.size()
                && channels.contains(Channel.ofSale(frame.facts().saleId()));
        return followed ? Channel.Kind.SALE : null;
    }

    /** The same for all who follow the same channels, but for open sales: those count as one. */
    long signature() {
        return signature;
    }

    private long sign() {
        long bits = channels.size() > whole.size() ? 1 : 0;
        for (Channel.Kind kind : whole) {
            bits |= 2L << kind.ordinal();
        }
        return bits;
    }

    /** Which of the clients with the same {@link #signature()} get an event. */
    enum Concern {
        ALL,
        NONE,
        /** To be looked at for each of them. */
        OWN
    }

    Concern concern(Frame frame) {
        Channel.Kind kind = Channel.Kind.whole(frame.facts().topic());
        if (whole.contains(kind)) {
            return kind.isState() || frame.facts().addressees() != null ? Concern.OWN : Concern.ALL;
        }
        return kind == Channel.Kind.SALES && channels.size() > whole.size() ? Concern.OWN : Concern.NONE;
    }

    private boolean isAddressed(Set<String> addressees) {
        return addressees == null
                || contains(addressees, caller.userId())
                || contains(addressees, caller.login())
                || contains(addressees, caller.deviceId());
    }

    private static boolean contains(Set<String> addressees, String id) {
        return id != null && addressees.contains(id);
    }
}
