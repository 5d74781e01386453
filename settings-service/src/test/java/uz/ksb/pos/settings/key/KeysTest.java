package uz.ksb.pos.settings.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
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

    private Keys keys(String environment) {
        return new Keys(
                new KeyConfig() {
                    @Override
                    public Path directory() {
                        return folder;
                    }

                    @Override
                    public Duration lead() {
                        return Duration.ofSeconds(90);
                    }
                },
                environment);
    }
}
