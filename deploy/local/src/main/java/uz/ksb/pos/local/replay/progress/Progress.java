package uz.ksb.pos.local.replay.progress;

import java.io.PrintStream;

/** Shows how far the replay is; called by all tills at once. */
public interface Progress extends AutoCloseable {

    /** The next part of the work. */
    void begins(String part, int steps);

    void advances(int steps);

    /** The server is in trouble and is asked again and again. */
    void waits(String why);

    void goesOn();

    @Override
    void close();

    /** A bar on a terminal, lines elsewhere. */
    public static Progress on(PrintStream out) {
        // Since JDK 22 there is a Console without any terminal, unless it is that of java.base.
        System.setProperty("jdk.console", "java.base");
        return System.console() == null ? new ProgressLines(out) : new ProgressBars(out);
    }
}
