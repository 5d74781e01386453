package uz.ksb.pos.simulator.state;

/**
 * How the back office treats a document.
 *
 * @param refuse a new document is refused
 * @param process a new document is posted at once
 * @param refuseRepeated a repeated document is answered with an error that says it is already there
 */
public record Verdict(boolean refuse, boolean process, boolean refuseRepeated) {
    public static final Verdict ACCEPT = new Verdict(false, true, false);
}
