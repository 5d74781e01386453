package uz.ksb.pos.platform.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * The body of every refusal ({@code application/problem+json}, RFC 9457).
 *
 * @param violations the bad fields; absent when there are none
 * @param current the stored object, on a conflict; absent otherwise
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProblemDetails(
        String type, String title, int status, String detail, List<Problem.Violation> violations, Object current) {
    public static final String MEDIA_TYPE = "application/problem+json";
}
