package uz.ksb.pos.platform.problem;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.enterprise.inject.Instance;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns every failure of a request into problem details. Only unexpected failures are logged, once, here. */
class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
    private static final int UNSUPPORTED_MEDIA_TYPE = 415;

    private final Instance<FailureTranslation> translations;

    ProblemMappers(Instance<FailureTranslation> translations) {
        this.translations = translations;
    }

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
        return UnreachableKeys.explain(refused) ? response(UnreachableKeys.problem()) : notAuthenticated();
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException refused) {
        return response(Problem.forbidden("forbidden", "Your role does not allow this."));
    }

    @ServerExceptionMapper
    Response http(WebApplicationException refused, UriInfo address, HttpHeaders headers) {
        return switch (refused.getCause()) {
            case JsonProcessingException unreadable -> json(unreadable);
            case Problem problem -> problem(problem);
            case WrongParameter wrong ->
                response(Problem.invalid(name(wrong.value(), address, headers), wrong.getMessage()));
            // The framework's own converters fail like this.
            case IllegalArgumentException wrong -> response(Problem.invalid("parameter", "has the wrong form"));
            case null, default -> {
                int status = refused.getResponse().getStatus();
                yield status == UNSUPPORTED_MEDIA_TYPE && headers.getMediaType() == null
                        ? response(Problem.invalid("body", "is missing, or its Content-Type is"))
                        : response(status, refused);
            }
        };
    }

    @ServerExceptionMapper
    Response unexpected(Throwable failure) {
        for (FailureTranslation translation : translations) {
            Optional<Problem> problem = translation.problem(failure);
            if (problem.isPresent()) {
                return response(problem.get());
            }
        }
        UUID reference = UUID.randomUUID();
        LOG.errorf(failure, "A request failed unexpectedly (reference %s)", reference);
        return response(new ProblemDetails(
                "/problems/internal-error",
                "Internal error",
                500,
                "This is a fault of the server. Reference " + reference + ".",
                List.of(),
                null));
    }

    /** The name of the parameter with this value, in the order of path, query, headers. */
    private static String name(String value, UriInfo address, HttpHeaders headers) {
        return Stream.of(address.getPathParameters(), address.getQueryParameters(), headers.getRequestHeaders())
                .flatMap(parameters -> parameters.entrySet().stream())
                .filter(parameter -> parameter.getValue().contains(value))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("parameter");
    }

    /** The fault of JSON that cannot be read, with the path of its field. */
    static Problem unreadable(JsonProcessingException unreadable) {
        if (unreadable instanceof UnrecognizedPropertyException unknown) {
            return Problem.invalid(path(unknown), "is not a known field");
        }
        if (unreadable instanceof WrongForm wrong) {
            return Problem.invalid(path(wrong), wrong.getOriginalMessage());
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
        String fault =
                unreadable.getOriginalMessage().startsWith("Duplicate field") ? "has a key twice" : "is not valid JSON";
        return place == null
                ? fault
                : fault + " at line %d, column %d".formatted(place.getLineNr(), place.getColumnNr());
    }

    private static Response notAuthenticated() {
        return response(Problem.unauthorized("not-authenticated", "A valid token is needed."));
    }

    private static Response response(int status, WebApplicationException refused) {
        return response(new ProblemDetails(
                "about:blank",
                refused.getResponse().getStatusInfo().getReasonPhrase(),
                status,
                refused.getMessage(),
                List.of(),
                null));
    }

    private static Response response(ProblemDetails details) {
        return Response.status(details.status())
                .type(ProblemDetails.MEDIA_TYPE)
                .entity(details)
                .build();
    }

    private static Response response(Problem problem) {
        Response.ResponseBuilder response = Response.fromResponse(response(problem.details()));
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
