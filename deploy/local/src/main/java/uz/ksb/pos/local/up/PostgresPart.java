package uz.ksb.pos.local.up;

import java.nio.file.Path;
import java.time.Duration;
import uz.ksb.pos.local.supervision.Part;
import uz.ksb.pos.platform.embedded.EmbeddedPostgres;

/** The one database server of the stack; each service has its own database in it. */
final class PostgresPart implements Part {

    private static final Duration LEFTOVER_LIMIT = Duration.ofSeconds(5);

    private final EmbeddedPostgres.Settings settings;
    private volatile EmbeddedPostgres server;

    PostgresPart(EmbeddedPostgres.Settings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "PostgreSQL";
    }

    /** Comes back only when the server accepts connections. */
    @Override
    public Process start() {
        try {
            server = EmbeddedPostgres.start(settings);
            return server.process();
        } catch (RuntimeException e) {
            boolean interrupted = Thread.interrupted();
            endLeftover(settings.dataDirectory());
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            throw e;
        }
    }

    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public void end(Process process, Duration patience) {
        server.stop(patience);
    }

    /** Ends the server that an earlier run, or a start that was broken off, left on our data. */
    static void endLeftover(Path dataDirectory) {
        EmbeddedPostgres.stopLeftover(dataDirectory, LEFTOVER_LIMIT);
    }

    EmbeddedPostgres server() {
        return server;
    }
}
