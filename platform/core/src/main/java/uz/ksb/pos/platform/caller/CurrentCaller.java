package uz.ksb.pos.platform.caller;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import uz.ksb.pos.platform.log.LogContext;
import uz.ksb.pos.platform.problem.Problem;

/** The caller of the present request. */
@RequestScoped
public class CurrentCaller {
    private final SecurityIdentity identity;

    CurrentCaller(SecurityIdentity identity) {
        this.identity = identity;
    }

    /**
     * @throws Problem 401 when the token does not name an enterprise
     */
    public Caller get() {
        Caller caller = Caller.of(identity)
                .orElseThrow(() -> Problem.unauthorized("not-authenticated", "A valid token is needed."));
        LogContext.enterprise(caller.ksbId());
        LogContext.device(caller.deviceId());
        return caller;
    }
}
