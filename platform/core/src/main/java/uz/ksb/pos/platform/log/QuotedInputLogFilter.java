package uz.ksb.pos.platform.log;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/** For a process without a database; others have {@code outages}, which does the same. */
@LoggingFilter(name = "quoted-input")
final class QuotedInputLogFilter implements Filter {
    private final QuotedInput input = new QuotedInput(failure -> false);

    @Override
    public boolean isLoggable(LogRecord record) {
        input.takeOutOf(record);
        return true;
    }
}
