package uz.ksb.pos.gateway.hub;

import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;
import uz.ksb.pos.gateway.protocol.Channel;
import uz.ksb.pos.gateway.rings.Frame;
import uz.ksb.pos.platform.caller.Caller;

/** The channels of one client, and which of them an event goes to. */
final class Selection {
    private final Set<Channel> channels = new LinkedHashSet<>();
    private final EnumSet<Channel.Kind> whole = EnumSet.noneOf(Channel.Kind.class);
    private Caller caller;
    private long signature;

    Selection(Caller caller) {
        this.caller = caller;
    }

    static boolean mayHave(Caller caller, Channel channel) {
        return channel.kind() != Channel.Kind.TOTALS || caller.maySeeTotals();
    }

    void renew(Caller renewed) {
        caller = renewed;
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

    /** Whom of those with the same {@link #signature()} an event goes to. */
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
