package uz.ksb.pos.benchmarks.gateway.server;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import uz.ksb.pos.benchmarks.BenchFailed;
import uz.ksb.pos.benchmarks.stack.Stack;

/** A peer that reads events from its standard input, one a line. */
public record LineFed(
        String name, int port, String path, List<String> greeting, String welcome, Program program, OutputStream lines)
        implements Target {

    /** @param folder of {@code server.js} */
    public static LineFed socketIo(Stack stack, Path folder) throws InterruptedException {
        int port = stack.port(21);
        List<String> command =
                List.of("node", "--expose-gc", folder.resolve("server.js").toString(), Integer.toString(port));
        Program program = Program.start(
                        "socket.io",
                        GatewayNode.folder(stack).resolve("socketio.log"),
                        Map.of("NODE_ENV", "production"),
                        command)
                .awaitPort(port);
        return of("socket.io", port, "/socket.io/?EIO=4&transport=websocket", List.of("40"), "40{", program);
    }

    public static LineFed bare(Stack stack) throws InterruptedException {
        int port = stack.port(22);
        List<String> command = Jvm.command(
                List.of("-Xmx512m"),
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        BareServer.class.getName(),
                        Integer.toString(port)));
        Program program = Program.start(
                        "the bare server", GatewayNode.folder(stack).resolve("bare.log"), Jvm.FEW_ARENAS, command)
                .awaitPort(port);
        return of("bare Vert.x", port, "/", List.of(), BareServer.WELCOME, program);
    }

    private static LineFed of(
            String name, int port, String path, List<String> greeting, String welcome, Program program) {
        return new LineFed(name, port, path, greeting, welcome, program, new BufferedOutputStream(program.input()));
    }

    @Override
    public ProcessHandle process() {
        return program.handle();
    }

    @Override
    public void publish(byte[] event) {
        say(event);
    }

    /** Anything the program understands as a line. */
    public void say(byte[] line) {
        try {
            lines.write(line);
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
