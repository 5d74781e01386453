package uz.ksb.pos.local.replay.progress;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** One bar per part. */
public final class ProgressBars implements Progress {

    private static final int WIDTH = 100;
    private static final int REFRESH_MILLIS = 200;

    private final PrintStream out;
    private ProgressBar bar;

    public ProgressBars(PrintStream out) {
        this.out = out;
    }

    @Override
    public synchronized void begins(String part, int steps) {
        close();
        bar = new ProgressBarBuilder()
                .setTaskName("%-10s".formatted(part))
                .setInitialMax(steps)
                .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
                .setUpdateIntervalMillis(REFRESH_MILLIS)
                .setConsumer(new ConsoleProgressBarConsumer(out, WIDTH))
                .build();
    }

    @Override
    public synchronized void advances(int steps) {
        bar.stepBy(steps);
    }

    @Override
    public synchronized void waits(String why) {
        if (bar != null) {
            bar.setExtraMessage("waiting (" + why + ")");
        }
    }

    @Override
    public synchronized void goesOn() {
        if (bar != null) {
            bar.setExtraMessage("");
        }
    }

    @Override
    public synchronized void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
