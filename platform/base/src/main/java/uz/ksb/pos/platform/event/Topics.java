package uz.ksb.pos.platform.event;

import java.time.Duration;
import java.util.List;

/** The Kafka topics of the system. They are created explicitly, with one partition count for all, keyed by KSB-ID. */
public final class Topics {
    public static final String SALES = "pos.sales.v1";
    public static final String TOTALS = "pos.totals.v1";
    public static final String CUSTOMERS = "pos.customers.v1";
    public static final String TILLS = "pos.tills.v1";
    public static final String PRODUCTS = "pos.products.v1";
    public static final String RATES = "pos.rates.v1";
    public static final String SETTINGS = "pos.settings.v1";
    public static final String SYNC = "pos.sync.v1";
    public static final String PRODUCT_UPDATES = "pos.product-updates.v1";
    public static final String CUSTOMER_UPDATES = "pos.customer-updates.v1";
    public static final String SETTINGS_UPDATES = "pos.settings-updates.v1";

    /** Largest message of any topic and largest request of any producer, in bytes. */
    public static final int MAX_MESSAGE_BYTES = 4 * 1024 * 1024;

    /** Partitions of each topic of a local stack. */
    public static final int LOCAL_PARTITIONS = 3;

    /** Partitions of each topic in production. */
    public static final int PRODUCTION_PARTITIONS = 12;

    private Topics() {}

    /** A topic and how long it keeps its events. */
    public record Topic(String name, Duration retention) {}

    /** The dead-letter topic of the consumers of {@code topic}. */
    public static String deadLetters(String topic) {
        return topic + ".dlq";
    }

    /** Every topic that has to exist before a service starts. */
    public static List<Topic> all() {
        return List.of(
                new Topic(SALES, Duration.ofDays(7)),
                new Topic(TOTALS, Duration.ofDays(7)),
                new Topic(CUSTOMERS, Duration.ofDays(7)),
                new Topic(TILLS, Duration.ofDays(7)),
                new Topic(PRODUCTS, Duration.ofDays(7)),
                new Topic(RATES, Duration.ofDays(7)),
                new Topic(SETTINGS, Duration.ofDays(7)),
                new Topic(SYNC, Duration.ofDays(30)),
                new Topic(PRODUCT_UPDATES, Duration.ofDays(3)),
                new Topic(CUSTOMER_UPDATES, Duration.ofDays(3)),
                new Topic(SETTINGS_UPDATES, Duration.ofDays(3)),
                new Topic(deadLetters(SALES), Duration.ofDays(30)),
                new Topic(deadLetters(PRODUCTS), Duration.ofDays(30)),
                new Topic(deadLetters(RATES), Duration.ofDays(30)),
                new Topic(deadLetters(SETTINGS), Duration.ofDays(30)),
                new Topic(deadLetters(SYNC), Duration.ofDays(30)),
                new Topic(deadLetters(PRODUCT_UPDATES), Duration.ofDays(30)),
                new Topic(deadLetters(CUSTOMER_UPDATES), Duration.ofDays(30)),
                new Topic(deadLetters(SETTINGS_UPDATES), Duration.ofDays(30)));
    }
}
