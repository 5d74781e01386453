package uz.ksb.pos.local.replay.progress;

import java.io.PrintStream;

/** Progress for logs and pipes: a line per quarter of each part, and when the server goes and comes back. */
public final class ProgressLines implements Progress {

    private static final int QUARTERS = 4;

    private final PrintStream out;
    private String part = "";
    private int steps;
    private int done;
    private boolean waiting;

    public ProgressLines(PrintStream out) {
        this.out = out;
    }

    @Override
    public synchronized void begins(String part, int steps) {
        this.part = part;
        this.steps = steps;
        this.done = 0;
    }

    @Override
    public synchronized void advances(int more) {
        int before = quarter();
        done += more;
        if (quarter() > before) {
            out.println("%-10s %d of %d".formatted(part, done, steps));
        }
    }

    @Override
    public synchronized void waits(String why) {
        if (!waiting) {
            out.println("%-10s waiting for the server (%s)".formatted(part, why));
        }
        waiting = true;
    }

    @Override
    public synchronized void goesOn() {
        if (waiting) {
            out.println("%-10s goes on".formatted(part));
        }
        waiting = false;
    }

    @Override
    public void close() {
        out.flush();
    }

    private int quarter() {
        return steps == 0 ? 0 : (int) ((long) done * QUARTERS / steps);
    }
}
