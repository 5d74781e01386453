package uz.ksb.pos.settings.client;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Our own services, as {@code service:<name>}: one secret of the configuration ({@code pos.service.secret}) for all of them.
 * Without one there are none.
 */
@ApplicationScoped
class ServiceClients {
    private static final Pattern NAME = Pattern.compile("service:[a-z-]{1,50}");

    private final Optional<byte[]> secret;

    ServiceClients(@ConfigProperty(name = "pos.service.secret") Optional<String> secret) {
        this.secret = secret.filter(text -> !text.isBlank()).map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    /** No enterprise's client has such a name. */
    boolean isService(String clientId) {
        return NAME.matcher(clientId).matches();
    }

    /** Fails when the secret is not the services'. */
    Uni<Void> verify(ClientSecret given) {
        byte[] bytes = given.secret().getBytes(StandardCharsets.UTF_8);
        return secret.filter(known -> MessageDigest.isEqual(known, bytes)).isPresent()
                ? Uni.createFrom().voidItem()
                : Uni.createFrom().failure(TokenRefused.invalidClient());
    }
}
