package uz.ksb.pos.sync.crm;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Reads an enterprise's licence from the CRM: {@code GET {address}/{ksbId}} answers {@code {status, licenceUntil}}. */
@ApplicationScoped
public class Licences {
    private static final Logger LOG = Logger.getLogger(Licences.class);

    private final CrmConfig config;
    private final WebClient http;

    Licences(CrmConfig config, Vertx vertx) {
        this.config = config;
        this.http = WebClient.create(vertx);
    }

    /**
     * A licence as the CRM tells it.
     *
     * @param until its last day; empty: the CRM does not say, and what was known before stays
     */
    public record Licence(Optional<LocalDate> until) {}

    /** Never fails, because a licence that cannot be read must not stop a sync. Empty: no CRM is configured for it. */
    public Uni<Optional<Licence>> read(String ksbId) {
        return config.licenceUrl().isEmpty()
                ? Uni.createFrom().item(Optional.empty())
                : ask(config.licenceUrl().get().replaceAll("/+$", "") + "/" + ksbId)
                        .onFailure()
                        .invoke(failure -> LOG.warnf("The licence of %s cannot be read: %s", ksbId, failure))
                        .onFailure()
                        .recoverWithItem(Optional.empty())
                        .map(until -> Optional.of(new Licence(until)));
    }

    private Uni<Optional<LocalDate>> ask(String address) {
        return http.getAbs(address)
                .followRedirects(false)
                .timeout(config.timeout().toMillis())
                .send()
                .map(Licences::until);
    }

    private static Optional<LocalDate> until(HttpResponse<Buffer> answer) {
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("status " + answer.statusCode());
        }
        JsonObject licence = answer.bodyAsJsonObject();
        return Optional.ofNullable(licence.getString("licenceUntil")).map(LocalDate::parse);
    }
}
