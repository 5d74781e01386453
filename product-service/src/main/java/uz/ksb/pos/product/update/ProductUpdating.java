package uz.ksb.pos.product.update;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import uz.ksb.pos.platform.outbox.Outbox;
import uz.ksb.pos.product.catalogue.Catalogue;
import uz.ksb.pos.product.catalogue.ChunkResult;
import uz.ksb.pos.product.catalogue.Source;
import uz.ksb.pos.product.update.UpdateResult.RejectedRow;

/** Applies one chunk of rows: the good ones to the catalogue, the bad ones to those that are kept for a person. */
@ApplicationScoped
public class ProductUpdating {
    private final Catalogue catalogue;
    private final RejectedUpdates rejectedUpdates;
    private final Outbox outbox;

    ProductUpdating(Catalogue catalogue, RejectedUpdates rejectedUpdates, Outbox outbox) {
        this.catalogue = catalogue;
        this.rejectedUpdates = rejectedUpdates;
        this.outbox = outbox;
    }

    /** In a transaction of its own. */
    Uni<UpdateResult> apply(String ksbId, UpdateChunk chunk, boolean bulk) {
        return outbox.inTransaction(connection -> apply(connection, ksbId, chunk, Source.pushed(bulk)));
    }

    /** In the transaction of {@code connection}. */
    public Uni<UpdateResult> apply(SqlConnection connection, String ksbId, UpdateChunk chunk, Source source) {
        return catalogue
                .apply(connection, ksbId, chunk.products(), source)
                .map(applied -> result(chunk, applied))
                .call(result -> rejectedUpdates.keep(connection, ksbId, result.rejected()));
    }

    private static UpdateResult result(UpdateChunk chunk, ChunkResult applied) {
        List<RejectedRow> rejected = rejected(chunk, applied);
        return new UpdateResult(
                chunk.size(),
                applied.created(),
                applied.updated(),
                applied.unchanged(),
                applied.stale(),
                rejected.size(),
                rejected);
    }

    private static List<RejectedRow> rejected(UpdateChunk chunk, ChunkResult applied) {
        if (chunk.unreadable().isEmpty() && applied.rejected().isEmpty()) {
            return List.of();
        }
        Stream<RejectedRow> unreadable = chunk.unreadable().stream()
                .map(row -> new RejectedRow(row.line(), row.productId(), row.reason(), row.raw()));
        Stream<RejectedRow> refused = applied.rejected().stream().map(rejection -> {
            UpdateRow.Readable row = chunk.readable().get(rejection.place());
            return new RejectedRow(row.line(), row.product().id(), rejection.reason(), row.raw());
        });
        return new ArrayList<>(Stream.concat(unreadable, refused)
                .sorted(Comparator.comparingLong(RejectedRow::line))
                .toList());
    }
}
