package uz.ksb.pos.gateway.protocol;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.UUID;
import java.util.stream.Collectors;

/** The messages of the server, besides events, as JSON in UTF-8. */
public final class ServerMessage {
    private static final byte[] PONG = bytes("{\"op\":\"pong\"}");

    private ServerMessage() {}

    public static byte[] welcome(UUID session, long expiresInSeconds, long heartbeatSeconds) {
        return bytes("{\"op\":\"welcome\",\"session\":\"" + session + "\",\"expiresIn\":" + expiresInSeconds
                + ",\"heartbeat\":" + heartbeatSeconds + "}");
    }

    public static byte[] subscribed(Collection<Channel> channels, boolean recovered, Position position) {
        return bytes("{\"op\":\"subscribed\",\"channels\":" + names(channels) + ",\"recovered\":" + recovered
                + ",\"position\":\"" + position + "\"}");
    }

    /** @param data JSON as the owner gave it, {@code null} as text when there is nothing */
    public static byte[] snapshot(Channel channel, byte[] data) {
        byte[] start = bytes("{\"op\":\"snapshot\",\"channel\":\"" + channel.name() + "\",\"data\":");
        byte[] message = new byte[start.length + data.length + 1];
        System.arraycopy(start, 0, message, 0, start.length);
        System.arraycopy(data, 0, message, start.length, data.length);
        message[message.length - 1] = '}';
        return message;
    }

    public static byte[] expiring(long seconds) {
        return bytes("{\"op\":\"expiring\",\"in\":" + seconds + "}");
    }

    public static byte[] move(long withinSeconds) {
        return bytes("{\"op\":\"move\",\"within\":" + withinSeconds + "}");
    }

    /** @param name as in {@code /problems/<name>} */
    public static byte[] error(String name, String detail) {
        return bytes("{\"op\":\"error\",\"type\":\"/problems/" + name + "\",\"detail\":\"" + quoted(detail) + "\"}");
    }

    /** The same about one channel, which the client then waits for no longer. */
    public static byte[] error(String name, Channel channel, String detail) {
        return bytes("{\"op\":\"error\",\"type\":\"/problems/" + name + "\",\"channel\":\"" + channel.name()
                + "\",\"detail\":\"" + quoted(detail) + "\"}");
    }

    public static byte[] notAllowed(Channel channel) {
        return error("not-allowed", channel, "You may not have " + channel.name() + ".");
    }

    public static byte[] pong() {
        return PONG;
    }

    /** The answer to a client that has had all there is: keeps a quiet shop's position young. */
    public static byte[] pong(Position position) {
        return bytes("{\"op\":\"pong\",\"position\":\"" + position + "\"}");
    }

    /** The answer of a node that has not heard all there is: what the client shows may be that old. */
    public static byte[] pongBehind(long seconds) {
        return bytes("{\"op\":\"pong\",\"behind\":" + seconds + "}");
    }

    private static String names(Collection<Channel> channels) {
        return channels.stream().map(channel -> '"' + channel.name() + '"').collect(Collectors.joining(",", "[", "]"));
    }

    private static String quoted(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
