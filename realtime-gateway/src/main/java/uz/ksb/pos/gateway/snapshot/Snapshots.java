package uz.ksb.pos.gateway.snapshot;

import java.util.concurrent.CompletionStage;
import uz.ksb.pos.gateway.protocol.Channel;
import uz.ksb.pos.gateway.token.VerifiedToken;

/** The present value of a state channel, from the service that owns it, as the subscriber may see it. */
public interface Snapshots {
    /** Completed on any thread, never exceptionally. */
    CompletionStage<Snapshot> fetch(Channel channel, VerifiedToken verified);

    /** The owner's answer. */
    sealed interface Snapshot {
        /** @param json as the owner gave it; {@code null} as text when there is nothing yet */
        record Value(byte[] json) implements Snapshot {}

        /** The subscriber may not see it. */
        record Refused() implements Snapshot {}

        /** The owner does not answer. */
        record Unavailable() implements Snapshot {}
    }
}
