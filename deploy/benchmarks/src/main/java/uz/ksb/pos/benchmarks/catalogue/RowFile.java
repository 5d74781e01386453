package uz.ksb.pos.benchmarks.catalogue;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Rows of a source, ready to be sent: making them is no part of what is measured. */
record RowFile(Path path, int rows) implements AutoCloseable {
    /** @param set rows of another set are other products */
    static RowFile of(LargeCatalogue catalogue, String set) {
        try {
            Path path = Files.createTempFile("pos-bench-", ".ndjson");
            try (BufferedWriter lines = Files.newBufferedWriter(path)) {
                for (int index = 0; index < catalogue.size(); index++) {
                    lines.write(catalogue.row(index, set));
                    lines.newLine();
                }
            }
            return new RowFile(path, catalogue.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
