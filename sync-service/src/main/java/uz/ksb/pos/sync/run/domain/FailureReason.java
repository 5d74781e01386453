package uz.ksb.pos.sync.run.domain;

/**
 * Why a part failed.
 *
 * @param code stable: a client chooses its words by it
 * @param text in English, for those who mend it
 */
public record FailureReason(String code, String text) {
    static final FailureReason TOO_LONG = new FailureReason("run-too-long", "the run took too long");
    static final FailureReason NO_TRY_ENDED = new FailureReason("service-error", "no try came to its end");

    /** An error of ours; details are in the log only. */
    public static final FailureReason OF_THE_SERVICE =
            new FailureReason("service-error", "an error of the service; its log says more");

    static FailureReason rowsLost(long arrived, int sent) {
        return new FailureReason("rows-lost", arrived + " of " + sent + " rows arrived");
    }
}
