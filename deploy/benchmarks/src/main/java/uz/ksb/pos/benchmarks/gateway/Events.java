package uz.ksb.pos.benchmarks.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Events of 230 bytes. Their number stands at the very end, at the same distance from the end of every server's message, so
 * that a client need not read the rest.
 */
final class Events {
    static final int BYTES = 230;
    static final int DIGITS = 9;
    /** Behind the number: the quote and brace of the event, and the bracket that every server's message ends with. */
    private static final int BEHIND = 3;

    private static final String START = "{\"id\":\"0198c0de-0000-7000-8000-000000000000\",\"pad\":\"";
    private static final String MIDDLE = "\",\"n\":\"";
    private static final int PAD = BYTES - START.length() - MIDDLE.length() - DIGITS - 2;
    private static final byte[] PATTERN =
            (START + "x".repeat(PAD) + MIDDLE + "0".repeat(DIGITS) + "\"}").getBytes(StandardCharsets.US_ASCII);

    private Events() {}

    static byte[] event(int number) {
        byte[] event = PATTERN.clone();
        int rest = number;
        for (int at = BYTES - BEHIND; at > BYTES - BEHIND - DIGITS; at--) {
            event[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return event;
    }

    /** The number of the event whose message ends before {@code end}; -1 when the message is no event. */
    static int number(ByteBuffer message, int end) {
        int number = 0;
        for (int at = end - BEHIND - DIGITS; at < end - BEHIND; at++) {
            int digit = message.get(at) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
