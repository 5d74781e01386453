package uz.ksb.pos.platform.problem;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;

/** A JSON value whose text has another form than its type asks for; the message may be told to the sender. */
public final class WrongForm extends MismatchedInputException {
    private static final long serialVersionUID = 1L;

    public WrongForm(JsonParser parser, String message) {
        super(parser, message);
    }
}
