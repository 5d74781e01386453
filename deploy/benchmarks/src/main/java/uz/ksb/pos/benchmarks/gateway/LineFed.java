package uz.ksb.pos.benchmarks.gateway;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import uz.ksb.pos.benchmarks.BenchFailed;

/** A peer that reads events from its standard input, one a line. */
record LineFed(String name, int port, String path, List<String> greeting, Program program, OutputStream lines)
        implements Target {

    static LineFed socketIo(int port, Path folder, Path log) throws InterruptedException {
        Program program = Program.start(
                        "socket.io",
                        log,
                        Map.of("NODE_ENV", "production"),
                        List.of("node", folder.resolve("server.js").toString(), Integer.toString(port)))
                .awaitPort(port);
        return of("socket.io", port, "/socket.io/?EIO=4&transport=websocket", List.of("40"), program);
    }

    static LineFed bare(int port, Path log) throws InterruptedException {
        Program program = Program.start(
                        "the bare server",
                        log,
                        Map.of(),
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx256m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                BareServer.class.getName(),
                                Integer.toString(port)))
                .awaitPort(port);
        return of("bare Vert.x", port, "/", List.of(), program);
    }

    private static LineFed of(String name, int port, String path, List<String> greeting, Program program) {
        return new LineFed(name, port, path, greeting, program, new BufferedOutputStream(program.input()));
    }

    @Override
    public List<String> greeting(int client) {
        return greeting;
    }

    @Override
    public void publish(byte[] event) {
        try {
            lines.write(event);
            lines.write('\n');
            lines.flush();
        } catch (IOException e) {
            throw new BenchFailed(name + " takes no more events", e);
        }
    }

    @Override
    public void close() {
        program.close();
    }
}
