package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.within;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import uz.ksb.pos.till.Api;

/** A new signing key is put beside the old one while tills work: nobody notices. */
@ExtendWith(SharedSystem.class)
class KeyRotationTest {
    private static final String KSB_ID = "10000001";
    private static final int TILLS = 4;
    private static final List<String> OTHERS = List.of("/api/products?limit=1", "/api/totals", "/api/syncs/cooldown");

    private final RunningSystem system;
    private final Api api;

    KeyRotationTest(RunningSystem system) {
        this.system = system;
        this.api = system.api();
    }

    /** Two of the tills log in at one settings-service, two at the other: each learns of the key at its own time. */
    @Test
    @Tag("long")
    void noRequestOfFourClientsFailsWhileTheKeyIsReplaced() throws Exception {
        List<String> failures = new CopyOnWriteArrayList<>();
        AtomicInteger requests = new AtomicInteger();
        try (Replica replica = Replica.of(system, "settings-service");
                ScheduledExecutorService clock = Executors.newScheduledThreadPool(8)) {
            List<Api> issuers = List.of(api, replica.api());
            List<String> newest = new CopyOnWriteArrayList<>();
            for (int till = 0; till < TILLS; till++) {
                newest.add(token(issuers.get(till % 2)));
            }
            String before = kid(newest.getFirst());
            for (int i = 0; i < TILLS; i++) {
                int till = i;
                var unused = clock.scheduleAtFixedRate(
                        () -> noting(failures, () -> ask(newest.get(till), requests, failures)),
                        i * 250L,
                        1000,
                        TimeUnit.MILLISECONDS);
            }
            addKeyDueInAMinute();
            // Every few seconds a till gets a token of the key that signs now, and uses it at once.
            for (int i = 0; i < TILLS; i++) {
                int till = i;
                var unused = clock.scheduleWithFixedDelay(
                        () -> noting(failures, () -> newest.set(till, token(issuers.get(till % 2)))),
                        5 + i,
                        5,
                        TimeUnit.SECONDS);
            }
            within(Duration.ofMinutes(4), () -> assertThat(newest)
                    .noneMatch(token -> kid(token).equals(before)));
            int now = requests.get();
            within(Duration.ofMinutes(1), () -> assertThat(requests.get()).isGreaterThan(now + 60));
            clock.shutdown();
            assertThat(clock.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }

        assertThat(failures).isEmpty();
        assertThat(requests.get()).isGreaterThan(300);
    }

    private static String token(Api issuer) {
        return issuer.loggedIn(KSB_ID, "kassir").token();
    }

    private void ask(String token, AtomicInteger requests, List<String> failures) {
        for (String path : OTHERS) {
            Api.Answer answer = api.get(path, token);
            if (answer.status() != 200) {
                failures.add(Instant.now() + " " + path + " " + kid(token) + ": " + answer);
            }
            requests.incrementAndGet();
        }
    }

    /** A login that fails is a failure too, and ends nothing. */
    private static void noting(List<String> failures, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | AssertionError e) {
            failures.add(Instant.now() + " " + e);
        }
    }

    /** Sooner than is advised: the service's own patience keeps it from signing before everybody knows it. */
    private void addKeyDueInAMinute() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        Path keys = system.state().resolve("keys");
        String name = "access-"
                + DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmm'Z'")
                        .format(Instant.now().plus(Duration.ofMinutes(1)).atOffset(ZoneOffset.UTC))
                + ".pem";
        Path written = Files.writeString(
                keys.resolve("new.tmp"),
                block("PRIVATE", pair.getPrivate().getEncoded())
                        + block("PUBLIC", pair.getPublic().getEncoded()));
        Files.move(written, keys.resolve(name));
    }

    private static String block(String kind, byte[] encoded) {
        return "-----BEGIN " + kind + " KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded) + "\n-----END " + kind
                + " KEY-----\n";
    }

    private static String kid(String token) {
        String header = new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[0]), StandardCharsets.UTF_8);
        return header.replaceAll(".*\"kid\":\"([^\"]+)\".*", "$1");
    }
}
