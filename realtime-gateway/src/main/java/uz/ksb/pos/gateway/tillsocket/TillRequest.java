package uz.ksb.pos.gateway.tillsocket;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uz.ksb.pos.gateway.socketio.ClientEvent;

/** A client's event in the namespace {@code /}. */
sealed interface TillRequest {
    /** @param since the position to resume these channels from; empty: from now on */
    record Subscribe(List<String> channels, Optional<String> since) implements TillRequest {}

    record Unsubscribe(List<String> channels) implements TillRequest {}

    /** A newer token. */
    record Auth(String token) implements TillRequest {}

    /** No event of ours, which is answered all the same. */
    record Unknown() implements TillRequest {}

    /** @param why for the client's developer */
    record Invalid(String why) implements TillRequest {}

    static TillRequest of(ClientEvent event) {
        JsonNode argument = Reader.read(event.arguments());
        return switch (event.name()) {
            case "subscribe" ->
                Reader.channels(argument)
                        .<TillRequest>map(channels -> new Subscribe(channels, Reader.text(argument.path("since"))))
                        .orElseGet(TillRequest::noChannels);
            case "unsubscribe" ->
                Reader.channels(argument).<TillRequest>map(Unsubscribe::new).orElseGet(TillRequest::noChannels);
            case "auth" ->
                Reader.text(argument.isTextual() ? argument : argument.path("token"))
                        .<TillRequest>map(Auth::new)
                        .orElseGet(() -> new Invalid("auth needs {token}"));
            default -> new Unknown();
        };
    }

    private static TillRequest noChannels() {
        return new Invalid("needs {channels}, an array of names");
    }

    /**
     * The client's auth.
     *
     * @param channels to begin with; empty: none yet
     * @param since the position to resume them from
     * @param pid of a client that comes back; then {@code since} is the offset of the last event it has had
     */
    record Connect(Optional<String> token, List<String> channels, Optional<String> since, Optional<String> pid) {
        static Connect of(String auth) {
            JsonNode given = Reader.read(List.of(auth));
            Optional<String> pid = Reader.text(given.path("pid"));
            Optional<String> offset = Reader.text(given.path("offset"));
            return new Connect(
                    Reader.text(given.path("token")),
                    Reader.channels(given).orElse(List.of()),
                    pid.isPresent() && offset.isPresent() ? offset : Reader.text(given.path("since")),
                    offset.isPresent() ? pid : Optional.empty());
        }
    }

    /** Holds the mapper out of the interface's own contract. */
    final class Reader {
        private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                .streamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(8).build())
                .build());

        private Reader() {}

        private static JsonNode read(List<String> arguments) {
            try {
                return arguments.isEmpty() ? JSON.missingNode() : JSON.readTree(arguments.getFirst());
            } catch (JsonProcessingException tooDeep) {
                return JSON.missingNode();
            }
        }

        private static Optional<String> text(JsonNode value) {
            return value.isTextual() ? Optional.of(value.asText()) : Optional.empty();
        }

        /** Of {@code {channels: […]}} or of the bare array; empty when it is neither. */
        private static Optional<List<String>> channels(JsonNode argument) {
            JsonNode array = argument.isArray() ? argument : argument.path("channels");
            List<String> names = new ArrayList<>(array.size());
            for (JsonNode name : array) {
                if (!name.isTextual()) {
                    return Optional.empty();
                }
                names.add(name.asText());
            }
            return array.isArray() ? Optional.of(names) : Optional.empty();
        }
    }
}
