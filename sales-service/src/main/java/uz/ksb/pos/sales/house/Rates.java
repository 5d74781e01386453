package uz.ksb.pos.sales.house;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The house's currency rates: main-currency units for one unit of the other currency, each valid until the next one. */
public record Rates(List<Rate> known) {
    public static final Rates NONE = new Rates(List.of());

    /** How long a rate may still be used after its successor came. */
    private static final Duration GRACE = Duration.ofHours(24);
    /** Tills round, and some show a rate with fewer decimals. */
    private static final BigDecimal TOLERANCE = new BigDecimal("0.02");

    public record Rate(String currency, BigDecimal rate, Instant validFrom) {}

    public Rates {
        known = known.stream().sorted(Comparator.comparing(Rate::validFrom)).toList();
    }

    /** The rate at a time; before the first one that is known, the first. */
    public Optional<BigDecimal> at(String currency, Instant time) {
        List<BigDecimal> usable = usable(currency, time);
        return usable.isEmpty() ? Optional.empty() : Optional.of(usable.getLast());
    }

    /** Whether a till may use this rate then: one of the 24 hours before, give or take 2 %. */
    public boolean allow(String currency, BigDecimal rate, Instant time) {
        return usable(currency, time).stream()
                .anyMatch(valid -> valid.subtract(rate).abs().compareTo(valid.multiply(TOLERANCE)) <= 0);
    }

    /** The rates that were valid at a time or in the 24 hours before, the newest last. */
    public List<BigDecimal> usable(String currency, Instant time) {
        List<BigDecimal> usable = new ArrayList<>();
        for (Rate one : known) {
            if (one.currency().equals(currency)) {
                if (!usable.isEmpty() && one.validFrom().isAfter(time)) {
                    break;
                }
                if (!one.validFrom().isAfter(time.minus(GRACE))) {
                    usable.clear();
                }
                usable.add(one.rate());
            }
        }
        return usable;
    }
}
