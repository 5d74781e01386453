package uz.ksb.pos.gateway.protocol;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A channel that a client can subscribe to.
 *
 * @param saleId only of {@link Kind#SALE}: the one open sale it follows
 */
public record Channel(Kind kind, String saleId) {
    private static final String SALE_PREFIX = "sale:";

    /** The kinds of channels, each fed by one topic. */
    public enum Kind {
        TOTALS(LiveTopic.TOTALS, true),
        RATES(LiveTopic.RATES, true),
        SETTINGS(LiveTopic.SETTINGS, true),
        SALE(LiveTopic.SALES, true),
        SALES(LiveTopic.SALES, false),
        PRODUCTS(LiveTopic.PRODUCTS, false),
        CUSTOMERS(LiveTopic.CUSTOMERS, false),
        SYNC(LiveTopic.SYNC, false),
        TILLS(LiveTopic.TILLS, true);

        private final LiveTopic topic;
        private final boolean state;
        private final String word;

        Kind(LiveTopic topic, boolean state) {
            this.topic = topic;
            this.state = state;
            this.word = name().toLowerCase(Locale.ROOT);
        }

        public LiveTopic topic() {
            return topic;
        }

        /** Whether only its newest value matters: subscribing brings it, a slow client may get only that. */
        public boolean isState() {
            return state;
        }

        /** Whether each user has a value of its own. */
        public boolean isPersonal() {
            return this == SETTINGS;
        }

        /** As in the protocol. */
        public String word() {
            return word;
        }

        /** The channel that all events of {@code topic} belong to. */
        public static Kind whole(LiveTopic topic) {
            return switch (topic) {
                case TOTALS -> TOTALS;
                case SALES -> SALES;
                case PRODUCTS -> PRODUCTS;
                case CUSTOMERS -> CUSTOMERS;
                case RATES -> RATES;
                case SETTINGS -> SETTINGS;
                case SYNC -> SYNC;
                case TILLS -> TILLS;
            };
        }
    }

    public static Channel of(Kind kind) {
        return new Channel(kind, null);
    }

    public static Channel ofSale(String saleId) {
        return new Channel(Kind.SALE, saleId);
    }

    /** Empty when there is no such channel. */
    public static Optional<Channel> named(String name) {
        if (name.startsWith(SALE_PREFIX)) {
            return saleId(name.substring(SALE_PREFIX.length())).map(Channel::ofSale);
        }
        for (Kind kind : Kind.values()) {
            if (kind != Kind.SALE && kind.word.equals(name)) {
                return Optional.of(of(kind));
            }
        }
        return Optional.empty();
    }

    /** The topics that feed {@code channels}. A new set, which may be changed. */
    public static Set<LiveTopic> topics(Collection<Channel> channels) {
        Set<LiveTopic> topics = EnumSet.noneOf(LiveTopic.class);
        channels.forEach(channel -> topics.add(channel.kind().topic()));
        return topics;
    }

    private static Optional<String> saleId(String text) {
        try {
            return Optional.of(UUID.fromString(text).toString()).filter(id -> id.equalsIgnoreCase(text));
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }

    public String name() {
        return saleId == null ? kind.word() : SALE_PREFIX + saleId;
    }
}
