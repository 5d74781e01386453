package uz.ksb.pos.simulator.http;

/** The request cannot be answered as it is; the status and the message go to the caller. */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    public Refused(int status, String message) {
        super(message);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
