package uz.ksb.pos.sales.delivery;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import uz.ksb.pos.platform.schedule.OneByOne;

/** Asks an enterprise's back office which documents it has. */
@ApplicationScoped
public class BackOfficeBooks {
    private static final Logger LOG = Logger.getLogger(BackOfficeBooks.class);
    /** A person waits for it. */
    private static final Duration LIMIT = Duration.ofSeconds(8);

    private final BackOffice backOffice;

    BackOfficeBooks(BackOffice backOffice) {
        this.backOffice = backOffice;
    }

    /** Its answer. */
    public sealed interface Books {
        /** @param sums of the documents that are there; a null value: its sum was not told */
        record Told(Map<UUID, BigDecimal> sums) implements Books {}

        /** It has no way to ask. */
        record CannotTell() implements Books {}

        /** It does not answer now. */
        record Away(String reason) implements Books {}
    }

    /** Never fails. */
    public Uni<Books> of(String ksbId, List<UUID> documents) {
        List<List<UUID>> parts = new ArrayList<>();
        for (int at = 0; at < documents.size(); at += BackOffice.MAX_CHECKED) {
            parts.add(documents.subList(at, Math.min(documents.size(), at + BackOffice.MAX_CHECKED)));
        }
        return OneByOne.map(parts.isEmpty() ? List.of(List.<UUID>of()) : parts, part -> backOffice.present(ksbId, part))
                .map(BackOfficeBooks::together)
                .ifNoItem()
                .after(LIMIT)
                .fail()
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.infof("The back office of %s does not tell which documents it has: %s", ksbId, failure);
                    return new Books.Away(String.valueOf(failure.getMessage()));
                });
    }

    private static Books together(List<Optional<List<BackOffice.Present>>> answers) {
        Map<UUID, BigDecimal> sums = new HashMap<>();
        for (Optional<List<BackOffice.Present>> answer : answers) {
            if (answer.isEmpty()) {
                return new Books.CannotTell();
            }
            answer.get().forEach(one -> sums.put(one.document(), one.sum()));
        }
        return new Books.Told(sums);
    }
}
