package uz.ksb.pos.gateway.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A message of a client. */
public sealed interface ClientMessage {
    /** The first message, and again whenever the token is renewed. */
    record Auth(String token) implements ClientMessage {}

    /**
     * @param channels as named by the client, not yet checked
     * @param since the position to resume these channels from; empty: from now on
     */
    record Subscribe(List<String> channels, Optional<String> since) implements ClientMessage {}

    record Unsubscribe(List<String> channels) implements ClientMessage {}

    record Ping() implements ClientMessage {}

    /** Nothing of the protocol; {@code why} is for the client's developer. */
    record Unreadable(String why) implements ClientMessage {}

    static ClientMessage read(String text) {
        try {
            return of(Reader.JSON.readTree(text));
        } catch (JsonProcessingException e) {
            return new Unreadable("not JSON");
        }
    }

    private static ClientMessage of(JsonNode message) {
        if (message == null || !message.isObject()) {
            return new Unreadable("not a JSON object");
        }
        return switch (message.path("op").asText()) {
            case "auth" -> auth(message.path("token"));
            case "subscribe" -> subscribe(message);
            case "unsubscribe" ->
                channels(message).<ClientMessage>map(Unsubscribe::new).orElseGet(ClientMessage::noChannels);
            case "ping" -> new Ping();
            default -> new Unreadable("unknown op");
        };
    }

    private static ClientMessage auth(JsonNode token) {
        return token.isTextual() ? new Auth(token.asText()) : new Unreadable("auth needs a token");
    }

    private static ClientMessage subscribe(JsonNode message) {
        JsonNode since = message.path("since");
        Optional<String> position =
                since.isMissingNode() || since.isNull() ? Optional.empty() : Optional.of(since.asText());
        return channels(message)
                .<ClientMessage>map(channels -> new Subscribe(channels, position))
                .orElseGet(ClientMessage::noChannels);
    }

    private static ClientMessage noChannels() {
        return new Unreadable("channels must be an array of names");
    }

    private static Optional<List<String>> channels(JsonNode message) {
        JsonNode array = message.path("channels");
        List<String> names = new ArrayList<>(array.size());
        for (JsonNode name : array) {
            if (!name.isTextual()) {
                return Optional.empty();
            }
            names.add(name.asText());
        }
        return array.isArray() ? Optional.of(names) : Optional.empty();
    }

    /** Holds the mapper out of the interface's own contract. */
    final class Reader {
        private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(8)
                                .build())
                        .build())
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

        private Reader() {}
    }
}
