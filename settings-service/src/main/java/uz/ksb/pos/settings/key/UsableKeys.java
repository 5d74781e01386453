package uz.ksb.pos.settings.key;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import uz.ksb.pos.platform.production.ProductionReadinessCheck;

/** Faults of the keys are told together with all other settings that cannot serve. */
@ApplicationScoped
class UsableKeys implements ProductionReadinessCheck {
    private final KeyConfig settings;

    UsableKeys(KeyConfig settings) {
        this.settings = settings;
    }

    @Override
    public List<String> unsafe(Config config) {
        return settings.directory()
                .filter(Files::isDirectory)
                .map(UsableKeys::faults)
                .orElse(List.of());
    }

    private static List<String> faults(Path directory) {
        try {
            KeySet keys = new KeyFolder(directory).read();
            return Arrays.stream(Purpose.values())
                    .filter(purpose ->
                            keys.signing(purpose, Instant.now(), key -> true).isEmpty())
                    .map(Keys::missing)
                    .toList();
        } catch (IllegalStateException | UncheckedIOException unusable) {
            return List.of("pos.keys.directory: " + unusable.getMessage());
        }
    }
}
