package uz.ksb.pos.platform.production;

import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/** How rules read the configuration: by the names of the documentation, whatever source gives a value. */
final class Settings {
    private static final Pattern VARIABLE = Pattern.compile("[A-Z0-9_]+");

    private Settings() {}

    /** Empty when there is none, or one that names a variable which there is not. */
    static String text(Config config, String name) {
        try {
            return config.getOptionalValue(name, String.class).orElse("");
        } catch (NoSuchElementException unresolved) {
            return "";
        }
    }

    static List<String> list(Config config, String name) {
        return config.getOptionalValues(name, String.class).orElse(List.of()).stream()
                .map(String::strip)
                .toList();
    }

    /** As the one who uses the setting would read it: {@code yes} and {@code 1} are true too. */
    static boolean isOn(Config config, String name) {
        return config.getOptionalValue(name, Boolean.class).orElse(false);
    }

    /** {@code PLAINTEXT} where nothing is said. */
    static String ofKafka(Config config) {
        String protocol = text(config, "kafka.security.protocol").strip();
        return protocol.isEmpty() ? "PLAINTEXT" : protocol.toUpperCase(Locale.ROOT);
    }

    /** A variable of the environment is found by both of its names: the one of the documentation stays. */
    static Stream<String> names(Config config) {
        return StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .collect(Collectors.toMap(
                        Settings::canonical,
                        name -> name,
                        (one, other) -> VARIABLE.matcher(one).matches() ? other : one))
                .values()
                .stream();
    }

    static String canonical(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", ".");
    }
}
