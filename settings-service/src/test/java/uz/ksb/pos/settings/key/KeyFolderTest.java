package uz.ksb.pos.settings.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFolderTest {
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MINUTES);

    @TempDir
    Path path;

    @Test
    void aNewKeyIsPublishedBeforeItSigns() {
        KeyFolder folder = new KeyFolder(path);
        folder.make(Purpose.ACCESS, now);
        Instant later = now.plus(Duration.ofMinutes(10));
        folder.make(Purpose.ACCESS, later);

        KeySet keys = folder.read();

        assertThat(keys.byKid()).hasSize(2);
        assertThat(keys.signing(Purpose.ACCESS, now, key -> true).orElseThrow().signsFrom())
                .isEqualTo(now);
        assertThat(keys.signing(Purpose.ACCESS, later, key -> true)
                        .orElseThrow()
                        .signsFrom())
                .isEqualTo(later);
        assertThat(keys.signing(Purpose.DEVICE, now, key -> true)).isEmpty();
    }

    @Test
    void aNewKeySignsOnlyWhenEverybodyKnowsItOrItIsAlone() {
        KeyFolder folder = new KeyFolder(path);
        folder.make(Purpose.ACCESS, now);
        Instant newer = now.minus(Duration.ofMinutes(5));
        assertThat(folder.read()
                        .signing(Purpose.ACCESS, now, key -> false)
                        .orElseThrow()
                        .signsFrom())
                .isEqualTo(now);
        folder.make(Purpose.ACCESS, newer);

        KeySet keys = folder.read();

        assertThat(keys.signing(Purpose.ACCESS, now, key -> key.signsFrom().equals(newer))
                        .orElseThrow()
                        .signsFrom())
                .isEqualTo(newer);
    }

    @Test
    void theFirstOfTwoWhoMakeTheSameKeyWins() throws IOException {
        KeyFolder folder = new KeyFolder(path);
        folder.make(Purpose.DEVICE, now);
        String first = Files.readString(only());

        folder.make(Purpose.DEVICE, now);

        assertThat(Files.readString(only())).isEqualTo(first);
        assertThat(Files.getPosixFilePermissions(only())).hasSize(2);
    }

    @Test
    void aFileThatIsNoKeyIsNamedWithoutItsContent() throws IOException {
        Files.writeString(path.resolve("access-20260101T0000Z.pem"), "top secret");

        assertThatThrownBy(() -> new KeyFolder(path).read())
                .hasMessageContaining("access-20260101T0000Z.pem")
                .hasMessageNotContaining("top secret");
    }

    /** Or the first login of the day would find it out. */
    @Test
    void aKeyThatCannotServeIsRefusedByItsName() throws IOException {
        KeyFolder folder = new KeyFolder(path);
        folder.make(Purpose.ACCESS, now);
        folder.make(Purpose.DEVICE, now);
        Path access = path.resolve(TokenKey.kid(Purpose.ACCESS, now) + ".pem");
        Path device = path.resolve(TokenKey.kid(Purpose.DEVICE, now) + ".pem");
        String key = Files.readString(access);
        String halves = key.substring(0, key.indexOf("-----BEGIN PUBLIC"))
                + Files.readString(device).replaceFirst("(?s).*(?=-----BEGIN PUBLIC)", "");

        Files.writeString(access, halves);
        assertThatThrownBy(folder::read)
                .hasMessageContaining(access.getFileName().toString())
                .hasRootCauseMessage("its halves do not belong together");

        Files.writeString(access, onAnotherCurve());
        assertThatThrownBy(folder::read)
                .hasMessageContaining(access.getFileName().toString())
                .hasRootCauseMessage("it is not on P-256");

        Files.copy(device, access, StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(folder::read)
                .hasMessageStartingWith("one key twice: ")
                .hasMessageContaining(TokenKey.kid(Purpose.DEVICE, now));
    }

    private static String onAnotherCurve() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp384r1"));
            KeyPair pair = generator.generateKeyPair();
            return block("PRIVATE KEY", pair.getPrivate().getEncoded())
                    + block("PUBLIC KEY", pair.getPublic().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String block(String label, byte[] content) {
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
                .formatted(label, Base64.getMimeEncoder().encodeToString(content));
    }

    private Path only() throws IOException {
        try (var files = Files.list(path)) {
            return files.findFirst().orElseThrow();
        }
    }
}
