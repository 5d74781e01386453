package uz.ksb.pos.platform.problem;

/** A path, query or header value that has not the form of its type. The edge finds its name and answers 400. */
public final class WrongParameter extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String value;

    /** @param message for the sender: the form that the value must have */
    public WrongParameter(String value, String message) {
        super(message);
        this.value = value;
    }

    /** The value as it was sent. */
    public String value() {
        return value;
    }
}
