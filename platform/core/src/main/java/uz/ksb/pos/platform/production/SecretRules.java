package uz.ksb.pos.platform.production;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/**
 * All our secrets, found by the names of their settings: a new one is checked without further code. None is ever told.
 *
 * <p>A secret is refused when it can be guessed, is short, a user's name, equal to another one, or has something at its ends that a file
 * brings and nobody sees.
 */
final class SecretRules {
    private static final int MIN_LENGTH = 12;
    /** Of one that the back office's people have chosen. */
    private static final int MIN_LENGTH_OF_OTHERS = 8;

    /** The password of a store of public certificates is none. */
    private static final Pattern SECRET =
            Pattern.compile("(pos|quarkus|kafka|mp|smallrye)\\.(?!.*trust\\.?store).*(password|secret)");

    private static final Pattern USER = Pattern.compile("(pos|quarkus|kafka)\\..*(user|username|login)");
    private static final Pattern LOGIN_AT_KAFKA = Pattern.compile("(.*\\.)?sasl\\.jaas\\.config");
    private static final String BACK_OFFICE = "pos.back.office.";
    /** A store and the keys in it are opened alike. */
    private static final String KEYS_OF_KAFKA = "kafka.ssl.key";

    private static final String VALUE = "\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s;]+))";
    private static final Pattern JAAS_PASSWORD = Pattern.compile("(?:password|clientSecret)" + VALUE);
    private static final Pattern JAAS_USER = Pattern.compile("(?:username|clientId)" + VALUE);

    private SecretRules() {}

    /** The unsafe ones, one sentence each. */
    static List<String> unsafe(Config config) {
        Map<String, String> secrets = secrets(config);
        Set<String> users = users(config);
        List<String> unsafe = new ArrayList<>();
        secrets.forEach(
                (name, secret) -> fault(name, secret, users).ifPresent(fault -> unsafe.add(name + " " + fault)));
        unsafe.addAll(equalOnes(secrets));
        unsafe.addAll(missingAtKafka(config));
        return unsafe.stream().distinct().sorted().toList();
    }

    /** By the names of their settings; those without a value are missing, or not needed. */
    private static Map<String, String> secrets(Config config) {
        Map<String, String> secrets = new TreeMap<>();
        Settings.names(config).forEach(name -> {
            if (SECRET.matcher(Settings.canonical(name)).matches()) {
                secrets.put(name, Settings.text(config, name));
            } else if (isLoginAtKafka(name)) {
                values(JAAS_PASSWORD, Settings.text(config, name))
                        .forEach(password -> secrets.put(Settings.canonical(name), password));
            }
        });
        secrets.values().removeIf(String::isBlank);
        return secrets;
    }

    private static Set<String> users(Config config) {
        Set<String> users = new HashSet<>(Set.of(Settings.text(config, "quarkus.application.name")));
        Settings.names(config).forEach(name -> {
            if (USER.matcher(Settings.canonical(name)).matches()) {
                users.add(Settings.text(config, name));
            } else if (isLoginAtKafka(name)) {
                values(JAAS_USER, Settings.text(config, name)).forEach(users::add);
            }
        });
        return users.stream().map(user -> user.strip().toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }

    private static boolean isLoginAtKafka(String name) {
        return LOGIN_AT_KAFKA.matcher(Settings.canonical(name)).matches();
    }

    private static Stream<String> values(Pattern pattern, String login) {
        return pattern.matcher(login).results().flatMap(SecretRules::group);
    }

    private static Stream<String> group(MatchResult value) {
        return Stream.of(value.group(1), value.group(2), value.group(3)).filter(Objects::nonNull);
    }

    private static Optional<String> fault(String name, String secret, Set<String> users) {
        return GuessableSecret.fault(secret).or(() -> {
            String fault = null;
            if (users.contains(secret.strip().toLowerCase(Locale.ROOT))) {
                fault = "is the name of a user";
            } else if (!secret.equals(secret.strip())) {
                fault = "has a blank or a line break at an end";
            } else if (secret.matches("(['\"]).*\\1")) {
                fault = "stands in quotes, which are a part of it";
            } else if (secret.replaceFirst("^" + GuessableSecret.WEBHOOK_PREFIX, "")
                            .length()
                    < minLength(name)) {
                fault = "is shorter than " + minLength(name) + " characters";
            }
            return Optional.ofNullable(fault);
        });
    }

    private static int minLength(String name) {
        return isBackOffices(name) ? MIN_LENGTH_OF_OTHERS : MIN_LENGTH;
    }

    private static boolean isBackOffices(String name) {
        return Settings.canonical(name).startsWith(BACK_OFFICE);
    }

    /** The back offices of several enterprises may have one login, and the clients of Kafka. */
    private static List<String> equalOnes(Map<String, String> secrets) {
        Map<String, List<String>> names = secrets.entrySet().stream()
                .collect(Collectors.groupingBy(
                        secret -> secret.getValue().strip().replaceFirst("^" + GuessableSecret.WEBHOOK_PREFIX, ""),
                        TreeMap::new,
                        Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
        return names.values().stream()
                .filter(equal -> equal.size() > 1)
                .filter(equal -> !equal.stream().allMatch(SecretRules::isBackOffices))
                .filter(equal -> !equal.stream().allMatch(SecretRules::isLoginAtKafka))
                .filter(equal -> !equal.stream()
                        .allMatch(name -> Settings.canonical(name).startsWith(KEYS_OF_KAFKA)))
                .map(equal -> String.join(" and ", equal) + " are the same secret")
                .toList();
    }

    /** Without a login, or with one that has no password, Kafka's client would fail without a word of the setting. */
    private static List<String> missingAtKafka(Config config) {
        String login = Settings.text(config, "kafka.sasl.jaas.config");
        boolean byPassword = Settings.text(config, "kafka.sasl.mechanism").matches("(?i)|plain|scram-.*");
        boolean isMissing =
                login.isBlank() || byPassword && values(JAAS_PASSWORD, login).allMatch(String::isBlank);
        return Settings.ofKafka(config).startsWith("SASL") && isMissing
                ? List.of("kafka.sasl.jaas.config is missing" + (login.isBlank() ? "" : " its password"))
                : List.of();
    }
}
