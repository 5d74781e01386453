package uz.ksb.pos.local.supervision;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One part of the running system: how to start it, to see that it is ready, and to end it. */
public interface Part {

    /** The name that users see; also that of its log and pid file. */
    String name();

    /** Starts the process; it need not be ready yet. */
    Process start() throws IOException;

    /** Whether it does its work now; asked again and again until it says yes. */
    boolean ready() throws InterruptedException;

    /** Asked when it has ended without ever being ready: why every further start would end alike, for people. Empty: it may help. */
    default Optional<String> hopeless() {
        return Optional.empty();
    }

    /** Ends the process politely and, when {@code patience} is over, by force. */
    default void end(Process process, Duration patience) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
