package uz.ksb.pos.platform.revocation;

import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import uz.ksb.pos.platform.caller.Caller;

/** Refuses tokens that were revoked. A token that is not valid at all is left to those who need one. */
class RevocationFilter {
    private final Revocations revocations;
    private final CurrentIdentityAssociation identity;

    RevocationFilter(Revocations revocations, CurrentIdentityAssociation identity) {
        this.revocations = revocations;
        this.identity = identity;
    }

    @ServerRequestFilter
    Uni<Void> check(ContainerRequestContext request, ResourceInfo resource) {
        if (revocations.isEmpty()
                || request.getHeaderString(HttpHeaders.AUTHORIZATION) == null
                || resource.getResourceMethod().isAnnotationPresent(OpenToRevoked.class)) {
            return Uni.createFrom().voidItem();
        }
        return identity.getDeferredIdentity()
                .onFailure()
                .recoverWithNull()
                .invoke(this::check)
                .replaceWithVoid();
    }

    private void check(SecurityIdentity caller) {
        if (caller != null && caller.getPrincipal() instanceof JsonWebToken token) {
            Caller.of(caller).ifPresent(known -> revocations.mustHold(known, token.getIssuedAtTime()));
        }
    }
}
