package uz.ksb.pos.platform.problem;

import java.time.Duration;
import java.util.List;

/**
 * The reason why a request is refused, as RFC 9457 problem details: thrown where the rule is, written out by the edge.
 *
 * <p>{@code type} is a stable contract ({@code /problems/<name>}); {@code detail} is for people.
 */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final int status;
    private final String title;
    private final transient List<Violation> violations;
    private final transient Object current;
    private final transient Duration retryAfter;

    private Problem(
            String name,
            int status,
            String title,
            String detail,
            List<Violation> violations,
            Object current,
            Duration retryAfter) {
        super(detail, null, false, false);
        this.name = name;
        this.status = status;
        this.title = title;
        this.violations = violations;
        this.current = current;
        this.retryAfter = retryAfter;
    }

    /** A field of the request and what is wrong with it; {@code field} is its path, for example {@code lines[2].price}. */
    public record Violation(String field, String message) {}

    /** 400: the request cannot be read or a field is malformed. */
    public static Problem invalid(List<Violation> violations) {
        return new Problem(
                "invalid-request", 400, "The request is not valid", summary(violations), violations, null, null);
    }

    public static Problem invalid(String field, String message) {
        return invalid(List.of(new Violation(field, message)));
    }

    /** 401. */
    public static Problem unauthorized(String name, String detail) {
        return new Problem(name, 401, "Not authenticated", detail, List.of(), null, null);
    }

    /** 403. */
    public static Problem forbidden(String name, String detail) {
        return new Problem(name, 403, "Not allowed", detail, List.of(), null, null);
    }

    /** 403 that may pass soon: the caller is not known here yet. */
    public static Problem forbidden(String name, String detail, Duration retryAfter) {
        return new Problem(name, 403, "Not allowed", detail, List.of(), null, retryAfter);
    }

    /** 404, also for an object of another enterprise. */
    public static Problem notFound(String what) {
        return new Problem("not-found", 404, "Not found", what + " is not known here.", List.of(), null, null);
    }

    /**
     * 409; {@code current} is the stored object, for the writer to apply its change to (null: nothing to show).
     */
    public static Problem conflict(String name, String detail, Object current) {
        return new Problem(name, 409, "Conflict", detail, List.of(), current, null);
    }

    /** 409: another object has this field's value already. */
    public static Problem taken(String name, String field, String message) {
        List<Violation> violations = List.of(new Violation(field, message));
        return new Problem(name, 409, "Conflict", summary(violations), violations, null, null);
    }

    /** 412: the state has changed since the writer saw it. */
    public static Problem preconditionFailed(String detail) {
        return new Problem("precondition-failed", 412, "Precondition failed", detail, List.of(), null, null);
    }

    /** 413. */
    public static Problem tooLarge(String detail) {
        return new Problem("too-large", 413, "Too large", detail, List.of(), null, null);
    }

    /** 413: a body that is larger than the endpoint allows. */
    public static Problem tooLarge(String field, String message) {
        List<Violation> violations = List.of(new Violation(field, message));
        return new Problem("too-large", 413, "Too large", summary(violations), violations, null, null);
    }

    /** 408: the rest of the body did not come. */
    public static Problem tooSlow(String detail) {
        return new Problem("too-slow", 408, "Too slow", detail, List.of(), null, null);
    }

    /** 415: the body's encoding is not taken here. */
    public static Problem unsupported(String header, String message) {
        List<Violation> violations = List.of(new Violation(header, message));
        return new Problem("unsupported", 415, "Unsupported", summary(violations), violations, null, null);
    }

    /** 422: readable, but against a rule of the domain. */
    public static Problem rule(String name, List<Violation> violations) {
        return new Problem(name, 422, "A rule forbids it", summary(violations), violations, null, null);
    }

    public static Problem rule(String name, String field, String message) {
        return rule(name, List.of(new Violation(field, message)));
    }

    /** 429. */
    public static Problem tooMany(String name, String detail, Duration retryAfter) {
        return new Problem(name, 429, "Too many requests", detail, List.of(), null, retryAfter);
    }

    /** 503: works again later by itself. */
    public static Problem unavailable(String detail, Duration retryAfter) {
        return new Problem("unavailable", 503, "Not available", detail, List.of(), null, retryAfter);
    }

    private static String summary(List<Violation> violations) {
        return violations.stream()
                .map(violation -> violation.field() + ": " + violation.message())
                .reduce((one, other) -> one + "; " + other)
                .orElse("");
    }

    public String name() {
        return name;
    }

    public int status() {
        return status;
    }

    public List<Violation> violations() {
        return violations;
    }

    public Object current() {
        return current;
    }

    public Duration retryAfter() {
        return retryAfter;
    }

    /** The body. */
    public ProblemDetails details() {
        return new ProblemDetails("/problems/" + name, title, status, getMessage(), violations, current);
    }
}
