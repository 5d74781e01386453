package uz.ksb.pos.sync.backoffice;

import io.smallrye.mutiny.Uni;
import java.util.List;
import uz.ksb.pos.platform.ksbmerp.BackOfficeFailure;

/**
 * The questions that a sync asks an enterprise's ERP, in our words. Another ERP is another implementation.
 *
 * <p>All calls fail with {@link BackOfficeFailure} when the ERP cannot be reached or understood.
 */
public interface BackOffice {
    /** Whether the enterprise has one configured. */
    boolean isConfigured(String ksbId);

    /**
     * Reads the rows that the ERP offers for a part: everything that is not confirmed yet.
     *
     * @param part a label of a part with rows, for example {@code products}
     * @param version the version that each row gets
     * @return the rows; the caller closes them
     */
    Uni<Delta> read(String ksbId, String deviceId, String part, long version);

    /**
     * Tells the ERP that rows are stored, so that it offers them no more.
     *
     * @param object the ERP's word for the kind of rows, from {@link Delta#object}
     * @param ids as the ERP gave them
     */
    Uni<Void> confirm(String ksbId, String deviceId, String object, List<String> ids);

    /** Asks the ERP to offer everything again. */
    Uni<Void> offerEverything(String ksbId, String deviceId);
}
