package uz.ksb.pos.simulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A simulator in a process of its own, which can be killed. */
final class ChildSimulator {

    private static final String READY = "listens on port ";

    private ChildSimulator() {}

    static Process start(Path state, Map<String, String> more) throws IOException {
        List<String> command = Stream.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx96m",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BackOfficeSimulator.class.getName())
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(Simulator.environment(state, more));
        return builder.start();
    }

    /** Waits until the process says that it listens. */
    static Simulator client(Process process) throws IOException {
        BufferedReader output = process.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            int at = line.indexOf(READY);
            if (at >= 0) {
                return new Simulator(Integer.parseInt(line.substring(at + READY.length())), process::destroyForcibly);
            }
        }
        throw new IOException("the simulator ended before it listened");
    }

    static void kill(Process process) throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }
}
