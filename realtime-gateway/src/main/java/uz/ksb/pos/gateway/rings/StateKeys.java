package uz.ksb.pos.gateway.rings;

import java.io.IOException;
import uz.ksb.pos.gateway.protocol.Channel;

/** Which state a value is of: two values of one key are the same state at different times. */
public final class StateKeys {
    private StateKeys() {}

    /**
     * A value of a state, as far as it can be compared with others.
     *
     * @param key null: cannot be compared
     * @param version {@link Frame.Facts#NO_VERSION}: cannot be compared
     */
    public record Version(String key, long version) {
        static final Version UNKNOWN = new Version(null, Frame.Facts.NO_VERSION);

        public boolean isKnown() {
            return key != null && version != Frame.Facts.NO_VERSION;
        }
    }

    /** The state that a snapshot of {@code channel} is of. */
    public static Version ofSnapshot(Channel channel, byte[] data) {
        try {
            EventFacts facts = EventFacts.of(data);
            return switch (channel.kind()) {
                case TOTALS -> new Version(totals(facts), facts.version());
                case SALE -> new Version(sale(channel.saleId()), facts.version());
                case RATES, SETTINGS, TILLS, SALES, PRODUCTS, CUSTOMERS, SYNC -> Version.UNKNOWN;
            };
        } catch (IOException notAnObject) {
            return Version.UNKNOWN;
        }
    }

    static String totals(EventFacts facts) {
        return "totals:" + facts.text("date", "");
    }

    /** The state of one sale. */
    public static String sale(String saleId) {
        return "sale:" + saleId;
    }
}
