package uz.ksb.pos.gateway.protocol;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** The messages of the server, besides events. */
public sealed interface ServerMessage {
    /** The message of the protocol pos.v1: JSON in UTF-8. */
    byte[] json();

    /** The client is let in. */
    record Welcome(UUID session, long expiresInSeconds, long heartbeatSeconds) implements ServerMessage {
        @Override
        public byte[] json() {
            return bytes("{\"op\":\"welcome\",\"session\":\"" + session + "\",\"expiresIn\":" + expiresInSeconds
                    + ",\"heartbeat\":" + heartbeatSeconds + "}");
        }
    }

    /** @param recovered whether nothing is missing since the position that the client showed */
    record Subscribed(List<Channel> channels, boolean recovered, Position position) implements ServerMessage {
        public Subscribed {
            channels = List.copyOf(channels);
        }

        @Override
        public byte[] json() {
            return bytes("{\"op\":\"subscribed\",\"channels\":" + names() + ",\"recovered\":" + recovered
                    + ",\"position\":\"" + position + "\"}");
        }

        /** A JSON array. */
        public String names() {
            return channels.stream()
                    .map(channel -> '"' + channel.name() + '"')
                    .collect(Collectors.joining(",", "[", "]"));
        }
    }

    /** @param data JSON as the owner gave it, {@code null} as text when there is nothing */
    record Snapshot(Channel channel, byte[] data) implements ServerMessage {
        @Override
        public byte[] json() {
            byte[] start = bytes("{\"op\":\"snapshot\",\"channel\":\"" + channel.name() + "\",\"data\":");
            byte[] message = new byte[start.length + data.length + 1];
            System.arraycopy(start, 0, message, 0, start.length);
            System.arraycopy(data, 0, message, start.length, data.length);
            message[message.length - 1] = '}';
            return message;
        }
    }

    /** The token ends soon. */
    record Expiring(long seconds) implements ServerMessage {
        @Override
        public byte[] json() {
            return bytes("{\"op\":\"expiring\",\"in\":" + seconds + "}");
        }
    }

    /** The client is asked to go to another node. */
    record Move(long withinSeconds) implements ServerMessage {
        @Override
        public byte[] json() {
            return bytes("{\"op\":\"move\",\"within\":" + withinSeconds + "}");
        }
    }

    /**
     * Something that the client asked for and does not get, or that it should know.
     *
     * @param name as in {@code /problems/<name>}
     * @param channel that the client then waits for no longer; empty: it is about none
     */
    record Problem(String name, Optional<Channel> channel, String detail) implements ServerMessage {
        @Override
        public byte[] json() {
            return bytes("{\"op\":\"error\"," + members() + "}");
        }

        /** The members of a JSON object. */
        public String members() {
            return "\"type\":\"/problems/" + name + "\""
                    + channel.map(about -> ",\"channel\":\"" + about.name() + "\"")
                            .orElse("") + ",\"detail\":\""
                    + new String(JsonStringEncoder.getInstance().quoteAsString(detail)) + "\"";
        }
    }

    /**
     * The answer to a ping.
     *
     * @param position of a client that has had all there is: keeps a quiet shop's position young
     * @param behind seconds by which this node is behind: what the client shows may be that old
     */
    record Pong(Optional<Position> position, Optional<Long> behind) implements ServerMessage {
        @Override
        public byte[] json() {
            return bytes("{\"op\":\"pong\""
                    + behind.map(seconds -> ",\"behind\":" + seconds)
                            .or(() -> position.map(place -> ",\"position\":\"" + place + "\""))
                            .orElse("")
                    + "}");
        }
    }

    static ServerMessage welcome(UUID session, long expiresInSeconds, long heartbeatSeconds) {
        return new Welcome(session, expiresInSeconds, heartbeatSeconds);
    }

    static ServerMessage subscribed(Collection<Channel> channels, boolean recovered, Position position) {
        return new Subscribed(List.copyOf(channels), recovered, position);
    }

    static ServerMessage error(String name, String detail) {
        return new Problem(name, Optional.empty(), detail);
    }

    static ServerMessage error(String name, Channel channel, String detail) {
        return new Problem(name, Optional.of(channel), detail);
    }

    static ServerMessage notAllowed(Channel channel) {
        return error("not-allowed", channel, "You may not have " + channel.name() + ".");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
