package uz.ksb.pos.benchmarks.gateway.event;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Events of 230 bytes, and others. Their number stands at the very end, at the same distance from the end of every server's message, so
 * that a client need not read the rest.
 */
public final class Events {
    public static final int BYTES = 230;
    public static final int DIGITS = 9;
    /** Behind the number: the quote and brace of the event, and the bracket that every server's message ends with. */
    private static final int BEHIND = 3;

    private static final String START = "{\"id\":\"0198c0de-0000-7000-8000-000000000000\",\"pad\":\"";
    private static final String MIDDLE = "\",\"n\":\"";
    private static final byte[] PATTERN = pattern(BYTES);
    /** Together 16 MB: twice what a ring holds, more than a socket's buffers. */
    public static final int FILLINGS = 320;

    private static final byte[] FILLING = pattern(50_000);
    private static final byte[] RATE =
            ("{\"currency\":\"USD\",\"n\":\"" + "0".repeat(DIGITS) + "\"}").getBytes(StandardCharsets.US_ASCII);
    private static final String CHANNEL = "\"channel\":\"";

    private Events() {}

    private static byte[] pattern(int bytes) {
        int pad = bytes - START.length() - MIDDLE.length() - DIGITS - 2;
        return (START + "x".repeat(pad) + MIDDLE + "0".repeat(DIGITS) + "\"}").getBytes(StandardCharsets.US_ASCII);
    }

    public static byte[] event(int number) {
        return numbered(PATTERN, number);
    }

    /** A large one. */
    public static byte[] filling(int number) {
        return numbered(FILLING, number);
    }

    /** A value of one state, of which only the newest matters. */
    public static byte[] rate(int number) {
        return numbered(RATE, number);
    }

    private static byte[] numbered(byte[] pattern, int number) {
        byte[] event = pattern.clone();
        int rest = number;
        for (int at = event.length - BEHIND; at > event.length - BEHIND - DIGITS; at--) {
            event[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return event;
    }

    /** The number of the event whose message ends before {@code end}; -1 when the message is no event. */
    public static int number(ByteBuffer message, int end) {
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

    /** The channel that a message of the gateway names near its beginning; empty when it names none. */
    public static String channel(byte[] message) {
        String start = new String(message, 0, Math.min(message.length, 60), StandardCharsets.US_ASCII);
        int begin = start.indexOf(CHANNEL) + CHANNEL.length();
        int end = start.indexOf('"', begin);
        return begin < CHANNEL.length() || end < 0 ? "" : start.substring(begin, end);
    }
}
