package uz.ksb.pos.settings.client;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import uz.ksb.pos.settings.enterprise.EnterpriseRepository;
import uz.ksb.pos.settings.login.AccessTokens;
import uz.ksb.pos.settings.login.Attempts;
import uz.ksb.pos.settings.password.Passwords;

/** A machine gets its token. Wrong secrets are slowed down per client and address. */
@ApplicationScoped
class ClientTokens {
    private final ClientRepository clients;
    private final EnterpriseRepository enterprises;
    private final Passwords passwords;
    private final Attempts attempts;
    private final AccessTokens tokens;

    ClientTokens(
            ClientRepository clients,
            EnterpriseRepository enterprises,
            Passwords passwords,
            Attempts attempts,
            AccessTokens tokens) {
        this.clients = clients;
        this.enterprises = enterprises;
        this.passwords = passwords;
        this.attempts = attempts;
        this.tokens = tokens;
    }

    /** As RFC 6749, 5.1, names the fields; {@code expiresIn} in seconds. */
    record Issued(
            @JsonProperty("access_token") String accessToken,
            @JsonProperty("token_type") String tokenType,
            @JsonProperty("expires_in") long expiresIn) {}

    Uni<Issued> issue(ClientSecret given, Optional<String> address) {
        Attempts.Scope scope = new Attempts.Scope("client " + given.clientId() + " " + address.orElse(""), address);
        return attempts.begin(scope)
                .chain(() -> clients.find(given.clientId()))
                .call(client -> verify(client, given.secret()))
                .call(() -> attempts.succeed(scope))
                .chain(this::issue);
    }

    private Uni<Issued> issue(Client client) {
        return enterprises
                .get(client.ksbId())
                .map(enterprise -> new Issued(
                        tokens.ofClient(client.clientId(), enterprise),
                        "Bearer",
                        tokens.life().toSeconds()));
    }

    private Uni<Void> verify(Client client, String secret) {
        return passwords
                .verify(secret, client == null ? null : client.secretHash())
                .invoke(right -> {
                    if (!right) {
                        throw TokenRefused.invalidClient();
                    }
                })
                .replaceWithVoid();
    }
}
