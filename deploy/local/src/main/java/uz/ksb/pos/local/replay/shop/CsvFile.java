package uz.ksb.pos.local.replay.shop;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import uz.ksb.pos.local.failure.CommandFailed;

/**
 * A CSV file with a header: UTF-8, comma, RFC 4180 quoting, gzip when its name ends so.
 *
 * @param columns the header that it must have
 */
public record CsvFile(Path path, List<String> columns) {

    /** Long enough for any amount, short enough that nobody computes with a million digits. */
    private static final int MAX_NUMBER = 20;

    /**
     * All lines below the header.
     *
     * @throws CommandFailed naming the file, and the line if one is to blame
     */
    public <T> List<T> read(Function<Line, T> mapping) {
        List<T> read = new ArrayList<>();
        long line = 0;
        try (Reader reader = open();
                CsvReader<CsvRecord> records = parser().ofCsvRecord(reader)) {
            Iterator<CsvRecord> iterator = records.iterator();
            requireHeader(iterator);
            while (iterator.hasNext()) {
                CsvRecord found = iterator.next();
                line = found.getStartingLineNumber();
                read.add(mapping.apply(line(found)));
            }
            return read;
        } catch (CsvParseException e) {
            throw new CommandFailed("%s is broken after line %d: a quote is not closed or stands in the wrong place"
                    .formatted(name(), Math.max(line, 1)));
        } catch (UncheckedIOException e) {
            throw unreadable(e.getCause());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    public String name() {
        return path.getFileName().toString();
    }

    private static CsvReader.CsvReaderBuilder parser() {
        return CsvReader.builder()
                .skipEmptyLines(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false);
    }

    private Reader open() throws IOException {
        InputStream bytes = Files.newInputStream(path);
        try {
            InputStream plain = name().endsWith(".gz") ? new GZIPInputStream(bytes, 1 << 16) : bytes;
            return new InputStreamReader(plain, StandardCharsets.UTF_8.newDecoder());
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }

    private void requireHeader(Iterator<CsvRecord> records) {
        if (!records.hasNext() || !records.next().getFields().equals(columns)) {
            throw new CommandFailed("%s, line 1: the header must be %s".formatted(name(), String.join(",", columns)));
        }
    }

    private Line line(CsvRecord found) {
        Line line = new Line(this, found.getStartingLineNumber(), found.getFields());
        if (found.getFieldCount() != columns.size()) {
            throw line.broken("%d fields instead of %d".formatted(found.getFieldCount(), columns.size()));
        }
        return line;
    }

    private CommandFailed unreadable(IOException cause) {
        String reason = cause instanceof MalformedInputException ? "it is not UTF-8" : cause.getMessage();
        return new CommandFailed("%s cannot be read: %s".formatted(name(), reason));
    }

    /** One line of the file, with its number for complaints. */
    public record Line(CsvFile file, long number, List<String> fields) {

        String text(String column) {
            return fields.get(file.columns.indexOf(column));
        }

        /** @throws CommandFailed when the field is empty */
        String required(String column) {
            String text = text(column);
            if (text.isBlank()) {
                throw broken("no " + column);
            }
            return text;
        }

        BigDecimal decimal(String column) {
            String text = text(column);
            try {
                if (text.length() <= MAX_NUMBER && !text.contains("e") && !text.contains("E")) {
                    return new BigDecimal(text);
                }
            } catch (NumberFormatException notANumber) {
                // told below
            }
            throw broken("%s '%s' is not a number".formatted(column, shortened(text)));
        }

        LocalDateTime time(String column) {
            try {
                return LocalDateTime.parse(text(column));
            } catch (DateTimeException e) {
                throw broken(
                        "%s '%s' is not a time like 2011-11-14T08:10:00".formatted(column, shortened(text(column))));
            }
        }

        CommandFailed broken(String why) {
            return new CommandFailed("%s, line %d: %s".formatted(file.name(), number, why));
        }

        private static String shortened(String text) {
            String oneLine = text.replaceAll("\\s+", " ");
            return oneLine.length() <= 40 ? oneLine : oneLine.substring(0, 40) + "…";
        }
    }
}
