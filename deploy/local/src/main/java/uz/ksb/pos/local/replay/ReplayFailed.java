package uz.ksb.pos.local.replay;

/** The replay cannot begin or go on; the message is one line for the user. */
final class ReplayFailed extends RuntimeException {

    private static final long serialVersionUID = 1;

    ReplayFailed(String message) {
        super(message);
    }
}
