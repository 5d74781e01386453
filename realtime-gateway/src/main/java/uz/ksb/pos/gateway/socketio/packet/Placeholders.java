package uz.ksb.pos.gateway.socketio.packet;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;

/**
 * The marks {@code {"_placeholder":true,"num":0}} in a payload, each of which stands for an attachment. In a packet without
 * attachments they are plain objects.
 */
final class Placeholders {
    private final int attachments;
    private final BitSet found = new BitSet();
    private final Deque<Candidate> open = new ArrayDeque<>();
    private int count;

    Placeholders(int attachments) {
        this.attachments = attachments;
    }

    /** An object that is being read. */
    private static final class Candidate {
        private boolean marked;
        private int number = -1;
    }

    /** @param depth how many objects and arrays are open after {@code token} */
    void note(JsonParser parser, JsonToken token, int depth) throws IOException, MalformedPacket {
        if (attachments == 0) {
            return;
        }
        switch (token) {
            case START_OBJECT, START_ARRAY -> open.push(new Candidate());
            case END_OBJECT -> end(open.pop());
            case END_ARRAY -> {
                Candidate unused = open.pop();
            }
            case VALUE_TRUE -> {
                if (depth > 0 && "_placeholder".equals(parser.currentName())) {
                    open.element().marked = true;
                }
            }
            case VALUE_NUMBER_INT -> {
                if (depth > 0 && "num".equals(parser.currentName())) {
                    open.element().number = number(parser.getText());
                }
            }
            default -> {}
        }
    }

    private int number(String text) {
        return text.length() > 4 || text.startsWith("-") ? attachments : Integer.parseInt(text);
    }

    private void end(Candidate object) throws MalformedPacket {
        if (object.marked) {
            JsonArray.require(
                    object.number >= 0 && object.number < attachments && !found.get(object.number),
                    "a placeholder without an attachment");
            found.set(object.number);
            count++;
        }
    }

    void requireAll() throws MalformedPacket {
        JsonArray.require(count == attachments, "an attachment without a placeholder");
    }
}
