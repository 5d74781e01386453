package uz.ksb.pos.platform.http;

import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/** The address that a request comes from, as limits count it. */
public final class ClientAddress {
    private static final String FORWARDED_FOR = "X-Forwarded-For";

    private ClientAddress() {}

    /**
     * The peer's address. Where the peer is a trusted proxy, the last entry of {@code X-Forwarded-For}: the proxy wrote that one,
     * while those before it may be the client's invention.
     */
    public static String of(HttpServerRequest request) {
        String told = request.remoteAddress().host();
        if (told.equals(request.connection().remoteAddress().host())) {
            return told;
        }
        List<String> headers = request.headers().getAll(FORWARDED_FOR);
        if (headers.isEmpty()) {
            return told;
        }
        String last = headers.getLast();
        String written = last.substring(last.lastIndexOf(',') + 1).strip();
        return written.isEmpty() ? told : written;
    }
}
