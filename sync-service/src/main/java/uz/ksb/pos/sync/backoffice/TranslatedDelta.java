package uz.ksb.pos.sync.backoffice;

import java.util.Optional;
import uz.ksb.pos.platform.ksbmerp.KsbMerpDelta;

/** KSB-MERP's rows of one part, translated one by one. */
final class TranslatedDelta implements Delta {
    private final KsbMerpDelta delta;
    private final KsbMerpRows rows;
    private final String part;
    private final long version;

    TranslatedDelta(KsbMerpDelta delta, KsbMerpRows rows, String part, long version) {
        this.delta = delta;
        this.rows = rows;
        this.part = part;
        this.version = version;
    }

    @Override
    public Optional<String> object() {
        return Optional.of(delta.object());
    }

    @Override
    public Optional<Row> next() {
        return delta.next().map(row -> rows.translated(part, row, delta.dictionaries(), version));
    }

    @Override
    public void close() {
        delta.close();
    }
}
