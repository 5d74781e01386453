package uz.ksb.pos.platform.http;

import jakarta.ws.rs.core.NoContentException;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;
import uz.ksb.pos.platform.problem.Problem;

/** A body that a resource asks for must be there: neither empty nor {@code null}. */
@Provider
class RequiredBody implements ReaderInterceptor {
    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        Object body;
        try {
            body = context.proceed();
        } catch (NoContentException empty) {
            body = null;
        }
        if (body == null) {
            throw Problem.invalid("body", "is missing");
        }
        return body;
    }
}
