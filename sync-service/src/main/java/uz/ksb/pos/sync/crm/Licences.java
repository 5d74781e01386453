package uz.ksb.pos.sync.crm;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.RequestOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Reads an enterprise's licence from the CRM: {@code GET {address}/{ksbId}} answers {@code {status, licenceUntil}}. */
@ApplicationScoped
public class Licences {
    private static final Logger LOG = Logger.getLogger(Licences.class);
    private static final int MAX_YEAR = 9999;

    private final CrmConfig config;
    private final CrmHttp http;

    Licences(CrmConfig config, Vertx vertx) {
        this.config = config;
        this.http = new CrmHttp(vertx, config.timeout());
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
        return http.ask(new RequestOptions().setAbsoluteURI(address), Buffer.buffer())
                .chain(answer -> answer.status() == 200
                        ? Uni.createFrom().completionStage(answer.whole().toCompletionStage())
                        : Uni.createFrom().failure(new IllegalStateException("status " + answer.status())))
                .map(Licences::until);
    }

    private static Optional<LocalDate> until(Buffer body) {
        return Optional.ofNullable(body.toJsonObject().getString("licenceUntil"))
                .map(Licences::day);
    }

    private static LocalDate day(String text) {
        LocalDate day = LocalDate.parse(text);
        if (day.getYear() < 1 || day.getYear() > MAX_YEAR) {
            throw new DateTimeException("no calendar has the day " + text);
        }
        return day;
    }
}
