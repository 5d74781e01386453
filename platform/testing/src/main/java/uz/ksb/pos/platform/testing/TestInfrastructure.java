package uz.ksb.pos.platform.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import uz.ksb.pos.platform.embedded.EmbeddedKafka;
import uz.ksb.pos.platform.embedded.EmbeddedPostgres;
import uz.ksb.pos.platform.event.Topics;

/**
 * One PostgreSQL and one Kafka for each test JVM, started before the first test and removed after the last.
 *
 * <p>Their addresses are system properties: Quarkus finds them as its configuration, and they reach the tests, which a
 * class loader of Quarkus loads anew.
 */
public final class TestInfrastructure implements LauncherSessionListener {
    private static final String DATABASE = "pos";
    private static final String PASSWORD = "test";
    private static final String POSTGRES_PID = "pos.test.postgres.pid";

    private static Path folder;
    private static EmbeddedPostgres postgres;
    private static EmbeddedKafka kafka;

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if (postgres != null || Boolean.getBoolean("pos.test.without-infrastructure")) {
            return;
        }
        EmbeddedKafka.quiet();
        try {
            folder = Files.createTempDirectory("ksb-pos-test");
            startPostgres();
            startKafka();
            Tokens.install();
            System.setProperty("pos.environment", "local");
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("the tests' PostgreSQL and Kafka did not start", e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(TestInfrastructure::stop, "test-infrastructure-stop"));
    }

    /** A connection of the superuser to the database of the service under test. */
    public static Connection database() throws SQLException {
        return database(DATABASE);
    }

    /** A connection of the superuser to any database of the tests' server. */
    public static Connection database(String name) throws SQLException {
        String url = System.getProperty("quarkus.datasource.jdbc.url");
        return DriverManager.getConnection(
                url.substring(0, url.lastIndexOf('/') + 1) + name,
                System.getProperty("quarkus.datasource.username"),
                System.getProperty("quarkus.datasource.password"));
    }

    /** Runs statements as the superuser, each in a transaction of its own. */
    public static void execute(String... statements) {
        try (Connection connection = database();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of the first row. */
    public static Object query(String sql) {
        try (Connection connection = database();
                ResultSet row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getObject(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Freezes the tests' PostgreSQL, all its processes, until the answer is closed. Its connections stay open and say nothing. */
    public static Frozen frozenDatabase() {
        ProcessHandle postmaster = ProcessHandle.of(Long.getLong(POSTGRES_PID)).orElseThrow();
        // No backend is started once the postmaster stands still.
        signal("-STOP", List.of(postmaster));
        List<ProcessHandle> backends = postmaster.descendants().toList();
        signal("-STOP", backends);
        return () -> {
            signal("-CONT", backends);
            signal("-CONT", List.of(postmaster));
        };
    }

    /** A frozen database; it goes on when this is closed. */
    public interface Frozen extends AutoCloseable {
        @Override
        void close();
    }

    private static void signal(String signal, List<ProcessHandle> processes) {
        List<String> command = new ArrayList<>(List.of("kill", signal));
        processes.forEach(process -> command.add(Long.toString(process.pid())));
        try {
            new ProcessBuilder(command).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A port on 127.0.0.1 that nobody listens on at this moment. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void startPostgres() throws SQLException {
        postgres = EmbeddedPostgres.start(new EmbeddedPostgres.Settings(
                folder.resolve("postgres"), freePort(), PASSWORD, false, folder.resolve("postgres.log")));
        try (Connection connection = postgres.connect("postgres")) {
            connection.createStatement().execute("create database " + DATABASE);
        }
        System.setProperty(POSTGRES_PID, Long.toString(postgres.process().pid()));
        System.setProperty("quarkus.datasource.jdbc.url", postgres.jdbcUrl(DATABASE));
        System.setProperty(
                "quarkus.datasource.reactive.url", "postgresql://127.0.0.1:" + postgres.port() + "/" + DATABASE);
        System.setProperty("quarkus.datasource.username", "postgres");
        System.setProperty("quarkus.datasource.password", PASSWORD);
    }

    private static void startKafka() {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"), freePort(), freePort());
        kafka.createTopics(Topics.LOCAL_PARTITIONS);
        System.setProperty("kafka.bootstrap.servers", kafka.bootstrapServers());
    }

    private static void stop() {
        kafka.stop();
        postgres.stop(Duration.ofSeconds(5));
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, IOException error) throws IOException {
                    Files.deleteIfExists(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
