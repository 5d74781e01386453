package uz.ksb.pos.benchmarks.gateway.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import uz.ksb.pos.benchmarks.BenchFailed;

/** The peer's program and its packages, in a folder of the build. */
public final class SocketIoPackage {
    private static final String LOCK = "package-lock.json";
    private static final List<String> PROGRAM = List.of("package.json", ".npmrc", "server.js");

    private SocketIoPackage() {}

    public static void requireTools() {
        run(List.of("node", "--version"), Path.of("."));
        run(List.of("npm", "--version"), Path.of("."));
    }

    /**
     * Fetches the packages unless those of this lock file are there.
     *
     * @param root of the project
     * @return the folder of {@code server.js}
     */
    public static Path installed(Path root) {
        Path source = root.resolve("deploy/benchmarks/src/main/node");
        Path folder = root.resolve("deploy/benchmarks/target/bench/node");
        try {
            Files.createDirectories(folder);
            for (String file : PROGRAM) {
                Files.write(folder.resolve(file), Files.readAllBytes(source.resolve(file)));
            }
            byte[] lock = Files.readAllBytes(source.resolve(LOCK));
            Path fetched = folder.resolve("fetched.json");
            if (!Files.exists(fetched) || !Arrays.equals(Files.readAllBytes(fetched), lock)) {
                Files.write(folder.resolve(LOCK), lock);
                run(List.of("npm", "ci", "--silent"), folder);
                Files.write(fetched, lock);
            }
            return folder;
        } catch (IOException e) {
            throw new BenchFailed("socket.io cannot be prepared", e);
        }
    }

    private static void run(List<String> command, Path folder) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(3, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new BenchFailed(String.join(" ", command) + " fails: the peer needs Node with npm");
            }
        } catch (IOException e) {
            throw new BenchFailed("the peer needs Node with npm", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailed("interrupted", e);
        }
    }
}
