package uz.ksb.pos.platform.problem;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;

/** A JSON value whose text has not the form of its type. The message is for the sender. */
public final class WrongForm extends MismatchedInputException {
    private static final long serialVersionUID = 1L;

    public WrongForm(JsonParser parser, String message) {
        super(parser, message);
    }
}
