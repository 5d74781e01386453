package uz.ksb.pos.platform.syncpart;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import uz.ksb.pos.platform.event.CloudEvent;

/** Stores the rows of a service's parts. */
public interface SyncPartHandler {
    /** Whether rows of this part are for this service. */
    boolean handles(String part);

    /** Stores the good rows in the transaction of {@code connection} and names the others. */
    Uni<RowsResult> apply(SqlConnection connection, CloudEvent event, SyncPart.Rows rows);

    /** Called in the transaction of the answer to a part's end, before it. */
    default Uni<Void> end(SqlConnection connection, CloudEvent event, SyncPart.End end) {
        return Uni.createFrom().voidItem();
    }

    /** Called in the same transaction when all rows of the part were applied, or rejected: none was lost on the way. */
    default Uni<Void> arrived(SqlConnection connection, CloudEvent event, SyncPart.End end) {
        return Uni.createFrom().voidItem();
    }

    /** Called after a message's transaction. */
    default void committed() {}
}
