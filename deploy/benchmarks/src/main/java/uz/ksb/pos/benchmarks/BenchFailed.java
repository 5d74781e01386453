package uz.ksb.pos.benchmarks;

/** Nothing could be measured, for a reason that people can do something about. */
public final class BenchFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BenchFailed(String message) {
        super(message);
    }

    public BenchFailed(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }
}
