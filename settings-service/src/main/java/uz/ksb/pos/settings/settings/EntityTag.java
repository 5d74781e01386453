package uz.ksb.pos.settings.settings;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import uz.ksb.pos.platform.problem.Problem;

/** A version as an entity tag (RFC 9110, 8.8.3). */
final class EntityTag {
    private static final Pattern TAG = Pattern.compile("(?:W/)?\"[^\"]*\"");

    private static final Pattern VERSION = Pattern.compile("\"([0-9]{1,18})\"");

    private EntityTag() {}

    /**
     * The versions that an {@code If-Match} asks for; empty without one, and for {@code *}. The comparison is strong: a weak tag,
     * like one that is none of ours, matches nothing.
     *
     * @param ifMatch the header's lines
     * @throws Problem 400 when it is no list of entity tags
     */
    static Optional<Set<Long>> expected(List<String> ifMatch) {
        String list = String.join(",", ifMatch).strip();
        return ifMatch.isEmpty() || list.equals("*")
                ? Optional.empty()
                : Optional.of(Arrays.stream(list.split(",", -1))
                        .map(EntityTag::tag)
                        .map(VERSION::matcher)
                        .filter(Matcher::matches)
                        .map(version -> Long.valueOf(version.group(1)))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private static String tag(String text) {
        String tag = text.strip();
        if (!TAG.matcher(tag).matches()) {
            throw Problem.invalid("If-Match", "must be an ETag of these settings, such as \"3\"");
        }
        return tag;
    }

    static <T> Response answer(Versioned<T> stored) {
        return Response.ok(stored.content())
                .header(HttpHeaders.ETAG, tag(stored))
                .build();
    }

    static <T> Response answer(SettingsWriting.WriteResult<T> written) {
        return Response.ok(written.stored().content())
                .header(HttpHeaders.ETAG, tag(written.stored()))
                .header("X-Changed", written.changed())
                .build();
    }

    private static String tag(Versioned<?> stored) {
        return "\"" + stored.version() + "\"";
    }
}
