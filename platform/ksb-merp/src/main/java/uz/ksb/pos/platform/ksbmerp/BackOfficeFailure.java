package uz.ksb.pos.platform.ksbmerp;

/** A back office could not be reached, or its answer could not be understood; the message is for people. */
public final class BackOfficeFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BackOfficeFailure(String message) {
        this(message, null);
    }

    public BackOfficeFailure(String message, Throwable cause) {
        super(message, cause, false, false);
    }
}
