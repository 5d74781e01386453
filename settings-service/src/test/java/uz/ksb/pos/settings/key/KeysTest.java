package uz.ksb.pos.settings.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysTest {
    @TempDir
    Path folder;

    @Test
    void productionMakesNoKeysOfItsOwnAndDoesNotStartWithoutThem() {
        Keys keys = keys("production");

        assertThatThrownBy(keys::load).hasMessageContaining("pos.keys.directory has no key access-");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void productionNeedsAKeyForEachPurpose() {
        keys("local").load();
        folder.toFile()
                .listFiles((place, name) -> name.startsWith("device-"))[0]
                .delete();

        assertThatThrownBy(keys("production")::load).hasMessageContaining("pos.keys.directory has no key device-");
    }

    @Test
    void missingLocalKeysAreMadeOnceInTheFormOfProduction() {
        keys("local").load();
        keys("local").load();
        keys("production").load();

        assertThat(folder.toFile().list()).hasSize(Purpose.values().length);
    }

    @Test
    void whatIsWrongWithTheKeysIsToldWithAllThatIsUnsafe() throws IOException {
        UsableKeys check = new UsableKeys(settings());
        assertThat(check.unsafe(null)).hasSize(2).allSatisfy(fault -> assertThat(fault)
                .startsWith("pos.keys.directory has no key "));

        keys("local").load();
        assertThat(check.unsafe(null)).isEmpty();

        Files.writeString(folder.resolve("access-20260101T0000Z.pem"), "top secret");
        assertThat(check.unsafe(null))
                .containsExactly("pos.keys.directory: not a key of this service: access-20260101T0000Z.pem");
    }

    private Keys keys(String environment) {
        return new Keys(settings(), environment);
    }

    private KeyConfig settings() {
        return new KeyConfig() {
            @Override
            public Optional<Path> directory() {
                return Optional.of(folder);
            }

            @Override
            public Duration lead() {
                return Duration.ofSeconds(90);
            }
        };
    }
}
