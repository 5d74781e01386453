package uz.ksb.pos.local.failure;

/** A command cannot begin or go on. The message is one line for the user. */
public final class CommandFailed extends RuntimeException {

    private static final long serialVersionUID = 1;

    public CommandFailed(String message) {
        super(message);
    }
}
