package uz.ksb.pos.local.up;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import uz.ksb.pos.local.failure.CommandFailed;
import uz.ksb.pos.local.supervision.PidFile;

/** The folder {@code .pos} of a checkout, or the one named instead: data, secrets, logs and what runs. */
final class Workspace {

    /** The files that {@code --clean} removes; the lock and the build's notes stay. */
    private static final List<String> DATA = List.of(
            "postgres", "kafka", "keys", "simulator", "logs", "run", Secrets.FILE, Secrets.SAMPLE_PASSWORD_FILE);

    private final Path folder;

    /** Held here, or the garbage collector would close the channel and give the lock away. */
    private FileChannel lock;

    Workspace(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** Taken until this process ends, however it ends. */
    void lock() {
        try {
            Files.createDirectories(folder);
            lock = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock.tryLock() == null) {
                throw alreadyUp();
            }
        } catch (OverlappingFileLockException e) {
            throw alreadyUp();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CommandFailed alreadyUp() {
        return new CommandFailed(
                "this checkout is already up; stop that one first, or use another checkout with --port-base");
    }

    void clean() {
        DATA.forEach(name -> deleteAll(folder.resolve(name)));
    }

    Path postgres() {
        return folder.resolve("postgres");
    }

    Path kafka() {
        return folder.resolve("kafka");
    }

    Path run() {
        return folder.resolve("run");
    }

    PidFile pidFile(String part) {
        return new PidFile(run().resolve(part + ".pid"));
    }

    /** Settings for another process of a service, for {@code sh} to read; they contain secrets. */
    void writeEnvironment(String service, Map<String, String> variables) {
        StringBuilder lines = new StringBuilder();
        new TreeMap<>(variables).forEach((name, value) -> lines.append("%s='%s'\n".formatted(name, value)));
        try {
            Path file = Files.createDirectories(run()).resolve(service + ".env");
            Files.deleteIfExists(file);
            Secrets.onlyForOwner(Files.createFile(file), "rw-------");
            Files.writeString(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The state of the back office's simulator. */
    Path simulator() {
        return privateFolder("simulator");
    }

    /** The folder of the keys that settings-service signs with. */
    Path keys() {
        return privateFolder("keys");
    }

    Secrets secrets() {
        return Secrets.in(folder);
    }

    /** An empty log; that of the last run is kept beside it. */
    Path freshLog(String part) {
        try {
            Path logs = Files.createDirectories(folder.resolve("logs"));
            Path log = logs.resolve(part + ".log");
            if (Files.exists(log)) {
                Files.move(log, logs.resolve(part + ".log.1"), StandardCopyOption.REPLACE_EXISTING);
            }
            return Files.createFile(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path privateFolder(String name) {
        try {
            Path made = Files.createDirectories(folder.resolve(name));
            Secrets.onlyForOwner(made, "rwx------");
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void deleteAll(Path start) {
        if (!Files.exists(start)) {
            return;
        }
        try (Stream<Path> below = Files.walk(start)) {
            for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
