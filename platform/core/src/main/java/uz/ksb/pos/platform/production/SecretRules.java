package uz.ksb.pos.platform.production;

import java.util.ArrayList;
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
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/**
 * All our secrets, found by the names of their settings: a new one is checked without further code. None is ever told.
 *
 * <p>A secret is refused when it is well-known, a placeholder, short, equal to another one, or has a blank or a line break at an end,
 * which a file brings and nobody sees.
 */
final class SecretRules {
    static final String JAAS = "kafka.sasl.jaas.config";

    private static final int MIN_LENGTH = 12;
    /** Of one that the back office's people have chosen. */
    private static final int MIN_LENGTH_OF_OTHERS = 8;

    private static final int MIN_DIFFERENT_CHARACTERS = 5;
    private static final Pattern SECRET = Pattern.compile("(?i)(pos|quarkus|kafka)[._].*(password|secret)");
    private static final String BACK_OFFICE = "pos.back.office.";
    private static final String WEBHOOK_PREFIX = "whsec_";
    /** In the login at Kafka, which holds more than a password. */
    private static final Pattern JAAS_PASSWORD =
            Pattern.compile("password\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s;]+))");

    private static final Pattern ADDRESS_WITH_PASSWORD =
            Pattern.compile("(?i)//[^/@?]*:[^/@?]*@|[?&;](password|pass)=.");
    private static final Pattern ADDRESS = Pattern.compile("(?i)(pos|quarkus|kafka)[._].*url");

    private static final Pattern VARIABLE = Pattern.compile("[A-Z0-9_]+");

    private static final Set<String> WELL_KNOWN = Set.of(
            "postgres",
            "password",
            "parol",
            "test",
            "secret",
            "admin",
            "root",
            "changeit",
            "changeme",
            "change-me",
            "sample",
            "example",
            "default",
            "demo",
            "12345678",
            "123456",
            "qwerty",
            "password1234",
            "123456789012",
            "qwertyuiop12",
            // The example of the Standard Webhooks.
            "mfkq9r8gkyqrtwjupd8ilpzio2lalasw");
    private static final Pattern PLACEHOLDER =
            Pattern.compile(".*(changeme|changeit|replaceme|yourpassword|yoursecret|placeholder|todo|xxxx).*");

    private SecretRules() {}

    /** The unsafe ones, one sentence each. */
    static List<String> unsafe(Config config) {
        Map<String, String> secrets = secrets(config);
        List<String> unsafe = new ArrayList<>();
        secrets.forEach((name, secret) -> fault(name, secret).ifPresent(fault -> unsafe.add(name + " " + fault)));
        unsafe.addAll(equalOnes(secrets));
        names(config)
                .filter(name -> ADDRESS.matcher(name).matches())
                .filter(name ->
                        ADDRESS_WITH_PASSWORD.matcher(text(config, name)).find())
                .map(name -> name + " holds a password, which has a setting of its own")
                .forEach(unsafe::add);
        return unsafe.stream().distinct().sorted().toList();
    }

    private static Map<String, String> secrets(Config config) {
        Map<String, String> secrets = new TreeMap<>();
        names(config)
                .filter(name -> SECRET.matcher(name).matches())
                .forEach(name -> secrets.put(name, text(config, name)));
        JAAS_PASSWORD
                .matcher(text(config, JAAS))
                .results()
                .flatMap(SecretRules::group)
                .forEach(password -> secrets.put(JAAS, password));
        // Those are missing, or not needed.
        secrets.values().removeIf(String::isBlank);
        return secrets;
    }

    private static Stream<String> group(MatchResult password) {
        return Stream.of(password.group(1), password.group(2), password.group(3))
                .filter(Objects::nonNull);
    }

    private static Optional<String> fault(String name, String secret) {
        String plain = secret.strip().replaceFirst("^" + WEBHOOK_PREFIX, "").toLowerCase(Locale.ROOT);
        String fault = null;
        if (WELL_KNOWN.contains(plain)) {
            fault = "is a well-known one";
        } else if (PLACEHOLDER.matcher(plain.replaceAll("[^a-z0-9]", "")).matches()
                || plain.chars().distinct().count() < MIN_DIFFERENT_CHARACTERS) {
            fault = "is a placeholder";
        } else if (!secret.equals(secret.strip())) {
            fault = "has a blank or a line break at an end";
        } else if (plain.length() < minLength(name)) {
            fault = "is shorter than " + minLength(name) + " characters";
        }
        return Optional.ofNullable(fault);
    }

    private static int minLength(String name) {
        return canonical(name).startsWith(BACK_OFFICE) ? MIN_LENGTH_OF_OTHERS : MIN_LENGTH;
    }

    /** The back offices of several enterprises may have one login. */
    private static List<String> equalOnes(Map<String, String> secrets) {
        Map<String, List<String>> names = secrets.entrySet().stream()
                .collect(Collectors.groupingBy(
                        secret -> secret.getValue().strip(),
                        TreeMap::new,
                        Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
        return names.values().stream()
                .filter(equal -> equal.size() > 1)
                .filter(equal ->
                        !equal.stream().allMatch(name -> canonical(name).startsWith(BACK_OFFICE)))
                .map(equal -> String.join(" and ", equal) + " are the same secret")
                .toList();
    }

    /** A variable of the environment is found by both of its names: the one of the documentation stays. */
    static Stream<String> names(Config config) {
        return StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .collect(Collectors.toMap(
                        SecretRules::canonical,
                        name -> name,
                        (one, other) -> VARIABLE.matcher(one).matches() ? other : one))
                .values()
                .stream();
    }

    static String canonical(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", ".");
    }

    private static String text(Config config, String key) {
        return config.getOptionalValue(key, String.class).orElse("");
    }
}
