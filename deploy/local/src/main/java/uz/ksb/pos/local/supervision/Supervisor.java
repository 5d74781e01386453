package uz.ksb.pos.local.supervision;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import uz.ksb.pos.local.failure.CommandFailed;

/** Keeps one part running until told to stop. Only its own thread starts and ends processes. */
public final class Supervisor {

    private static final long BETWEEN_PROBES_MILLIS = 200;
    /** Ctrl-C reaches all processes of the terminal at once; then an end is no news. */
    private static final long MAYBE_STOPPING_MILLIS = 300;

    private static final Duration FORCE = Duration.ofMillis(500);

    private final Part part;
    private final PidFile pidFile;
    private final Consumer<String> report;
    private final RestartPauses pauses = new RestartPauses();
    private final CompletableFuture<Duration> firstReady = new CompletableFuture<>();
    private final Thread thread;
    private volatile Process process;
    private volatile Duration patience = Duration.ofSeconds(2);
    private volatile boolean leaving;

    /** @param report takes one line for people each time the part ends, cannot start or is back. */
    public Supervisor(Part part, PidFile pidFile, Consumer<String> report) {
        this.part = part;
        this.pidFile = pidFile;
        this.report = report;
        this.thread = Thread.ofVirtual().name(part.name()).unstarted(this::keepRunningUntilInterrupted);
    }

    /**
     * Starts the part; the answer comes when it is ready for the first time, with the time that took. It fails with
     * {@link CommandFailed} when no further start would help.
     */
    public CompletableFuture<Duration> start() {
        thread.start();
        return firstReady;
    }

    public String name() {
        return part.name();
    }

    /** Its process at this moment. */
    public Optional<ProcessHandle> process() {
        return Optional.ofNullable(process).map(Process::toHandle).filter(ProcessHandle::isAlive);
    }

    /** Marks the part as ending: its end is no news and it is not started again. */
    public void leave() {
        leaving = true;
    }

    /** Ends the part for good, within {@code limit} and a moment for the force after it. */
    public void stop(Duration limit) {
        leave();
        patience = limit;
        thread.interrupt();
        try {
            thread.join(limit.plus(FORCE));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void keepRunningUntilInterrupted() {
        try {
            while (true) {
                Duration healthyFor = runOnce();
                Duration pause = pauses.after(healthyFor);
                report.accept("%s is started again in %.1f s".formatted(part.name(), seconds(pause)));
                Thread.sleep(pause);
                requireStaying();
            }
        } catch (InterruptedException stopped) {
            end();
        }
    }

    private void end() {
        try {
            if (process != null) {
                part.end(process, patience);
            }
            pidFile.delete();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs the part until its process ends; returns how long it was ready. */
    private Duration runOnce() throws InterruptedException {
        long begin = System.nanoTime();
        if (!launch()) {
            return Duration.ZERO;
        }
        boolean wasReady = becomesReady();
        long ready = System.nanoTime();
        if (wasReady) {
            reportReady(Duration.ofNanos(ready - begin));
        }
        int exit = process.waitFor();
        Thread.sleep(MAYBE_STOPPING_MILLIS);
        requireStaying();
        report.accept("%s has ended (%d)".formatted(part.name(), exit));
        if (!wasReady) {
            part.hopeless().ifPresent(this::giveUp);
            requireStaying();
        }
        return wasReady ? Duration.ofNanos(System.nanoTime() - ready) : Duration.ZERO;
    }

    private void giveUp(String reason) {
        leaving = true;
        if (!firstReady.completeExceptionally(new CommandFailed(reason))) {
            report.accept(reason);
        }
    }

    private void requireStaying() throws InterruptedException {
        if (leaving) {
            throw new InterruptedException("told to leave");
        }
    }

    private boolean launch() throws InterruptedException {
        try {
            process = part.start();
            pidFile.write(process.toHandle());
            return true;
        } catch (IOException | RuntimeException e) {
            requireStaying();
            report.accept("%s cannot start: %s".formatted(part.name(), e.getMessage()));
            return false;
        }
    }

    private boolean becomesReady() throws InterruptedException {
        while (!part.ready()) {
            if (process.waitFor(BETWEEN_PROBES_MILLIS, TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        return true;
    }

    private void reportReady(Duration time) {
        if (!firstReady.complete(time)) {
            report.accept("%s is back (%.1f s)".formatted(part.name(), seconds(time)));
        }
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
