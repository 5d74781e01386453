package uz.ksb.pos.platform.http;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.NoContentException;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;
import uz.ksb.pos.platform.problem.Problem;

/**
 * Refuses a request without the body that its resource asks for (empty or {@code null}). A DELETE may leave it out.
 */
@Provider
class RequiredBody implements ReaderInterceptor {
    @Context
    Request request;

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        Object body;
        try {
            body = context.proceed();
        } catch (NoContentException empty) {
            body = null;
        }
        if (body == null && !request.getMethod().equals(HttpMethod.DELETE)) {
            throw Problem.invalid("body", "is missing");
        }
        return body;
    }
}
