package uz.ksb.pos.platform.log;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.logging.LogRecord;
import java.util.stream.Stream;
import org.jboss.logmanager.ExtLogRecord;

/**
 * Takes input out of the failures that a line of the log tells. A parser's message quotes what it could not read: a name, a phone
 * number, a card. Of such a failure its class, its place in the input and its stack stay; so do messages of our own code, which
 * quote nothing.
 */
public final class QuotedInput {
    private static final String OURS = "uz.ksb.pos.";
    /** Of a map that is collected: both values follow. */
    private static final String DUPLICATE = "Duplicate key ";
    /** Its failures tell the token, or what it claims. */
    private static final String TOKENS = "org.jose4j.";

    private static final int MAX_CAUSES = 10;

    private final Predicate<Throwable> others;

    /** @param others failures of further libraries whose messages quote input */
    public QuotedInput(Predicate<Throwable> others) {
        this.others = others;
    }

    /** Replaces the record's failure, and its parameters, where they quote. */
    public void takeOutOf(LogRecord record) {
        if (record.getThrown() != null) {
            record.setThrown(without(record.getThrown()));
        }
        Object[] parameters = record.getParameters();
        Object[] told = parameters == null
                ? null
                : Stream.of(parameters).map(this::told).toArray();
        if (!Arrays.equals(parameters, told)) {
            record.setParameters(told);
            if (record instanceof ExtLogRecord formatted) {
                // Or a text that was formatted before would stay.
                formatted.setMessage(formatted.getMessage(), formatted.getFormatStyle());
            }
        }
    }

    /** An address, which the framework tells of a request that failed, loses its question. */
    private Object told(Object parameter) {
        return switch (parameter) {
            case Throwable failure -> without(failure);
            case String text when text.startsWith("/") -> text.replaceFirst("(?s)\\?.*", "?");
            case null, default -> parameter;
        };
    }

    /** @return the failure itself when neither it nor a cause quotes input */
    Throwable without(Throwable failure) {
        List<String> quotations = causes(failure)
                .filter(this::quotes)
                .map(Throwable::getMessage)
                .filter(Objects::nonNull)
                .toList();
        return quotations.isEmpty() ? failure : copy(failure, quotations, MAX_CAUSES);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(MAX_CAUSES);
    }

    private boolean quotes(Throwable failure) {
        return switch (failure) {
            case JsonProcessingException unreadable ->
                !isOurs(unreadable.getClass().getName());
            case DateTimeException unreadable -> true;
            case URISyntaxException unreadable -> true;
            case IllegalArgumentException wrong -> !isThrownByUs(wrong);
            case IllegalStateException twice
            when String.valueOf(twice.getMessage()).startsWith(DUPLICATE) -> true;
            case Exception verifying when verifying.getClass().getName().startsWith(TOKENS) -> true;
            default -> others.test(failure);
        };
    }

    private static boolean isThrownByUs(Throwable failure) {
        StackTraceElement[] stack = failure.getStackTrace();
        return isOurs(failure.getClass().getName()) || stack.length > 0 && isOurs(stack[0].getClassName());
    }

    private static boolean isOurs(String className) {
        return className.startsWith(OURS);
    }

    private Throwable copy(Throwable failure, List<String> quotations, int depth) {
        Throwable cause = failure.getCause();
        return new Reduced(
                description(failure, quotations),
                failure.getStackTrace(),
                cause == null || depth == 0 ? null : copy(cause, quotations, depth - 1));
    }

    private static String description(Throwable failure, List<String> quotations) {
        String message = failure.getMessage();
        boolean repeats = message != null && quotations.stream().anyMatch(message::contains);
        return repeats ? failure.getClass().getName() + place(failure) : failure.toString();
    }

    private static String place(Throwable failure) {
        JsonLocation place = failure instanceof JsonProcessingException unreadable ? unreadable.getLocation() : null;
        return place == null ? "" : " at line %d, column %d".formatted(place.getLineNr(), place.getColumnNr());
    }

    /** A failure as the log may tell it. */
    private static final class Reduced extends Exception {
        private static final long serialVersionUID = 1L;

        Reduced(String description, StackTraceElement[] stack, Throwable cause) {
            super(description, cause);
            setStackTrace(stack);
        }

        @Override
        public String toString() {
            return getMessage();
        }
    }
}
