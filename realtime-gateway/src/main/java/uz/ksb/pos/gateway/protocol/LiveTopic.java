package uz.ksb.pos.gateway.protocol;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uz.ksb.pos.platform.event.Topics;

/** The topics that tills hear of. Their order is that of the offsets in a {@link Position}: append only. */
public enum LiveTopic {
    TOTALS(Topics.TOTALS),
    SALES(Topics.SALES),
    PRODUCTS(Topics.PRODUCTS),
    CUSTOMERS(Topics.CUSTOMERS),
    RATES(Topics.RATES),
    SETTINGS(Topics.SETTINGS),
    SYNC(Topics.SYNC),
    TILLS(Topics.TILLS);

    public static final int COUNT = values().length;

    private static final Map<String, LiveTopic> BY_NAME =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(topic -> topic.topicName, Function.identity()));

    private final String topicName;

    LiveTopic(String topicName) {
        this.topicName = topicName;
    }

    public String topicName() {
        return topicName;
    }

    public static LiveTopic named(String topicName) {
        return BY_NAME.get(topicName);
    }
}
