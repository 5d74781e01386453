package uz.ksb.pos.local.up;

/** The system cannot be started; the message is one line for the user. */
final class UpFailed extends RuntimeException {

    private static final long serialVersionUID = 1;

    UpFailed(String message) {
        super(message);
    }
}
