package uz.ksb.pos.gateway.client;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * How the client's files are answered: each of its pages is the shell, and each file has the headers it needs. Answers
 * of the APIs beside it are left alone.
 */
@ApplicationScoped
class ClientServing {
    static final String CONTENT_SECURITY_POLICY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "worker-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'");

    static final String FOR_EVER = "public, max-age=31536000, immutable";
    static final String ASK_FIRST = "no-cache";

    private static final int EARLY = 100;

    void add(@Observes Filters filters) {
        filters.register(ClientServing::prepare, EARLY);
    }

    private static void prepare(RoutingContext request) {
        String path = request.normalizedPath();
        if (ClientPaths.isPage(path) && isNavigation(request.request())) {
            // Not Quinoa's own routing: it never gets what Quarkus REST has answered with 404.
            request.reroute(ClientPaths.SHELL);
            return;
        }
        if (path.equals(ClientPaths.DOCS)) {
            request.reroute(ClientPaths.DOCS + "/");
            return;
        }
        if (ClientPaths.isOfTheClient(path) || ClientPaths.isOfTheDocs(path)) {
            // At the end, because whoever serves the file sets headers of its own.
            request.addHeadersEndHandler(ignored -> setHeaders(request.response(), path));
        }
        request.next();
    }

    /** A browser that opens a page asks for HTML by name; programs do not. */
    private static boolean isNavigation(HttpServerRequest request) {
        String accepted = request.getHeader("Accept");
        return request.method().equals(HttpMethod.GET) && accepted != null && accepted.contains("text/html");
    }

    private static void setHeaders(HttpServerResponse response, String path) {
        // A file that is missing now may come with the next version: that it is missing must not be kept.
        boolean forEver = ClientPaths.isHashedFile(path) && response.getStatusCode() < 400;
        MultiMap headers = response.headers();
        headers.set("Cache-Control", forEver ? FOR_EVER : ASK_FIRST);
        headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        if (path.endsWith(".webmanifest") && response.getStatusCode() < 300) {
            headers.set("Content-Type", "application/manifest+json");
        }
    }
}
