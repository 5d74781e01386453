package uz.ksb.pos.sync.run;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import uz.ksb.pos.platform.ksbmerp.Places;
import uz.ksb.pos.platform.outbox.Outbox;
import uz.ksb.pos.sync.backoffice.BackOffice;
import uz.ksb.pos.sync.backoffice.Delta;
import uz.ksb.pos.sync.crm.Licences;
import uz.ksb.pos.sync.run.domain.ChunkReader;
import uz.ksb.pos.sync.run.domain.Part;
import uz.ksb.pos.sync.run.domain.PartChunk;
import uz.ksb.pos.sync.run.domain.Run;
import uz.ksb.pos.sync.run.store.PartRepository;
import uz.ksb.pos.sync.run.store.PartRepository.Reading;
import uz.ksb.pos.sync.run.store.PartRepository.ReadingOver;
import uz.ksb.pos.sync.run.store.SyncRepository;

/** Brings the rows of one part from the back office into the ingestion topic, a chunk at a time. */
@ApplicationScoped
class PartTransfer {
    private static final Duration CANCELLED_WITHIN = Duration.ofSeconds(1);

    /** A screen is told at least every 5,000 rows. */
    private static final int CHUNKS_PER_PROGRESS = 10;

    private final SyncRepository syncs;
    private final PartRepository parts;
    private final Outbox outbox;
    private final BackOffice backOffice;
    private final Licences licences;
    private final Places places;
    private final Turns turns;

    PartTransfer(
            SyncRepository syncs,
            PartRepository parts,
            Outbox outbox,
            BackOffice backOffice,
            Licences licences,
            Places places,
            SyncConfig config) {
        this.syncs = syncs;
        this.parts = parts;
        this.outbox = outbox;
        this.backOffice = backOffice;
        this.licences = licences;
        this.places = places;
        this.turns = new Turns(config.maxSenders());
    }

    Uni<Void> transfer(Run run, Part part) {
        return begin(run, part).chain(reading -> Uni.join()
                .first(read(run, part, reading), whenEnded(run))
                .toTerminate()
                .chain(delta -> places.work(run.ksbId(), send(run, part, reading, delta))
                        .eventually(delta::close)));
    }

    private Uni<Reading> begin(Run run, Part part) {
        return outbox.inTransaction(
                connection -> parts.beginReading(connection, run, part).call(() -> tell(connection, run)));
    }

    private Uni<Delta> read(Run run, Part part, Reading reading) {
        Uni<Delta> delta =
                places.call(run.ksbId(), backOffice.read(run.ksbId(), run.deviceId(), part.label(), reading.number()));
        return part == Part.ENTERPRISE
                ? delta.chain(rows -> places.work(run.ksbId(), licences.read(run.ksbId()))
                        .map(told -> told.<Delta>map(licence -> new LicensedDelta(rows, licence))
                                .orElse(rows)))
                : delta;
    }

    /** Fails when the run has ended, so that nobody waits for a back office that nobody needs any more. */
    private Uni<Delta> whenEnded(Run run) {
        return Multi.createFrom()
                .ticks()
                .every(CANCELLED_WITHIN)
                .onOverflow()
                .drop()
                .onItem()
                .transformToUniAndConcatenate(tick -> syncs.mustRun(run)
                        .onFailure(failure -> !(failure instanceof ReadingOver))
                        .recoverWithNull())
                .collect()
                .last()
                .replaceWith((Delta) null);
    }

    private Uni<Void> tell(SqlConnection connection, Run run) {
        return syncs.view(connection, run).chain(view -> outbox.add(connection, SyncEvents.progress(run, view)));
    }

    /**
     * Each chunk in a transaction and a turn of its own, so that none is long and a large delta holds up no other; only the last one
     * makes the part await its answer.
     */
    private Uni<Void> send(Run run, Part part, Reading reading, Delta delta) {
        boolean confirmed = run.confirms() && delta.object().isPresent() && !part.isConfirmedWithAnother();
        ChunkReader reader = new ChunkReader(delta);
        return Multi.createBy()
                .repeating()
                .uni(() -> turns.take(() -> next(reader).call(chunk -> send(run, part, reading, confirmed, chunk))))
                .whilst(chunk -> !chunk.last())
                .collect()
                .last()
                .chain(last -> outbox.inTransaction(connection -> end(
                        connection,
                        run,
                        part,
                        reading,
                        confirmed ? delta.object().get() : null,
                        last)));
    }

    private static Uni<PartChunk> next(ChunkReader reader) {
        return Uni.createFrom().item(reader::next).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private Uni<Void> send(Run run, Part part, Reading reading, boolean confirmed, PartChunk chunk) {
        return outbox.inTransaction(connection -> parts.count(connection, run, part, reading, confirmed, chunk)
                .chain(() -> chunk.offered().isEmpty()
                        ? Uni.createFrom().voidItem()
                        : outbox.add(connection, SyncEvents.rows(run, part, reading, chunk)))
                .chain(() -> chunk.number() % CHUNKS_PER_PROGRESS == 0
                        ? tell(connection, run)
                        : Uni.createFrom().voidItem()));
    }

    private Uni<Void> end(
            SqlConnection connection, Run run, Part part, Reading reading, String object, PartChunk last) {
        int chunks = last.offered().isEmpty() ? last.number() - 1 : last.number();
        return parts.awaitAnswer(connection, run, part, reading, object).chain(sent -> syncs.view(connection, run)
                .chain(view -> outbox.add(
                        connection,
                        List.of(SyncEvents.end(run, part, reading, chunks, sent), SyncEvents.progress(run, view)))));
    }
}
