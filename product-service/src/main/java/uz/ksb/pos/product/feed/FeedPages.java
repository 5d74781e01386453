package uz.ksb.pos.product.feed;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import uz.ksb.pos.product.feed.ChangesRepository.Changes;

/**
 * Pages of the feed, compressed once and kept for a while: tills that start together are given the same bytes.
 *
 * <p>A page that is followed by others stays right however old it is: a product that changed since has a version above all that were
 * there when the page was read, so it comes later. The last page is given out again only while the catalogue's version is still the
 * one it ends with. A page is read once for all that ask for it at a time; but who came after a reading of the last page had begun
 * has it read again.
 */
@ApplicationScoped
class FeedPages {
    /** Products. */
    static final int PAGE = 1000;

    /** Of a kept page besides its bytes. */
    private static final int OVERHEAD = 200;

    private final ChangesRepository changes;
    private final Vertx vertx;
    private final long maxBytes;
    private final long maxAge;
    private final Map<Key, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Key, Flight> flights = new HashMap<>();
    private final AtomicLong readings = new AtomicLong();
    private long bytes;
    private long begun;

    FeedPages(ChangesRepository changes, Vertx vertx, FeedConfig config) {
        this.changes = changes;
        this.vertx = vertx;
        this.maxBytes = config.size().asLongValue();
        this.maxAge = config.time().toNanos();
    }

    /**
     * A page.
     *
     * @param items the products, separated by commas
     * @param empty whether there are none
     */
    record PackedPage(Packed items, boolean empty, long changeVersion, boolean more) {
        long weight() {
            return items.bytes().length + OVERHEAD;
        }
    }

    private record Key(String ksbId, long after) {}

    private record Kept(PackedPage page, long readAt) {}

    /** @param number of readings that had begun with it */
    private record Flight(long number, Uni<PackedPage> page) {}

    /** The page after a change version, at least as new as this call. */
    Uni<PackedPage> after(String ksbId, long version) {
        Key key = new Key(ksbId, version);
        PackedPage known = known(key);
        if (known == null) {
            return read(key, arrival());
        }
        return known.more()
                ? Uni.createFrom().item(known)
                : changes.newest(ksbId)
                        .chain(newest -> newest == known.changeVersion()
                                ? Uni.createFrom().item(known)
                                : read(key, arrival()));
    }

    /** How many pages were read from the database. */
    long readings() {
        return readings.get();
    }

    synchronized long bytes() {
        return bytes;
    }

    private synchronized PackedPage known(Key key) {
        Kept one = kept.get(key);
        return one == null || System.nanoTime() - one.readAt() > maxAge ? null : one.page();
    }

    private synchronized long arrival() {
        return begun + 1;
    }

    private Uni<PackedPage> read(Key key, long arrival) {
        Flight flight = flight(key);
        return flight.page()
                .chain(page -> page.more() || flight.number() >= arrival
                        ? Uni.createFrom().item(page)
                        : read(key, arrival));
    }

    private synchronized Flight flight(Key key) {
        Flight flying = flights.get(key);
        if (flying != null) {
            return flying;
        }
        long number = ++begun;
        Uni<PackedPage> page = changes.changes(key.ksbId(), key.after(), PAGE)
                .invoke(readings::incrementAndGet)
                .chain(this::packed)
                .onItemOrFailure()
                .invoke((read, failure) -> landed(key, number, read))
                .memoize()
                .indefinitely();
        Flight flight = new Flight(number, page);
        flights.put(key, flight);
        return flight;
    }

    private Uni<PackedPage> packed(Changes read) {
        return vertx.executeBlocking(
                Uni.createFrom()
                        .item(() -> new PackedPage(
                                Packed.of(String.join(",", read.views())),
                                read.views().isEmpty(),
                                read.changeVersion(),
                                read.more())),
                false);
    }

    private synchronized void landed(Key key, long number, PackedPage page) {
        Flight flight = flights.get(key);
        if (flight != null && flight.number() == number) {
            flights.remove(key);
        }
        if (page != null && page.weight() <= maxBytes) {
            Kept before = kept.put(key, new Kept(page, System.nanoTime()));
            bytes += page.weight() - (before == null ? 0 : before.page().weight());
            dropOldest();
        }
    }

    private void dropOldest() {
        Iterator<Kept> eldest = kept.values().iterator();
        while (bytes > maxBytes) {
            bytes -= eldest.next().page().weight();
            eldest.remove();
        }
    }

    /** Forgets pages that are too old to be given out. */
    @Scheduled(every = "30s", delayed = "30s")
    synchronized void dropOld() {
        long now = System.nanoTime();
        kept.values().removeIf(one -> {
            boolean old = now - one.readAt() > maxAge;
            bytes -= old ? one.page().weight() : 0;
            return old;
        });
    }
}
