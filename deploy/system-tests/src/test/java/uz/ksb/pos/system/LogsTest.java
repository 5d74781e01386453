package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** After all other tests: the logs of all systems that they started hold no secret and no personal data. */
@Order(Integer.MAX_VALUE)
@ExtendWith(SharedSystem.class)
class LogsTest {
    private static final String PASSWORDS = "passwords.properties";
    static final int MIN_SECRET_LENGTH = 8;
    private static final int SHOWN = 60;
    /** So many bytes are four characters. */
    private static final int BASE64_GROUP = 3;

    private static final String UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    /**
     * Tokens of access, tills and sessions, logins in headers, questions and forms, phone numbers of Uzbekistan, numbers of cards and
     * taxpayers, keys of webhooks, private keys, and hashes of passwords.
     */
    private static final List<Pattern> FORBIDDEN = Stream.of(
                    "eyJ[\\w-]{16,}\\.[\\w-]{16,}",
                    "Bearer [\\w.-]{8,}",
                    "Basic [\\w+/-]{8,}",
                    UUID + "\\.[\\w-]{40,}",
                    "(?i)(?:password|parol|pin|secret|token)(?:%22|[\"'])?\\s*(?:[:=]|%3a|%3d)\\s*(?:%22|[\"'])?"
                            + "(?!null|none|true|false|\\[hidden|\\*)[^\\s\"',;}&]{4,}",
                    "(?:(?<![\\w-])\\+?|%2B)998[ (.-]*\\d{2}[ ).-]*\\d{3}[ .-]*\\d{2}[ .-]*\\d{2}(?![\\w-])",
                    "(?<![\\w.:-])\\(?(?:33|50|55|7[1578]|88|9\\d)\\)?[ -]\\d{3}[ -]\\d{2}[ -]\\d{2}(?![\\w.:-])",
                    "(?<![\\w.-])(?:8600|9860|5614)(?:[ -]?\\d{4}){3}(?![\\w.-])",
                    "(?i)(?:pinfl|jshshir|inn|stir)\\W{1,4}\\d{9,14}(?!\\d)",
                    "whsec_[\\w+/=]{8,}",
                    "BEGIN [A-Z ]*PRIVATE KEY",
                    "\\$argon2")
            .map(Pattern::compile)
            .toList();

    private final RunningSystem system;

    LogsTest(RunningSystem system) {
        this.system = system;
    }

    @Test
    void noLogHoldsAPasswordATokenOrAPhoneNumber() throws IOException {
        List<Path> states = states();
        assertThat(states).contains(system.state());
        List<String> found = new ArrayList<>();
        int logs = 0;
        for (Path state : states) {
            List<Pattern> forbidden = new ArrayList<>(FORBIDDEN);
            HostileTill.PERSONAL.forEach(part -> forbidden.add(Pattern.compile(Pattern.quote(part))));
            secrets(state)
                    .flatMap(LogsTest::forms)
                    .forEach(secret -> forbidden.add(Pattern.compile(Pattern.quote(secret))));
            for (Path log : logs(state)) {
                logs++;
                found.addAll(find(log, forbidden));
            }
        }
        assertThat(logs).isGreaterThan(5);
        assertThat(found).isEmpty();
    }

    @Test
    void eachFormOfASecretIsFound() {
        assertThat(List.of(
                        "token eyJhbGciOiJFUzI1NiJ9xx.eyJzdWIiOiJrYXNzaXIifQ",
                        "+998901234567",
                        "998 (90) 123-45-67",
                        "+998 90 123-45-67",
                        "+998.90.123.45.67",
                        "?search=%2B998901234567",
                        "(90) 123-45-67",
                        "tel 90 123 45 67",
                        "Authorization: Basic cG9zOnNlY3JldA==",
                        "0192a7c4-0000-7000-8000-000000000001.q0mY3vB7hK5cJ8sRw9eZ1tqXo0mY3vB7hK5cJ8sRw9e",
                        "{\"login\":\"kassir\",\"password\":\"qizil-olma\"}",
                        "client_id=x&client_secret=4f1c0b7a",
                        "body %7B%22pin%22%3A%224711%22%7D",
                        "card 8600 1234 1234 5678",
                        "9860123412345678",
                        "PINFL: 31203901234567",
                        "inn=301234567",
                        "$argon2id$v=19"))
                .allMatch(line ->
                        FORBIDDEN.stream().anyMatch(form -> form.matcher(line).find()));
        assertThat(List.of(
                        "00000000-0000-7000-8998-901234567890",
                        "offset 99890123456789",
                        "2026-11-30T22:33:50.123-45:67",
                        "ssl.key.password = null",
                        "sasl.jaas.config = [hidden]",
                        "pos.service.secret is missing; pos.crm.secret is a placeholder"))
                .noneMatch(line ->
                        FORBIDDEN.stream().anyMatch(form -> form.matcher(line).find()));
    }

    /** The folders of all systems that ran here. */
    private List<Path> states() throws IOException {
        try (Stream<Path> folders = Files.list(system.state().getParent())) {
            return Stream.concat(Stream.of(system.state()), folders)
                    .distinct()
                    .filter(folder -> Files.exists(folder.resolve(PASSWORDS)))
                    .toList();
        }
    }

    private static Stream<String> secrets(Path state) throws IOException {
        Properties passwords = new Properties();
        try (Reader file = Files.newBufferedReader(state.resolve(PASSWORDS))) {
            passwords.load(file);
        }
        List<String> secrets = new ArrayList<>();
        passwords.values().forEach(password -> secrets.add(password.toString()));
        Path sample = state.resolve("sample-password");
        if (Files.exists(sample)) {
            secrets.add(Files.readString(sample).strip());
        }
        return secrets.stream().filter(secret -> secret.length() >= MIN_SECRET_LENGTH);
    }

    /** As it is, and in the middle of whatever Base64 holds it: of a login, a form, a key. */
    private static Stream<String> forms(String secret) {
        return Stream.concat(Stream.of(secret), IntStream.range(0, BASE64_GROUP).mapToObj(before -> {
            String text =
                    Base64.getEncoder().encodeToString((" ".repeat(before) + secret).getBytes(StandardCharsets.UTF_8));
            return text.substring(before == 0 ? 0 : BASE64_GROUP + 1, text.length() - BASE64_GROUP - 1);
        }));
    }

    @Test
    void aSecretIsFoundInALoginToo() {
        for (String user : List.of("pos", "till", "admin")) {
            String header =
                    Base64.getEncoder().encodeToString((user + ":9f1b44c07ad3e68d").getBytes(StandardCharsets.UTF_8));
            assertThat(forms("9f1b44c07ad3e68d")).as(user).anyMatch(header::contains);
        }
    }

    static List<Path> logs(Path state) throws IOException {
        Path folder = state.resolve("logs");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** The place and the form, not the secret itself. */
    static List<String> find(Path log, List<Pattern> forbidden) throws IOException {
        List<String> found = new ArrayList<>();
        String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        for (Pattern form : forbidden) {
            form.matcher(text)
                    .results()
                    .map(match -> log + " at " + match.start() + ": ..."
                            + text.substring(Math.max(0, match.start() - SHOWN), match.start()))
                    .forEach(found::add);
        }
        return found;
    }
}
