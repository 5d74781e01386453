package uz.ksb.pos.platform.ksbmerp;

import uz.ksb.pos.platform.spool.SpoolFile;
import uz.ksb.pos.platform.text.StorableText;

/** A back office could not be reached, or its answer could not be understood; the message is for people who mend it. */
public final class BackOfficeFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** The kind of failure, which a screen tells in the words of its user. */
    public enum Reason {
        /** It does not answer at all, or breaks off. */
        UNREACHABLE("back-office-unreachable"),
        /** It did not answer to the end in time. */
        SILENT("back-office-silent"),
        /** It refuses our user or password. */
        LOGIN("back-office-login"),
        /** It answers that it failed. */
        ERROR("back-office-error"),
        /** The answer is not in the form that was agreed on. */
        UNREADABLE("back-office-unreadable"),
        /** Parts of the answer are missing. */
        INCOMPLETE("back-office-incomplete"),
        TOO_LARGE("back-office-too-large"),
        /** This process has no room for the answer now, beside those of others. */
        NO_ROOM("service-error"),
        /** It does not admit the till. */
        NOT_ADMITTED("device-not-admitted"),
        /** Nobody has said where it is. */
        NOT_CONFIGURED("back-office-not-configured");

        private final String code;

        Reason(String code) {
            this.code = code;
        }

        /** Stable: clients choose their words by it. */
        public String code() {
            return code;
        }
    }

    /** A failure of the form of an answer. */
    public BackOfficeFailure(String message) {
        this(Reason.UNREADABLE, message);
    }

    public BackOfficeFailure(Reason reason, String message) {
        this(reason, message, null);
    }

    public BackOfficeFailure(Reason reason, String message, Throwable cause) {
        super(StorableText.quoted(message), cause, false, false);
        this.reason = reason;
    }

    static BackOfficeFailure of(SpoolFile.NoRoom noRoom) {
        return new BackOfficeFailure(Reason.NO_ROOM, "the back office's answer is given up: " + noRoom.getMessage());
    }

    public Reason reason() {
        return reason;
    }
}
