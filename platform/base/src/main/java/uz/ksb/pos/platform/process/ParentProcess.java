package uz.ksb.pos.platform.process;

/** The process that started this one; this one ends with it. */
public final class ParentProcess {
    private ParentProcess() {}

    /** Runs {@code action}, on a thread of its own, when the process {@code pid} has ended; at once if there is none. */
    public static void onEnd(long pid, Runnable action) {
        Thread.ofPlatform().daemon().name("parent-watch").start(() -> {
            ProcessHandle.of(pid).ifPresent(parent -> parent.onExit().join());
            action.run();
        });
    }
}
