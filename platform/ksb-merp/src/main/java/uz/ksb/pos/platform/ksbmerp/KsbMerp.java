package uz.ksb.pos.platform.ksbmerp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import uz.ksb.pos.platform.ksbmerp.BackOfficeFailure.Reason;
import uz.ksb.pos.platform.ksbmerp.KsbMerpHttp.Reply;
import uz.ksb.pos.platform.spool.SpoolRoom;

/** KSB-MERP's methods. All calls fail with {@link BackOfficeFailure}. */
@ApplicationScoped
public class KsbMerp {
    /** Of an answer that is read as a whole. */
    private static final int MAX_DOCUMENT_BYTES = 4 * 1024 * 1024;

    /** An empty object takes two bytes of an answer and a hundred of memory. */
    private static final long MAX_DOCUMENT_TOKENS = 400_000;

    private static final long UNLIMITED = Long.MAX_VALUE;
    private static final int MAX_TEXT_CHARACTERS = 1_000_000;

    private final KsbMerpConfig config;
    private final KsbMerpHttp http;
    private final Vertx vertx;
    private final SpoolRoom disk;
    private final ObjectMapper writer;
    private final ObjectMapper rowReader = reader(MAX_TEXT_CHARACTERS, UNLIMITED);
    private final ObjectMapper reader =
            reader(MAX_DOCUMENT_BYTES, MAX_DOCUMENT_TOKENS).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    KsbMerp(KsbMerpConfig config, KsbMerpHttp http, Vertx vertx, ObjectMapper writer) {
        this.config = config;
        this.http = http;
        this.vertx = vertx;
        this.disk = new SpoolRoom(config.maxOnDisk().asLongValue());
        this.writer = writer;
    }

    private static ObjectMapper reader(int maxText, long maxTokens) {
        return new ObjectMapper(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxStringLength(maxText)
                                .maxTokenCount(maxTokens)
                                .build())
                        .build())
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    }

    /** Whether any enterprise has a back office. */
    public boolean isConfigured() {
        return config.url().isPresent() || !config.enterprise().isEmpty();
    }

    public boolean isConfigured(String ksbId) {
        return Address.of(config, ksbId).isPresent();
    }

    /** The enterprises that have a back office; empty: all. */
    public Optional<Set<String>> enterprises() {
        return config.url().isPresent()
                ? Optional.empty()
                : Optional.of(config.enterprise().keySet().stream()
                        .filter(this::isConfigured)
                        .collect(Collectors.toSet()));
    }

    /** @return the answer, a JSON object */
    public Uni<JsonNode> get(Call call) {
        return document(call, null);
    }

    /**
     * @param body written as JSON
     * @return the answer, a JSON object
     */
    public Uni<JsonNode> post(Call call, Object body) {
        return document(call, written(call, body));
    }

    /**
     * Posts something to which nothing need be answered.
     *
     * @return the answer, a JSON object; an empty one for none
     */
    public Uni<JsonNode> tell(Call call, Object body) {
        return reply(call, written(call, body))
                .chain(reply -> reply.body().length() == 0
                        ? Uni.createFrom().<JsonNode>item(writer.createObjectNode())
                        : parsed(() -> object(call, reply.body())));
    }

    private Buffer written(Call call, Object body) {
        try {
            return Buffer.buffer(writer.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the body of " + call.method() + " cannot be written as JSON", e);
        }
    }

    /**
     * Reads a delta, however long it is: it is kept on the disk. Cancelling ends the request. This and its reading fail with
     * {@link Reason#NO_ROOM} when it has to give way to others.
     *
     * @param maxBytes a longer one fails
     * @return its rows; the caller closes them
     */
    public Uni<KsbMerpDelta> delta(Call call, long maxBytes) {
        return Uni.createFrom()
                .deferred(() -> http.file(call, address(call), maxBytes, disk))
                .chain(file -> Abandonable.uni(
                        () -> vertx.executeBlocking(
                                () -> KsbMerpDelta.read(rowReader, call, file::open, file::close), false),
                        () -> {}));
    }

    /** Asks whether it is there. */
    public Uni<Void> ping(Call call) {
        return reply(call, null).replaceWithVoid();
    }

    /** Whether it admits a person with this password. */
    public Uni<Boolean> admits(Call ping, String login, String password) {
        return Uni.createFrom()
                .deferred(() -> http.reply(ping, address(ping).as(login, password), null, MAX_DOCUMENT_BYTES))
                .map(reply -> switch (reply.status()) {
                    case 200 -> true;
                    case 401, 403 -> false;
                    default -> throw ping.unexpected(reply.status());
                });
    }

    private Uni<JsonNode> document(Call call, Buffer body) {
        return reply(call, body).chain(reply -> parsed(() -> object(call, reply.body())));
    }

    private Uni<Reply> reply(Call call, Buffer body) {
        return Uni.createFrom()
                .deferred(() -> http.reply(call, address(call), body, MAX_DOCUMENT_BYTES))
                .invoke(reply -> {
                    if (reply.status() / 100 != 2) {
                        throw call.unexpected(reply.status());
                    }
                });
    }

    private Address address(Call call) {
        return Address.of(config, call.ksbId())
                .orElseThrow(() -> new BackOfficeFailure(
                        Reason.NOT_CONFIGURED, "no back office is configured for " + call.ksbId()));
    }

    /** Parses on a worker thread. */
    private <T> Uni<T> parsed(Callable<T> parsing) {
        return Uni.createFrom()
                .completionStage(() -> vertx.executeBlocking(parsing, false).toCompletionStage());
    }

    private JsonNode object(Call call, Buffer body) {
        JsonNode answer;
        try {
            answer = reader.readTree(Utf8.reader(new ByteArrayInputStream(body.getBytes())));
        } catch (StreamConstraintsException tooLarge) {
            throw call.failure(Reason.TOO_LARGE, "is too large");
        } catch (IOException notJson) {
            throw call.failure(Reason.UNREADABLE, "is not JSON");
        }
        if (!answer.isObject()) {
            throw call.failure(Reason.UNREADABLE, "is not a JSON object");
        }
        return answer;
    }
}
