package uz.ksb.pos.simulator.fault;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Set;

/**
 * The faults ordered for one method, or for all of the back office. Rates are shares from 0 to 1; everything left out is off.
 *
 * @param method its name in the contract, {@code crm} or {@code ksb-info}; absent: every method of the back office
 * @param ksbId only for this enterprise; absent: for all
 * @param times only the next so many requests are struck, by all but latency, time down and what is about devices or documents; 0: all
 * @param status answers this with {@code body} and does nothing, even for a wrong password; 0: off
 * @param body of such an answer
 * @param latencyMs before anything else happens
 * @param errorRate answers 500 and does nothing
 * @param htmlRate answers an HTML page with status 200 and does nothing
 * @param lostAnswerRate does everything, then breaks the connection
 * @param halfAnswerRate does everything, then answers the first half of the JSON with status 200
 * @param silentForSeconds does everything, answers the first half of the JSON, then nothing for so long, and breaks the connection
 * @param stalledForSeconds makes the whole answer at once, and sends its second half so much later
 * @param downForSeconds breaks every connection from now on for so long
 * @param refuseRate create_sales: this share of the documents is refused, the same ones each time
 * @param refuseDocuments create_sales: these documents are refused
 * @param unprocessedRate create_sales: this share is accepted, but not processed
 * @param missingRowRate create_sales: this share is stored, and has no row in the answer
 * @param shuffledRows create_sales: the answer's rows stand in another order
 * @param refuseRepeated create_sales: a repeated document is an error that says "already there"
 * @param changeBetweenReadAndRemove product_update: so many of the offered products change right after they were read
 * @param rowsTwice any delta: so many of its first rows stand in it once more, at its end
 * @param indexesOutOfRange product_update: so many of its first rows point behind the end of a dictionary
 * @param deniedDevices permission: these have none
 * @param seed of the draws
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Faults(
        String method,
        String ksbId,
        int times,
        int status,
        String body,
        long latencyMs,
        double errorRate,
        double htmlRate,
        double lostAnswerRate,
        double halfAnswerRate,
        double silentForSeconds,
        double stalledForSeconds,
        double downForSeconds,
        double refuseRate,
        Set<String> refuseDocuments,
        double unprocessedRate,
        double missingRowRate,
        boolean shuffledRows,
        boolean refuseRepeated,
        int changeBetweenReadAndRemove,
        int rowsTwice,
        int indexesOutOfRange,
        Set<String> deniedDevices,
        long seed) {

    static final Faults NONE =
            new Faults(null, null, 0, 0, "", 0, 0, 0, 0, 0, 0, 0, 0, 0, null, 0, 0, false, false, 0, 0, 0, null, 0);

    public Faults {
        if (latencyMs < 0) {
            throw new IllegalArgumentException("latencyMs is negative");
        }
        body = body == null ? "" : body;
        refuseDocuments = refuseDocuments == null ? Set.of() : Set.copyOf(refuseDocuments);
        deniedDevices = deniedDevices == null ? Set.of() : Set.copyOf(deniedDevices);
    }
}
