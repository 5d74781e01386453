package uz.ksb.pos.settings.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

    private Path only() throws IOException {
        try (var files = Files.list(path)) {
            return files.findFirst().orElseThrow();
        }
    }
}
