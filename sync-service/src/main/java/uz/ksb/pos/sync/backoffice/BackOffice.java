package uz.ksb.pos.sync.backoffice;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import java.util.List;

/**
 * What a sync asks of an enterprise's ERP, in our words. Another ERP is another implementation.
 *
 * <p>All calls fail with {@link BackOfficeFailure} when the ERP cannot be reached or understood; nothing half-read is given.
 */
public interface BackOffice {
    /** Whether the enterprise has one configured. */
    boolean isConfigured(String ksbId);

    /**
     * The rows that the ERP offers for a part: everything not confirmed yet.
     *
     * @param part a label of a part with rows, for example {@code products}
     * @param version what each row gets as its version
     */
    Uni<Delta> read(String ksbId, String deviceId, String part, long version);

    /** Tells the ERP that rows are stored, so that it offers them no more. */
    Uni<Void> confirm(String ksbId, String deviceId, Delta.Confirmation confirmation);

    /** Asks the ERP to offer everything again. */
    Uni<Void> offerEverything(String ksbId, String deviceId);

    /**
     * What was read.
     *
     * @param rows in the shape of our ingestion topics
     * @param confirmation what to confirm when they are stored; null when nothing is to be confirmed
     */
    record Delta(List<JsonNode> rows, Confirmation confirmation) {
        /** Ids of one kind of object, in the ERP's words. */
        public record Confirmation(String object, List<String> ids) {}
    }
}
