package uz.ksb.pos.platform.production;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/**
 * All our addresses: what money, logins and trust go by is encrypted on its way, and no address holds a password. Only this machine, and
 * the hosts that {@code pos.production.unencrypted-hosts} names, may be reached in the clear.
 */
final class AddressRules {
    private static final String ISSUER = "mp.jwt.verify.issuer";
    private static final String KEYS = "mp.jwt.verify.publickey.location";
    private static final String SERVERS = "kafka.bootstrap.servers";
    private static final String OPEN_HOSTS = "pos.production.unencrypted-hosts";

    private static final Pattern OURS = Pattern.compile("(pos|quarkus|kafka|mp|smallrye)\\..*");
    private static final Pattern WITH_PASSWORD =
            Pattern.compile("(?i)//[^/@?\\s]*:[^/@?\\s]*@|[?&;](ssl)?(password|pass|pwd)=.");

    /** Where a login and money go. */
    private static final Pattern OUTWARDS = Pattern.compile("pos\\.(back\\.office|crm)\\.(.*\\.)?url");
    /** Where the secret of the services and tokens go. */
    private static final Pattern INWARDS = Pattern.compile("pos\\.services\\..*url");

    private static final Pattern DATABASE = Pattern.compile("quarkus\\.datasource\\.(.*\\.)?url");
    private static final Pattern ENCRYPTED_DATABASE =
            Pattern.compile("(?i).*[?&](ssl(mode)?=(require|verify-ca|verify-full)|ssl=true)(&.*)?");

    private static final Pattern HTTPS = Pattern.compile("(?i)https://[^/?#\\s]+.*");
    private static final Pattern PLACE =
            Pattern.compile("(?:[a-z:]*//)?(?:[^/@?]*@)?([^/?#]*).*", Pattern.CASE_INSENSITIVE);
    private static final Pattern LOOPBACK = Pattern.compile("(?i)(localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1])(:\\d*)?");

    private AddressRules() {}

    /** The unsafe ones, one sentence each. */
    static List<String> unsafe(Config config) {
        List<String> unsafe = new ArrayList<>();
        // A name, which tokens carry: on whatever machine, https proves who it is.
        if (Settings.text(config, ISSUER).strip().regionMatches(true, 0, "http:", 0, 5)) {
            unsafe.add(ISSUER + " is not https");
        }
        String keys = Settings.text(config, KEYS).strip();
        if (keys.regionMatches(true, 0, "http", 0, 4) && isOpen(keys)) {
            unsafe.add(KEYS + " is not https: whoever is on the way could put keys of his own");
        }
        addresses(config).forEach((name, address) -> {
            if (OUTWARDS.matcher(Settings.canonical(name)).matches() && isOpen(address)) {
                unsafe.add(name + " is not https: logins and money would travel in the clear");
            }
            if (WITH_PASSWORD.matcher(address).find()) {
                unsafe.add(name + " holds a password, which has a setting of its own");
            }
        });
        unsafe.addAll(inTheClear(config));
        return unsafe;
    }

    /** Values of all our settings that might be addresses, by their names. */
    private static Map<String, String> addresses(Config config) {
        Map<String, String> addresses = new TreeMap<>();
        Settings.names(config)
                .filter(name -> OURS.matcher(Settings.canonical(name)).matches())
                .forEach(name -> addresses.put(name, Settings.text(config, name).strip()));
        addresses.values().removeIf(String::isEmpty);
        return addresses;
    }

    private static boolean isOpen(String address) {
        return !address.isEmpty()
                && !HTTPS.matcher(address).matches()
                && !hosts(address).allMatch(AddressRules::isHere);
    }

    private static boolean isHere(String place) {
        return LOOPBACK.matcher(place).matches();
    }

    /** Database, Kafka and the other services without TLS. */
    private static List<String> inTheClear(Config config) {
        Set<String> allowed = Set.copyOf(Settings.list(config, OPEN_HOSTS));
        List<String> open = new ArrayList<>();
        if (!Settings.ofKafka(config).endsWith("SSL") && goesOut(Settings.text(config, SERVERS), allowed)) {
            open.add(SERVERS + " is reached without TLS, which kafka.security.protocol would switch on" + unless());
        }
        addresses(config).forEach((name, address) -> {
            String canonical = Settings.canonical(name);
            if (DATABASE.matcher(canonical).matches()
                    && !ENCRYPTED_DATABASE.matcher(address).matches()
                    && goesOut(address, allowed)) {
                open.add(name + " is without TLS, which sslmode=verify-full would demand" + unless());
            }
            if (INWARDS.matcher(canonical).matches()
                    && !HTTPS.matcher(address).matches()
                    && goesOut(address, allowed)) {
                open.add(name + " is not https" + unless());
            }
        });
        return open;
    }

    private static String unless() {
        return ", and " + OPEN_HOSTS + " does not name the host";
    }

    private static boolean goesOut(String address, Set<String> allowed) {
        return !address.isBlank()
                && hosts(address)
                        .filter(place -> !isHere(place))
                        .anyMatch(place -> !allowed.contains(place.replaceFirst(":\\d+$", "")));
    }

    /** With their ports; several stand with commas between them. */
    private static Stream<String> hosts(String address) {
        Matcher place = PLACE.matcher(address.strip());
        return place.matches() ? Arrays.stream(place.group(1).split(",")).map(String::strip) : Stream.of();
    }
}
