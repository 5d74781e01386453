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

/** A body that a resource asks for must be there: neither empty nor {@code null}. That of a DELETE may be left out. */
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
