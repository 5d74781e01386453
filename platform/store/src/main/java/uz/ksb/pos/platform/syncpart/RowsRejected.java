package uz.ksb.pos.platform.syncpart;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.UUID;
import uz.ksb.pos.platform.event.Event;
import uz.ksb.pos.platform.event.Topics;

/**
 * The event {@code sync.rows-rejected}, version 1: the rows of one message that must not be confirmed to the back office.
 *
 * @param places in the message's rows, counted from 0
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RowsRejected(UUID syncId, String part, long reading, int chunk, List<Integer> places) {
    public static final String TYPE = "sync.rows-rejected";

    public RowsRejected {
        places = places == null ? List.of() : places;
    }

    Event event(String ksbId) {
        return new Event(Topics.SYNC, TYPE, ksbId, syncId.toString(), this);
    }
}
