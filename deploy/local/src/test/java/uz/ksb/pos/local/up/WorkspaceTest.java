package uz.ksb.pos.local.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.ksb.pos.local.failure.CommandFailed;

class WorkspaceTest {

    @TempDir
    private Path root;

    @Test
    void oneUpPerCheckoutAlsoAfterAGarbageCollection() {
        Workspace first = new Workspace(root.resolve(".pos"));
        first.lock();
        System.gc();
        assertThatExceptionOfType(CommandFailed.class)
                .isThrownBy(() -> new Workspace(root.resolve(".pos")).lock())
                .withMessageContaining("already up");
        assertThat(first.run()).doesNotExist();
    }

    @Test
    void secretsStayAndAreForTheOwnerOnly() throws IOException {
        Secrets secrets = new Workspace(root.resolve(".pos")).secrets();
        String made = secrets.samplePassword(null);
        assertThat(new Workspace(root.resolve(".pos")).secrets().samplePassword(null))
                .isEqualTo(made);
        assertThat(secrets.databasePassword("sales"))
                .isEqualTo(secrets.databasePassword("sales"))
                .isNotEqualTo(secrets.databasePassword("product"));
        for (String file : new String[] {Secrets.FILE, Secrets.SAMPLE_PASSWORD_FILE}) {
            assertThat(Files.getPosixFilePermissions(root.resolve(".pos").resolve(file)))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    void settingsOfAServiceElsewhereAreForTheOwnerOnly() throws IOException {
        Workspace workspace = new Workspace(root.resolve(".pos"));

        workspace.writeEnvironment("sales-service", Map.of("B", "2", "A", "1"));

        Path file = workspace.run().resolve("sales-service.env");
        assertThat(file).hasContent("A='1'\nB='2'\n");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aServiceThatDoesNotExistCannotBeLeftOut() {
        assertThat(Service.allWithout(Set.of("sales-service"))).hasSize(Service.ALL.size() - 1);
        assertThatExceptionOfType(CommandFailed.class).isThrownBy(() -> Service.allWithout(Set.of("sales")));
    }

    @Test
    void cleaningRemovesOnlyWhatIsOurs() throws IOException {
        Workspace workspace = new Workspace(root.resolve(".pos"));
        workspace.freshLog("Kafka");
        workspace.secrets().samplePassword("given");
        Path foreign = Files.createFile(root.resolve(".pos/notes.txt"));
        workspace.clean();
        assertThat(root.resolve(".pos")).isDirectoryContaining(foreign::equals);
        assertThat(root.resolve(".pos/logs")).doesNotExist();
        assertThat(root.resolve(".pos/sample-password")).doesNotExist();
    }
}
