package uz.ksb.pos.platform.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A real PostgreSQL as a direct child process, for tests and for the local stack.
 *
 * <p>The child is the postmaster itself, so its end is seen at once ({@link #process()}), and nothing on the port is
 * ever adopted: a start counts only when the server that answers has our data directory.
 */
public final class EmbeddedPostgres {
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final String SUPERUSER = "postgres";

    private final Settings settings;
    private final Process process;

    private EmbeddedPostgres(Settings settings, Process process) {
        this.settings = settings;
        this.process = process;
    }

    /**
     * @param dataDirectory made on the first start, kept afterwards
     * @param port on 127.0.0.1
     * @param password of the superuser {@code postgres}
     * @param fsync false only where losing data does not matter (unit tests)
     * @param log receives what the server prints
     */
    public record Settings(Path dataDirectory, int port, String password, boolean fsync, Path log) {}

    /**
     * Starts the server, making its data directory first if there is none.
     *
     * @throws IllegalStateException when it does not accept connections within 30 s; the message names the log
     */
    public static EmbeddedPostgres start(Settings settings) {
        try {
            Path home = PostgresBinaries.unpack();
            if (!Files.exists(settings.dataDirectory().resolve("PG_VERSION"))) {
                initialise(home, settings);
            }
            return launch(home, settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while PostgreSQL was starting", e);
        }
    }

    public Process process() {
        return process;
    }

    public int port() {
        return settings.port();
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + settings.port() + "/" + database;
    }

    /** A connection of the superuser. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database), SUPERUSER, settings.password());
    }

    /** Fast shutdown: open transactions are rolled back, everything acknowledged is on disk. */
    public void stop(Duration limit) {
        stop(process.toHandle(), limit);
    }

    /** Ends the postmaster {@code pid} with a fast shutdown, then, after {@code limit}, at once. */
    static void stop(ProcessHandle postmaster, Duration limit) {
        try {
            // SIGINT is PostgreSQL's fast shutdown; Java can only send SIGTERM, which waits for the clients.
            new ProcessBuilder("kill", "-INT", Long.toString(postmaster.pid()))
                    .start()
                    .waitFor();
            postmaster.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            postmaster.destroyForcibly();
        } catch (IOException | ExecutionException | TimeoutException slow) {
            postmaster.destroyForcibly();
        }
    }

    private static EmbeddedPostgres launch(Path home, Settings settings) throws IOException, InterruptedException {
        Instant limit = Instant.now().plus(START_LIMIT);
        IllegalStateException last = null;
        // After a kill -9 the old backends hold the shared memory for a moment: the start is tried again.
        while (Instant.now().isBefore(limit)) {
            Process process = new ProcessBuilder(unprivileged(serverCommand(home, settings)))
                    .redirectErrorStream(true)
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(settings.log().toFile()))
                    .start();
            EmbeddedPostgres server = new EmbeddedPostgres(settings, process);
            if (server.becomesReady(limit)) {
                return server;
            }
            last = new IllegalStateException("PostgreSQL did not start, see " + settings.log());
            process.destroyForcibly().waitFor();
            TimeUnit.MILLISECONDS.sleep(500);
        }
        throw last == null ? new IllegalStateException("PostgreSQL did not start") : last;
    }

    private boolean becomesReady(Instant limit) throws InterruptedException {
        while (process.isAlive() && Instant.now().isBefore(limit)) {
            try (Connection connection = connect("postgres");
                    var answer = connection.createStatement().executeQuery("show data_directory")) {
                answer.next();
                Path served = Path.of(answer.getString(1));
                if (!Files.isSameFile(served, settings.dataDirectory())) {
                    throw new IllegalStateException(
                            "port " + settings.port() + " is in use by another PostgreSQL: " + served);
                }
                return true;
            } catch (SQLException | IOException notYet) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
        return false;
    }

    private static List<String> serverCommand(Path home, Settings settings) {
        List<String> command = new ArrayList<>(List.of(
                home.resolve("bin/postgres").toString(),
                "-D",
                settings.dataDirectory().toAbsolutePath().toString(),
                "-p",
                Integer.toString(settings.port()),
                "-h",
                "127.0.0.1",
                "-k",
                ""));
        option(command, "max_connections=300");
        option(command, "shared_buffers=128MB");
        option(command, "timezone=UTC");
        option(command, "log_min_messages=warning");
        // A row that breaks a rule would stand in the log with all its values.
        option(command, "log_error_verbosity=terse");
        // Outboxes and what is to be folded fill and empty all the time, and a new database has no statistics at all.
        option(command, "autovacuum_naptime=10s");
        if (!settings.fsync()) {
            option(command, "fsync=off");
            option(command, "synchronous_commit=off");
            option(command, "full_page_writes=off");
        }
        return command;
    }

    private static void option(List<String> command, String option) {
        command.add("-c");
        command.add(option);
    }

    private static void initialise(Path home, Settings settings) throws IOException, InterruptedException {
        Files.createDirectories(settings.dataDirectory());
        Files.setPosixFilePermissions(settings.dataDirectory(), PosixFilePermissions.fromString("rwx------"));
        Path password = Files.createTempFile("pos-postgres", ".password");
        try {
            Files.writeString(password, settings.password());
            if (user() == User.NOBODY) {
                UserPrincipal nobody =
                        password.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
                Files.setOwner(password, nobody);
                Files.setOwner(settings.dataDirectory(), nobody);
            }
            int exit = new ProcessBuilder(unprivileged(List.of(
                            home.resolve("bin/initdb").toString(),
                            "-D",
                            settings.dataDirectory().toAbsolutePath().toString(),
                            "-U",
                            SUPERUSER,
                            "--pwfile=" + password,
                            "--auth=scram-sha-256",
                            "--encoding=UTF8",
                            // With the C locale of libc lower('ШАКАР') does nothing and trigrams find nothing.
                            "--locale-provider=builtin",
                            "--locale=C.UTF-8",
                            settings.fsync() ? "--data-checksums" : "--no-sync")))
                    .redirectErrorStream(true)
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(settings.log().toFile()))
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException("initdb failed, see " + settings.log());
            }
        } finally {
            Files.delete(password);
        }
    }

    private enum User {
        OURS,
        NAMESPACE,
        NOBODY
    }

    /** PostgreSQL refuses to run as root: then it runs in a user namespace of its own, or else as nobody. */
    private static User user() throws InterruptedException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return User.OURS;
        }
        return works("unshare", "-U", "true") ? User.NAMESPACE : User.NOBODY;
    }

    private static List<String> unprivileged(List<String> command) throws InterruptedException {
        List<String> wrapped = new ArrayList<>(
                switch (user()) {
                    case OURS -> List.of();
                    case NAMESPACE -> List.of("unshare", "-U");
                    case NOBODY -> List.of("runuser", "-u", "nobody", "--");
                });
        wrapped.addAll(command);
        return wrapped;
    }

    private static boolean works(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    /** The postmaster that runs on {@code dataDirectory}, according to its lock file, if it is alive. */
    static Optional<ProcessHandle> running(Path dataDirectory) {
        Path lock = dataDirectory.resolve("postmaster.pid");
        try {
            List<String> lines = Files.readAllLines(lock, StandardCharsets.UTF_8);
            Instant start = Instant.ofEpochSecond(Long.parseLong(lines.get(2).strip()));
            // A number alone may by now be that of a stranger.
            return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                    .filter(ProcessHandle::isAlive)
                    .filter(handle -> startedAt(handle, start));
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException none) {
            return Optional.empty();
        }
    }

    private static boolean startedAt(ProcessHandle process, Instant time) {
        return process.info()
                .startInstant()
                .map(start -> Duration.between(start, time).abs().toSeconds() < 5)
                .orElse(false);
    }

    /** Ends the server that an earlier, killed owner of {@code dataDirectory} left running. */
    public static void stopLeftover(Path dataDirectory, Duration limit) {
        running(dataDirectory)
                .filter(handle -> handle.info().command().orElse("").contains("postgres"))
                .ifPresent(handle -> stop(handle, limit));
    }
}
