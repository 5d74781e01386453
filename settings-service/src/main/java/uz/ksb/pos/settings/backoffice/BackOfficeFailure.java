package uz.ksb.pos.settings.backoffice;

/** The ERP could not be reached, or its answer could not be understood; the message is for people. */
public final class BackOfficeFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BackOfficeFailure(String message) {
        super(message, null, false, false);
    }
}
