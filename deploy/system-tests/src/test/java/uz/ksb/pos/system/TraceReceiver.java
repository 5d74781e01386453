package uz.ksb.pos.system;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A collector of traces: takes OTLP over HTTP, as protobuf.
 *
 * @see <a href="https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto">the
 *     numbers of the fields</a>
 */
final class TraceReceiver implements AutoCloseable {
    private static final String SERVICE_NAME = "service.name";
    private static final String EVENT_ID = "messaging.message.id";

    private final HttpServer server;
    private final Queue<Span> spans = new ConcurrentLinkedQueue<>();
    private final Queue<String> requests = new ConcurrentLinkedQueue<>();

    /**
     * One span.
     *
     * @param parentId empty: it has none
     * @param eventId of the event that it is about; empty: of none
     * @param start, end nanoseconds since 1970
     */
    record Span(
            String service,
            String traceId,
            String id,
            String parentId,
            String name,
            String eventId,
            long start,
            long end) {}

    TraceReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", exchange -> {
            read(exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The spans of a trace that came until now. */
    List<Span> trace(String traceId) {
        return spans.stream().filter(span -> span.traceId().equals(traceId)).toList();
    }

    /** Whether any span, name or attribute holds this ASCII text. */
    boolean holds(String text) {
        return requests.stream().anyMatch(request -> request.contains(text));
    }

    private void read(byte[] request) {
        requests.add(new String(request, StandardCharsets.ISO_8859_1));
        for (byte[] resourceSpans : Fields.of(request).all(1)) {
            String service = service(Fields.of(resourceSpans));
            for (byte[] scopeSpans : Fields.of(resourceSpans).all(2)) {
                Fields.of(scopeSpans).all(2).forEach(span -> spans.add(span(service, Fields.of(span))));
            }
        }
    }

    private static String service(Fields resourceSpans) {
        return attribute(SERVICE_NAME, Fields.of(resourceSpans.one(1)).all(1));
    }

    private static String attribute(String name, List<byte[]> attributes) {
        return attributes.stream()
                .map(Fields::of)
                .filter(attribute -> attribute.text(1).equals(name))
                .map(attribute -> Fields.of(attribute.one(2)).text(1))
                .findFirst()
                .orElse("");
    }

    private static Span span(String service, Fields span) {
        return new Span(
                service,
                span.hex(1),
                span.hex(2),
                span.hex(4),
                span.text(5),
                attribute(EVENT_ID, span.all(9)),
                span.numbers.getOrDefault(7, 0L),
                span.numbers.getOrDefault(8, 0L));
    }

    /** The fields of a protobuf message. */
    private record Fields(Map<Integer, List<byte[]>> texts, Map<Integer, Long> numbers) {
        static Fields of(byte[] message) {
            Fields fields = new Fields(new HashMap<>(), new HashMap<>());
            ByteBuffer left = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
            while (left.hasRemaining()) {
                long tag = varint(left);
                int field = (int) (tag >> 3);
                switch ((int) tag & 7) {
                    case 0 -> fields.numbers.put(field, varint(left));
                    case 1 -> fields.numbers.put(field, left.getLong());
                    case 2 -> {
                        byte[] bytes = new byte[(int) varint(left)];
                        left.get(bytes);
                        fields.texts
                                .computeIfAbsent(field, number -> new ArrayList<>())
                                .add(bytes);
                    }
                    case 5 -> fields.numbers.put(field, (long) left.getInt());
                    default -> throw new IllegalArgumentException("no protobuf");
                }
            }
            return fields;
        }

        private static long varint(ByteBuffer left) {
            long value = 0;
            for (int shift = 0; ; shift += 7) {
                byte part = left.get();
                value |= (long) (part & 0x7f) << shift;
                if (part >= 0) {
                    return value;
                }
            }
        }

        List<byte[]> all(int field) {
            return texts.getOrDefault(field, List.of());
        }

        byte[] one(int field) {
            return texts.containsKey(field) ? texts.get(field).getFirst() : new byte[0];
        }

        String text(int field) {
            return new String(one(field), StandardCharsets.UTF_8);
        }

        String hex(int field) {
            return HexFormat.of().formatHex(one(field));
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
