package uz.ksb.pos.sales.till.domain;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The state of a till: the worst that is known of it. */
public enum TillState {
    /** It is heard, and the server has all that it sold. */
    WORKING(true),
    /** It said that it closes, or a manager said so, and the server has all that it sold. */
    CLOSED(true),
    /** It was never heard and has not sold today. */
    IDLE(true),
    /** Nobody has approved it yet: it cannot sell. */
    PENDING(true),
    /** Its enterprise does not have it any more, or a manager took it off the list. */
    REMOVED(true),
    /** It may not sell. The day lacks what it sold before and has not sent. */
    BLOCKED(true),
    /** It has sales that the server lacks. */
    UNSENT(false),
    /** The server lacks numbers of it that it does not have either. */
    MISSING(false),
    /** It was not heard for long and has not said that it closes: it may sell without internet. */
    AWAY(false),
    /** It sells, but never tells what it still has to send. */
    UNHEARD(false);

    private final boolean complete;

    TillState(boolean complete) {
        this.complete = complete;
    }

    /** Whether the day's sum is whole as far as this till goes, when the server lacks none of its numbers. */
    boolean isComplete() {
        return complete;
    }

    /** As in the API. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
