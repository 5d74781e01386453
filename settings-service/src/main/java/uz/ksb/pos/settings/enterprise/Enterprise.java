package uz.ksb.pos.settings.enterprise;

import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import uz.ksb.pos.platform.event.Event;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.platform.text.StorableText;

/** An enterprise with its tills, users and rules. */
@Entity
@Table(name = "enterprises")
public class Enterprise {
    private static final Set<Integer> ROUNDINGS = Set.of(1, 50, 100, 500, 1000);

    @Id
    private String ksbId;

    private String name;

    @Convert(converter = LineListConverter.class)
    private List<String> phones;

    private String zone;
    private String currency;
    private LocalTime dayStart;
    private LocalDate licenceUntil;

    @Enumerated(EnumType.STRING)
    private NegativeStock negativeStock;

    @Convert(converter = CashRoundingConverter.class)
    private SortedMap<String, Integer> cashRoundings;

    private BigDecimal cashLimit;

    @Convert(converter = LineListConverter.class)
    private List<String> weighedBarcodes;

    @Enumerated(EnumType.STRING)
    private DeviceApproval deviceApproval;

    private int lastDeviceCode;
    private boolean hasSales;
    private long version;

    protected Enterprise() {}

    /** Applies what the change names; nothing happens, and nothing is told, when all of it is so already. */
    public Optional<Event> change(EnterpriseChange change) {
        mustBeKnown(change.cashRoundings());
        mustNotMixSums(change.currency());
        EnterpriseView before = view();
        name = change.name() == null ? name : StorableText.stored(change.name());
        phones = given(change.phones(), phones);
        zone = change.zone() == null ? zone : change.zone().getId();
        currency = given(change.currency(), currency);
        dayStart = given(change.dayStart(), dayStart);
        negativeStock = given(change.negativeStock(), negativeStock);
        cashRoundings = change.cashRoundings() == null ? cashRoundings : new TreeMap<>(change.cashRoundings());
        cashLimit = change.cashLimit() == null ? cashLimit : limit(change.cashLimit());
        weighedBarcodes = given(change.weighedBarcodes(), weighedBarcodes);
        deviceApproval = given(change.deviceApproval(), deviceApproval);
        if (view().equals(before)) {
            return Optional.empty();
        }
        version++;
        return Optional.of(changed(view()));
    }

    /** Tells of an enterprise as it is now. */
    public static Event changed(EnterpriseView view) {
        return new Event(Topics.SETTINGS, "enterprise.changed", view.ksbId(), view.ksbId(), view);
    }

    /** The next free short number of a till; call it under the enterprise's lock only. */
    public int takeDeviceCode() {
        return ++lastDeviceCode;
    }

    public EnterpriseView view() {
        return new EnterpriseView(
                ksbId,
                name,
                phones,
                zone,
                currency,
                dayStart,
                licenceUntil,
                negativeStock,
                cashRoundings,
                cashLimit,
                weighedBarcodes,
                deviceApproval,
                version);
    }

    public String ksbId() {
        return ksbId;
    }

    public String name() {
        return name;
    }

    public ZoneId zone() {
        return ZoneId.of(zone);
    }

    public String currency() {
        return currency;
    }

    public LocalTime dayStart() {
        return dayStart;
    }

    public boolean approvesDevicesAtOnce() {
        return deviceApproval == DeviceApproval.AUTOMATIC;
    }

    private static void mustBeKnown(Map<String, Integer> roundings) {
        if (roundings != null && !ROUNDINGS.containsAll(roundings.values())) {
            throw Problem.rule("cash-rounding", "cashRoundings", "must be 1, 50, 100, 500 or 1000");
        }
    }

    private void mustNotMixSums(String wanted) {
        if (hasSales && wanted != null && !wanted.equals(currency)) {
            throw Problem.taken("currency-in-use", "currency", "stays: there are sales in " + currency);
        }
    }

    private static BigDecimal limit(String text) {
        return text.equals(EnterpriseChange.NO_LIMIT) ? null : new BigDecimal(text).setScale(2);
    }

    private static <T> T given(T change, T present) {
        return Objects.requireNonNullElse(change, present);
    }
}
