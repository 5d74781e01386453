package uz.ksb.pos.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Backup and restore of the one server, with programs in the place of Docker that write down what they are asked for. */
@EnabledOnOs(OS.LINUX)
class ComposeScriptsTest {
    private static final List<String> SCRIPTS = List.of("setup", "lib.sh", "backup", "restore");
    private static final String NOTE = "printf '%s\\n' \"$(basename \"$0\") subnet=${POS_SUBNET:-own}"
            + " port=${POS_POSTGRES_PORT:-own} $*\" | tr '\\n' ' ' | sed 's/ $//' >>\"$CALLS\"; echo >>\"$CALLS\"\n";

    @TempDir
    private Path folder;

    private Path compose;

    @BeforeEach
    void makeAServer() throws IOException, InterruptedException {
        compose = Files.createDirectories(folder.resolve("deploy/compose"));
        for (String script : SCRIPTS) {
            Files.copy(Project.file("deploy/compose/" + script), compose.resolve(script));
        }
        program("pos", NOTE);
        program("bin/docker", "[ \"$1\" = compose ] && exit 1\n" + NOTE);
        program("bin/docker-compose", NOTE + "case \"$*\" in *pg_basebackup*) cat \"$BASE\" ;; esac\n");
        Files.writeString(folder.resolve("backup_manifest"), "{}");
        run("tar", "-cf", "base.tar", "-C", folder.toString(), "backup_manifest");
        assertThat(run("sh", "setup", "pos.example.uz")).isZero();
    }

    private void program(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private int run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(compose.toFile())
                .redirectErrorStream(true)
                .redirectInput(
                        Files.writeString(folder.resolve("answers"), "yes\n").toFile())
                .redirectOutput(folder.resolve("output").toFile());
        builder.environment()
                .putAll(Map.of(
                        "PATH", folder.resolve("bin") + ":" + System.getenv("PATH"),
                        "CALLS", folder.resolve("calls").toString(),
                        "BASE", compose.resolve("base.tar").toString()));
        return builder.start().waitFor();
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(folder.resolve("calls"));
    }

    private Path backup() throws IOException, InterruptedException {
        assertThat(run("sh", "backup", folder.resolve("backups").toString()))
                .as(Files.readString(folder.resolve("output")))
                .isZero();
        Files.move(folder.resolve("calls"), folder.resolve("calls-of-backup"));
        try (Stream<Path> made = Files.list(folder.resolve("backups"))) {
            return made.findFirst().orElseThrow();
        }
    }

    /** A checkpoint removes it otherwise, and the larger the database the surer a backup would fail. */
    @Test
    void aBackupHoldsTheLogThatItNeedsUntilItsEnd() throws IOException, InterruptedException {
        Path made = backup();

        assertThat(made).isDirectoryContaining("glob:**/postgres.tar.gz");
        assertThat(made.resolve("env")).hasSameTextualContentAs(compose.resolve(".env"));
        assertThat(made.resolve("secrets/token-keys")).isNotEmptyDirectory();
        assertThat(Files.readAllLines(folder.resolve("calls-of-backup")))
                .allSatisfy(call -> assertThat(call).contains("-p pos exec"))
                .satisfiesExactly(
                        call -> assertThat(call).contains("pg_drop_replication_slot"),
                        call -> assertThat(call).contains("pg_create_physical_replication_slot('backup', true)"),
                        call -> assertThat(call).contains("pg_basebackup"),
                        call -> assertThat(call).contains("pg_drop_replication_slot"));
    }

    @Test
    void aBackupThatBreaksOffIsNoneAndHoldsNothing() throws IOException, InterruptedException {
        Files.writeString(compose.resolve("base.tar"), "the connection was lost");

        assertThat(run("sh", "backup", folder.resolve("backups").toString())).isNotZero();
        try (Stream<Path> made = Files.list(folder.resolve("backups"))) {
            assertThat(made).allSatisfy(one -> assertThat(one.toString()).endsWith(".part"));
        }
        assertThat(calls().getLast()).contains("pg_drop_replication_slot");
    }

    /** Docker refuses a second network of the same range, and a port that is taken. */
    @Test
    void aDrillSharesNothingWithTheRunningSystem() throws IOException, InterruptedException {
        assertThat(run("sh", "restore", "--drill", backup().toString())).isZero();

        assertThat(calls())
                .hasSizeGreaterThan(3)
                .allSatisfy(call -> assertThat(call).contains("subnet=172.30.98.0/24", "port=15432"))
                .filteredOn(call -> !call.startsWith("pos "))
                .allSatisfy(
                        call -> assertThat(call).startsWith("docker-compose").contains(" -p pos-drill "));
        assertThat(Project.text("deploy/compose/docker-compose.yml")).doesNotContain("172.30.98.");
        assertThat(calls().getLast()).endsWith("-p pos-drill down --volumes --remove-orphans");
        assertThat(calls()).anySatisfy(call -> assertThat(call).endsWith("totals --check --database 127.0.0.1:15432"));
    }

    @Test
    void aNewMachineGetsTheConfigurationAndTheKeysToo() throws IOException, InterruptedException {
        Path made = backup();
        Files.delete(compose.resolve(".env"));
        run("rm", "-r", "secrets");

        assertThat(run("sh", "restore", made.toString())).isZero();

        assertThat(compose.resolve(".env")).hasSameTextualContentAs(made.resolve("env"));
        assertThat(compose.resolve("secrets/token-keys")).isNotEmptyDirectory();
        assertThat(calls())
                .anySatisfy(call -> assertThat(call).startsWith("docker ").endsWith("volume rm -f pos_kafka"));
        assertThat(calls().getLast()).endsWith("-p pos up -d");
    }
}
