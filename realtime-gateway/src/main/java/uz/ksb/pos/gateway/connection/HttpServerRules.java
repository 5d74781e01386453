package uz.ksb.pos.gateway.connection;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;

/** Settings of the HTTP server that WebSockets need. */
@ApplicationScoped
class HttpServerRules implements HttpServerOptionsCustomizer {
    static final String SUBPROTOCOL = "pos.v1";
    /** Twice the room of the largest message we accept: up to here we can answer with our own close code. */
    private static final int MAX_FRAME = 64 * 1024;

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        forWebSockets(options);
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        forWebSockets(options);
    }

    private static void forWebSockets(HttpServerOptions options) {
        options.addWebSocketSubProtocol(SUBPROTOCOL)
                // 300 KB per connection, and events are small.
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                // A WebSocket needs HTTP/1.1, and looking for the other one complains of clients that break off before
                // the
                // first byte.
                .setHttp2ClearTextEnabled(false)
                .setMaxWebSocketFrameSize(MAX_FRAME)
                .setMaxWebSocketMessageSize(MAX_FRAME);
    }
}
