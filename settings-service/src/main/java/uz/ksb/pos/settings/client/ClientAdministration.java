package uz.ksb.pos.settings.client;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.settings.enterprise.EnterpriseRepository;
import uz.ksb.pos.settings.event.EntityTransactions;
import uz.ksb.pos.settings.idempotency.IdempotencyKey;
import uz.ksb.pos.settings.idempotency.IdempotentRequests;
import uz.ksb.pos.settings.password.Passwords;

/** An ADMIN adds and removes clients. */
@ApplicationScoped
class ClientAdministration {
    private static final int SECRET_BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final EnterpriseRepository enterprises;
    private final ClientRepository clients;
    private final Passwords passwords;
    private final EntityTransactions transactions;
    private final IdempotentRequests requests;

    ClientAdministration(
            EnterpriseRepository enterprises,
            ClientRepository clients,
            Passwords passwords,
            EntityTransactions transactions,
            IdempotentRequests requests) {
        this.enterprises = enterprises;
        this.clients = clients;
        this.passwords = passwords;
        this.transactions = transactions;
        this.requests = requests;
    }

    /** The only answer that ever shows the secret; a repeated request under the same key shows it again. */
    record NewSecret(String clientId, String name, String clientSecret) {}

    Uni<NewSecret> add(String ksbId, String name, Optional<IdempotencyKey> key) {
        String secret = secret();
        return passwords
                .hash(ksbId, secret)
                .chain(hash -> transactions.inTransaction(
                        () -> requests.once(key, name, NewSecret.class, () -> add(ksbId, name, hash)
                                .map(client -> new NewSecret(client.clientId(), name, secret)))));
    }

    private Uni<Client> add(String ksbId, String name, String hash) {
        return enterprises
                .lock(ksbId)
                .chain(() -> clients.find(Client.id(ksbId, name)))
                .invoke(ClientAdministration::mustBeNew)
                .chain(() -> clients.persist(Client.add(ksbId, name, hash)));
    }

    /** Removing what is not there is no error: the request may be repeated. */
    Uni<Void> remove(String ksbId, String clientId) {
        return transactions.inTransaction(() -> clients.remove(ksbId, clientId)).replaceWithVoid();
    }

    private static void mustBeNew(Client known) {
        if (known != null) {
            throw Problem.taken("client-exists", "name", "is in use here already; remove that client first");
        }
    }

    private String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
