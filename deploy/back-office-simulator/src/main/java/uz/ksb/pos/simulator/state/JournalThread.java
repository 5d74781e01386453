package uz.ksb.pos.simulator.state;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

/** Answers questions one after the other, when everything they wrote is on the disk: one fsync serves many answers. */
final class JournalThread implements AutoCloseable {

    private static final int MAX_STEPS_PER_FSYNC = 200;

    private final Journal journal;
    private final BlockingQueue<Step<?>> steps = new LinkedBlockingQueue<>();
    private final Thread thread;

    JournalThread(Journal journal) {
        this.journal = journal;
        this.thread = Thread.ofPlatform().daemon().name("journal").start(this::work);
    }

    /** Runs {@code question} on this thread and waits for its answer. */
    <T> T ask(Supplier<T> question) {
        Step<T> step = new Step<>(question);
        steps.add(step);
        try {
            return step.answered.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException own ? own : e;
        }
    }

    /** A question and its answer, which waits until everything that was written is on the disk. */
    private static final class Step<T> {
        private final Supplier<T> question;
        private final CompletableFuture<T> answered = new CompletableFuture<>();
        private T answer;
        private Throwable failure;

        Step(Supplier<T> question) {
            this.question = question;
        }

        void decide() {
            try {
                answer = question.get();
            } catch (RuntimeException e) {
                failure = e;
            }
        }

        void tell() {
            if (failure == null) {
                answered.complete(answer);
            } else {
                answered.completeExceptionally(failure);
            }
        }

        void fail(Throwable reason) {
            failure = reason;
            tell();
        }
    }

    private void work() {
        List<Step<?>> together = new ArrayList<>();
        try {
            while (!Thread.currentThread().isInterrupted()) {
                together.clear();
                together.add(steps.take());
                steps.drainTo(together, MAX_STEPS_PER_FSYNC);
                together.forEach(Step::decide);
                journal.flush();
                together.forEach(Step::tell);
            }
        } catch (InterruptedException closed) {
            together.forEach(step -> step.fail(closed));
        } catch (IOException diskFailed) {
            // Memory and disk differ now: the simulator stops rather than answer wrongly.
            together.forEach(step -> step.fail(diskFailed));
            Runtime.getRuntime().halt(1);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
