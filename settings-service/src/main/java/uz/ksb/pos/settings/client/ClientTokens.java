package uz.ksb.pos.settings.client;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.settings.enterprise.Enterprise;
import uz.ksb.pos.settings.enterprise.EnterpriseRepository;
import uz.ksb.pos.settings.login.AccessTokens;
import uz.ksb.pos.settings.password.Passwords;
import uz.ksb.pos.settings.throttle.LoginThrottle;

/** A machine gets its token. Wrong secrets are slowed down per client and address. */
@ApplicationScoped
class ClientTokens {
    private final ClientRepository clients;
    private final EnterpriseRepository enterprises;
    private final Passwords passwords;
    private final LoginThrottle throttle;
    private final AccessTokens tokens;
    private final ServiceClients services;

    ClientTokens(
            ClientRepository clients,
            EnterpriseRepository enterprises,
            Passwords passwords,
            LoginThrottle throttle,
            AccessTokens tokens,
            ServiceClients services) {
        this.clients = clients;
        this.enterprises = enterprises;
        this.passwords = passwords;
        this.throttle = throttle;
        this.tokens = tokens;
        this.services = services;
    }

    /** As RFC 6749, 5.1, names the fields; {@code expiresIn} in seconds. */
    record Issued(
            @JsonProperty("access_token") String accessToken,
            @JsonProperty("token_type") String tokenType,
            @JsonProperty("expires_in") long expiresIn) {}

    /** @param ksbId the enterprise that one of our own services asks for; null for all others, who belong to one */
    Uni<Issued> issue(ClientSecret given, String ksbId, Optional<String> address) {
        LoginThrottle.Scope scope =
                new LoginThrottle.Scope("client " + given.clientId() + " " + address.orElse(""), address);
        return throttle.begin(scope)
                .chain(() -> services.isService(given.clientId())
                        ? services.verify(given).replaceWith(() -> new Grant(Role.SERVICE, ksbId))
                        : client(given))
                .call(() -> throttle.succeed(scope))
                .chain(grant -> issue(given.clientId(), grant));
    }

    private record Grant(Role role, String ksbId) {}

    private Uni<Grant> client(ClientSecret given) {
        return clients.find(given.clientId())
                .call(client -> verify(client, given.secret()))
                .map(client -> new Grant(Role.BACK_OFFICE, client.ksbId()));
    }

    private Uni<Issued> issue(String clientId, Grant grant) {
        return (grant.ksbId() == null
                        ? Uni.createFrom().<Enterprise>nullItem()
                        : enterprises.findEnterprise(grant.ksbId()))
                .onItem()
                .ifNull()
                .failWith(() -> TokenRefused.invalidRequest("ksb_id: names no enterprise."))
                .map(enterprise -> new Issued(
                        tokens.ofMachine(clientId, grant.role(), enterprise),
                        "Bearer",
                        tokens.life().toSeconds()));
    }

    private Uni<Void> verify(Client client, String secret) {
        return passwords
                .verify(client == null ? "" : client.ksbId(), secret, client == null ? null : client.secretHash())
                .invoke(right -> {
                    if (!right) {
                        throw TokenRefused.invalidClient();
                    }
                })
                .replaceWithVoid();
    }
}
