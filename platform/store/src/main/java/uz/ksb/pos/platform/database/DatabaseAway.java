package uz.ksb.pos.platform.database;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import uz.ksb.pos.platform.problem.FailureTranslation;
import uz.ksb.pos.platform.problem.Problem;

/**
 * A request that the database did not answer: 503. The change may have been committed although its answer was lost, and every
 * request can be repeated by its id, so the caller is asked to send it again.
 */
@Singleton
class DatabaseAway implements FailureTranslation {
    private static final Logger LOG = Logger.getLogger(DatabaseAway.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    @Override
    public Optional<Problem> problem(Throwable failure) {
        if (!PassingFailure.is(failure)) {
            return Optional.empty();
        }
        // Once per outage: see OutageLogFilter.
        LOG.warn("The database does not answer", failure);
        return Optional.of(
                Problem.unavailable("The outcome is unknown. Send the request again: it is done once.", RETRY_AFTER));
    }
}
