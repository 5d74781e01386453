package uz.ksb.pos.settings.preferences;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uz.ksb.pos.platform.problem.Problem;

/** A version as an entity tag (RFC 9110, 8.8.3). */
final class EntityTag {
    /** Compression marks tags as weak on their way; the version they carry is the same. */
    private static final Pattern TAG = Pattern.compile("(?:W/)?\"([0-9]{1,18})\"");

    private EntityTag() {}

    /** The version that an {@code If-Match} asks for; empty without one, and for {@code *}. */
    static Optional<Long> expected(String ifMatch) {
        if (ifMatch == null || ifMatch.equals("*")) {
            return Optional.empty();
        }
        Matcher tag = TAG.matcher(ifMatch.strip());
        if (!tag.matches()) {
            throw Problem.invalid("If-Match", "must be an ETag of these settings, such as \"3\"");
        }
        return Optional.of(Long.valueOf(tag.group(1)));
    }

    static <T> Response answer(Stored<T> stored) {
        return Response.ok(stored.content())
                .header(HttpHeaders.ETAG, tag(stored))
                .build();
    }

    static <T> Response answer(Written<T> written) {
        return Response.ok(written.stored().content())
                .header(HttpHeaders.ETAG, tag(written.stored()))
                .header("X-Changed", written.changed())
                .build();
    }

    private static String tag(Stored<?> stored) {
        return "\"" + stored.version() + "\"";
    }
}
