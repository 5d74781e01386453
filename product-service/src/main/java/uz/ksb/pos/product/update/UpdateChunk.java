package uz.ksb.pos.product.update;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import uz.ksb.pos.product.catalogue.Product;

/** Rows for one transaction: no product twice, so that one statement can apply them all. */
public final class UpdateChunk {
    /** Applied well within 200 ms. */
    public static final int MAX_ROWS = 1000;

    private static final int MAX_CHARACTERS = 2 * 1024 * 1024;

    private final List<UpdateRow.Readable> readable = new ArrayList<>();
    private final List<UpdateRow.Unreadable> unreadable = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private long characters;

    /** Whether {@code row} has room here; a product's second row needs the next chunk. */
    public boolean takes(UpdateRow row) {
        return size() < MAX_ROWS
                && characters < MAX_CHARACTERS
                && !(row instanceof UpdateRow.Readable one
                        && ids.contains(one.product().id()));
    }

    public void add(UpdateRow row) {
        characters += row.raw().length();
        switch (row) {
            case UpdateRow.Readable one -> {
                readable.add(one);
                ids.add(one.product().id());
            }
            case UpdateRow.Unreadable one -> unreadable.add(one);
        }
    }

    public int size() {
        return readable.size() + unreadable.size();
    }

    List<UpdateRow.Readable> readable() {
        return readable;
    }

    List<UpdateRow.Unreadable> unreadable() {
        return unreadable;
    }

    List<Product> products() {
        return readable.stream().map(UpdateRow.Readable::product).toList();
    }

    /** Cuts rows into chunks, in order. */
    public static List<UpdateChunk> of(List<UpdateRow> rows) {
        List<UpdateChunk> chunks = new ArrayList<>();
        for (UpdateRow row : rows) {
            if (chunks.isEmpty() || !chunks.getLast().takes(row)) {
                chunks.add(new UpdateChunk());
            }
            chunks.getLast().add(row);
        }
        return chunks;
    }
}
