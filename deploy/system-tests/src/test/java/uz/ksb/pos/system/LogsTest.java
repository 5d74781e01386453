package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** After all other tests: the logs of all systems that they started hold no secret and no personal data. */
@Order(Integer.MAX_VALUE)
@ExtendWith(SharedSystem.class)
class LogsTest {
    private static final String PASSWORDS = "passwords.properties";
    private static final int MIN_SECRET_LENGTH = 8;
    private static final int SHOWN = 60;

    /** Tokens, phone numbers of Uzbekistan, keys of webhooks, private keys, and hashes of passwords. */
    private static final List<Pattern> FORBIDDEN = Stream.of(
                    "eyJ[\\w-]{16,}\\.[\\w-]{16,}",
                    "Bearer [\\w.-]{8,}",
                    "(?<![\\w-])\\+?998[ (-]*\\d{2}[ )-]*\\d{3}[ -]*\\d{2}[ -]*\\d{2}(?![\\w-])",
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
            secrets(state).forEach(secret -> forbidden.add(Pattern.compile(Pattern.quote(secret))));
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
                        "$argon2id$v=19"))
                .allMatch(line ->
                        FORBIDDEN.stream().anyMatch(form -> form.matcher(line).find()));
        assertThat(List.of("00000000-0000-7000-8998-901234567890", "offset 99890123456789"))
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

    private static List<String> secrets(Path state) throws IOException {
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
        return secrets.stream()
                .filter(secret -> secret.length() >= MIN_SECRET_LENGTH)
                .toList();
    }

    private static List<Path> logs(Path state) throws IOException {
        Path folder = state.resolve("logs");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** The place and the form, not the secret itself. */
    private static List<String> find(Path log, List<Pattern> forbidden) throws IOException {
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
