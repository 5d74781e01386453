package uz.ksb.pos.settings.client;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import uz.ksb.pos.settings.ratelimit.CallerAddress;

/** The token endpoint of OAuth 2.0: client credentials only. */
@Path("/api/auth/token")
@PermitAll
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Produces(MediaType.APPLICATION_JSON)
class TokenResource {
    private static final String GRANT = "client_credentials";

    private final ClientTokens tokens;
    private final CallerAddress address;

    TokenResource(ClientTokens tokens, CallerAddress address) {
        this.tokens = tokens;
        this.address = address;
    }

    @POST
    public Uni<Response> token(
            @RestForm("grant_type") String grantType,
            @RestForm("client_id") String clientId,
            @RestForm("client_secret") String clientSecret,
            @RestForm("ksb_id") @Pattern(regexp = "[0-9]{8}", message = "must be exactly eight digits") String ksbId,
            @RestHeader(HttpHeaders.AUTHORIZATION) String authorization,
            @Context HttpServerRequest request) {
        mustBeClientCredentials(grantType);
        return tokens.issue(ClientSecret.of(authorization, clientId, clientSecret), ksbId, address.of(request))
                .map(TokenResource::answer);
    }

    @ServerExceptionMapper
    Response refused(TokenRefused refused) {
        Response.ResponseBuilder answer = Response.status(refused.status()).entity(refused.body());
        if (refused.status() == 401) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"ksb-pos\"");
        }
        return answer.type(MediaType.APPLICATION_JSON).build();
    }

    private static void mustBeClientCredentials(String grantType) {
        if (!GRANT.equals(grantType)) {
            throw TokenRefused.unsupportedGrant();
        }
    }

    private static Response answer(ClientTokens.Issued issued) {
        return Response.ok(issued).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }
}
