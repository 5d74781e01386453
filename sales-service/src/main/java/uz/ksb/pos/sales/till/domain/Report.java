package uz.ksb.pos.sales.till.domain;

import java.time.Instant;
import java.util.List;

/**
 * The words of a till about itself.
 *
 * @param unsent finished sales that only the till has
 * @param oldest since when there have been any, by our clock; null: there are none
 * @param lastSequence the highest number that it has given; null: none yet
 * @param reserved numbers up to that one which no finished sale has, because they are kept for the next ones
 * @param program version of the till's program
 * @param storage how its data are kept; null: not told
 * @param warnings names of what is wrong with the till itself
 * @param closing whether it is being closed properly
 */
public record Report(
        int unsent,
        Instant oldest,
        Long lastSequence,
        List<Long> reserved,
        String program,
        Storage storage,
        List<String> warnings,
        boolean closing) {

    /** Of a till that was never heard. */
    static final Report NONE = new Report(0, null, null, List.of(), null, null, List.of(), false);

    /**
     * The till's storage.
     *
     * @param persisted whether the browser has promised not to clear it
     * @param freeMegabytes as the till estimates; null: not known
     */
    public record Storage(Boolean persisted, Long freeMegabytes) {}

    long last() {
        return lastSequence == null ? 0 : lastSequence;
    }
}
