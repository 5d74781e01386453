package uz.ksb.pos.platform.problem;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns every failure of a request into problem details. Only what we did not expect is logged, once, here. */
class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    @ServerExceptionMapper
    Response problem(Problem problem) {
        return response(problem);
    }

    @ServerExceptionMapper
    Response violations(ConstraintViolationException invalid) {
        return response(Problem.invalid(invalid.getConstraintViolations().stream()
                .map(violation -> new Problem.Violation(field(violation), violation.getMessage()))
                .sorted(Comparator.comparing(Problem.Violation::field))
                .toList()));
    }

    @ServerExceptionMapper
    Response json(JsonProcessingException unreadable) {
        return response(unreadable(unreadable));
    }

    /** More specific than {@link #json}, because the framework has a mapper of its own for it. */
    @ServerExceptionMapper
    Response mismatch(MismatchedInputException unreadable) {
        return json(unreadable);
    }

    @ServerExceptionMapper
    Response unauthorized(UnauthorizedException refused) {
        return notAuthenticated();
    }

    @ServerExceptionMapper
    Response authenticationFailed(AuthenticationFailedException refused) {
        return notAuthenticated();
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException refused) {
        return response(Problem.forbidden("forbidden", "Your role does not allow this."));
    }

    @ServerExceptionMapper
    Response http(WebApplicationException refused) {
        if (refused.getCause() instanceof JsonProcessingException unreadable) {
            return json(unreadable);
        }
        if (refused.getCause() instanceof Problem problem) {
            return problem(problem);
        }
        Response given = refused.getResponse();
        ProblemDetails details = new ProblemDetails(
                "about:blank",
                given.getStatusInfo().getReasonPhrase(),
                given.getStatus(),
                refused.getMessage(),
                List.of(),
                null);
        return Response.status(given.getStatus())
                .type(ProblemDetails.MEDIA_TYPE)
                .entity(details)
                .build();
    }

    @ServerExceptionMapper
    Response unexpected(Throwable failure) {
        UUID reference = UUID.randomUUID();
        LOG.errorf(failure, "A request failed unexpectedly (reference %s)", reference);
        ProblemDetails details = new ProblemDetails(
                "/problems/internal-error",
                "Internal error",
                500,
                "It was not your fault; nothing was done. Reference " + reference + ".",
                List.of(),
                null);
        return Response.status(500)
                .type(ProblemDetails.MEDIA_TYPE)
                .entity(details)
                .build();
    }

    /** What is wrong with JSON, with the field named by its path. */
    static Problem unreadable(JsonProcessingException unreadable) {
        if (unreadable instanceof UnrecognizedPropertyException unknown) {
            return Problem.invalid(path(unknown), "is not a known field");
        }
        if (unreadable instanceof JsonMappingException mapping
                && !mapping.getPath().isEmpty()) {
            return mapping.getCause() instanceof JsonProcessingException
                    ? Problem.invalid(path(mapping), notJson(mapping))
                    : Problem.invalid(path(mapping), "has the wrong type or form");
        }
        return Problem.invalid("body", notJson(unreadable));
    }

    private static String notJson(JsonProcessingException unreadable) {
        JsonLocation place = unreadable.getLocation();
        return place == null
                ? "is not valid JSON"
                : "is not valid JSON at line %d, column %d".formatted(place.getLineNr(), place.getColumnNr());
    }

    private static Response notAuthenticated() {
        return response(Problem.unauthorized("not-authenticated", "A valid token is needed."));
    }

    private static Response response(Problem problem) {
        Response.ResponseBuilder response = Response.status(problem.status())
                .type(ProblemDetails.MEDIA_TYPE)
                .entity(problem.details());
        if (problem.status() == 401) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        if (problem.retryAfter() != null) {
            long seconds = Math.max(1, problem.retryAfter().plusMillis(999).toSeconds());
            response.header(HttpHeaders.RETRY_AFTER, seconds);
        }
        return response.build();
    }

    private static String path(JsonMappingException mapping) {
        return mapping.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }

    /** The path without the method and parameter names that the validator puts in front, and without its {@code <list element>}. */
    private static String field(ConstraintViolation<?> violation) {
        List<Path.Node> nodes = StreamSupport.stream(violation.getPropertyPath().spliterator(), false)
                .toList();
        String whole = violation.getPropertyPath().toString().replaceAll("\\.?<[^>]*>", "");
        if (nodes.size() > 2 && nodes.getFirst().getKind() == ElementKind.METHOD) {
            return whole.substring(
                    nodes.get(0).getName().length() + nodes.get(1).getName().length() + 2);
        }
        return nodes.isEmpty() ? "body" : nodes.getLast().getName();
    }
}
