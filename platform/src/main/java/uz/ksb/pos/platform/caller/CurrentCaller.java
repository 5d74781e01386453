package uz.ksb.pos.platform.caller;

import jakarta.enterprise.context.RequestScoped;
import org.eclipse.microprofile.jwt.JsonWebToken;
import uz.ksb.pos.platform.problem.Problem;

/** The caller of the request in hand. */
@RequestScoped
public class CurrentCaller {
    private final JsonWebToken token;

    CurrentCaller(JsonWebToken token) {
        this.token = token;
    }

    /**
     * @throws Problem 401 when the token does not name an enterprise
     */
    public Caller get() {
        if (token.getClaim(Claims.KSB_ID) == null) {
            throw Problem.unauthorized("not-authenticated", "A valid token is needed.");
        }
        return Caller.of(token);
    }
}
