package uz.ksb.pos.product.feed;

import io.quarkus.security.Authenticated;
import io.quarkus.vertx.http.Uncompressed;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestMulti;
import uz.ksb.pos.platform.caller.CurrentCaller;
import uz.ksb.pos.product.feed.ChangesRepository.Changes;
import uz.ksb.pos.product.feed.FeedPages.PackedPage;

/** How tills load the catalogue and catch up. */
@Path("/api/products/changes")
@Authenticated
class ProductChangesResource {
    private static final Packed START = Packed.of("{\"items\":[");
    private static final Packed COMMA = Packed.of(",");

    private final ChangesRepository changes;
    private final FeedPages pages;
    private final CurrentCaller caller;

    ProductChangesResource(ChangesRepository changes, FeedPages pages, CurrentCaller caller) {
        this.changes = changes;
        this.pages = pages;
        this.caller = caller;
    }

    /**
     * Answers {@code {items, changeVersion, more}}, written page by page as it is read; with gzip, from the pages that are kept
     * (HTTP/1.1; over HTTP/2 the server compresses what says that it is).
     *
     * @param after a change version; 0 without a limit: the full catalogue, to its end. Above the newest one, which only happens when
     *     the database was restored, the answer has no items and the newest: such a reader has to begin at 0
     * @param limit absent: 1000, except for the full catalogue
     */
    @GET
    @Uncompressed
    @APIResponse(responseCode = "200", content = @Content(mediaType = MediaType.APPLICATION_JSON))
    public Multi<byte[]> changes(
            @QueryParam("after") @DefaultValue("0") @Min(0) long after,
            @QueryParam("limit") @Min(1) @Max(FeedPages.PAGE) Integer limit,
            @HeaderParam(HttpHeaders.ACCEPT_ENCODING) String encodings,
            @Context HttpServerRequest request,
            @Context HttpServerResponse response) {
        String ksbId = caller.get().ksbId();
        if (limit == null && takesGzip(encodings) && request.version() != HttpVersion.HTTP_2) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip")
                    .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
            return answer(packed(ksbId, after));
        }
        // Quarkus marked the answer as not to be compressed.
        response.headers().remove(HttpHeaders.CONTENT_ENCODING);
        Multi<Changes> read = after == 0 && limit == null
                ? full(ksbId)
                : changes.changes(ksbId, after, limit == null ? FeedPages.PAGE : limit)
                        .toMulti();
        return answer(json(read).map(text -> text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The bytes as they are: the framework would put line breaks between pieces that it knows to be JSON. */
    private static Multi<byte[]> answer(Multi<byte[]> bytes) {
        return RestMulti.fromMultiData(bytes)
                .header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON)
                .build();
    }

    private static boolean takesGzip(String encodings) {
        return encodings != null
                && Stream.of(encodings.split(",", -1))
                        .map(one -> one.replace(" ", "").toLowerCase(Locale.ROOT))
                        .anyMatch(one ->
                                one.equals("gzip") || one.startsWith("gzip;") && !one.matches("gzip;q=0(\\.0*)?"));
    }

    /** The same answer, made of pages that were compressed once for all tills. */
    private Multi<byte[]> packed(String ksbId, long after) {
        Packed.Stream stream = new Packed.Stream();
        AtomicReference<PackedPage> last = new AtomicReference<>();
        Multi<byte[]> items = Multi.createBy()
                .repeating()
                .uni(() -> pages.after(
                                ksbId, last.get() == null ? after : last.get().changeVersion())
                        .map(page -> piece(stream, last.getAndSet(page), page)))
                .whilst(piece -> after == 0 && last.get().more());
        return Multi.createBy()
                .concatenating()
                .streams(items, Multi.createFrom().item(() -> end(stream, last.get())));
    }

    private static byte[] piece(Packed.Stream stream, PackedPage before, PackedPage page) {
        byte[] separator = before == null ? stream.next(START) : page.empty() ? new byte[0] : stream.next(COMMA);
        return joined(separator, stream.next(page.items()));
    }

    private static byte[] end(Packed.Stream stream, PackedPage last) {
        return joined(stream.next(Packed.of(end(last.changeVersion(), last.more()))), stream.end());
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    /** Pages until one is not full: a product that changes meanwhile moves to a later page, so none is missed. */
    private Multi<Changes> full(String ksbId) {
        return Multi.createBy()
                .repeating()
                .uni(() -> new AtomicReference<>(0L), position -> next(ksbId, position))
                .whilst(Changes::more);
    }

    private Uni<Changes> next(String ksbId, AtomicReference<Long> position) {
        return changes.changes(ksbId, position.get(), FeedPages.PAGE)
                .invoke(page -> position.set(page.changeVersion()));
    }

    private static Multi<String> json(Multi<Changes> pages) {
        AtomicReference<Changes> last = new AtomicReference<>();
        Multi<String> items = pages.map(page -> {
            String start = last.getAndSet(page) == null ? "{\"items\":[" : ",";
            return page.views().isEmpty() && !start.startsWith("{") ? "" : start + String.join(",", page.views());
        });
        return Multi.createBy()
                .concatenating()
                .streams(
                        items,
                        Multi.createFrom()
                                .item(() -> end(
                                        last.get().changeVersion(), last.get().more())));
    }

    private static String end(long changeVersion, boolean more) {
        return "],\"changeVersion\":" + changeVersion + ",\"more\":" + more + "}";
    }
}
