package uz.ksb.pos.platform.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logmanager.ExtLogRecord;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uz.ksb.pos.platform.problem.WrongForm;

class QuotedInputTest {
    private static final String PHONE = "+998901234567";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final QuotedInputLogFilter FILTER = new QuotedInputLogFilter();

    enum Status {
        OPEN
    }

    record Sale(BigDecimal sum, LocalDate day, Status status, List<Sale> lines) {}

    static Stream<Callable<?>> parsers() {
        return Stream.of(
                () -> JSON.readTree("{\"name\": " + PHONE.substring(1) + "x}"),
                () -> JSON.readTree("Alisher" + PHONE),
                () -> JSON.readValue("{\"sum\": \"" + PHONE + " som\"}", Sale.class),
                () -> JSON.readValue("{\"status\": \"" + PHONE + "\"}", Sale.class),
                () -> JSON.readValue("{\"lines\": \"" + PHONE + "\"}", Sale.class),
                () -> JSON.readValue("{\"" + PHONE + "\": 1}", Sale.class),
                () -> LocalDate.parse(PHONE),
                () -> new BigDecimal("sum " + PHONE),
                () -> Long.valueOf("x" + PHONE),
                () -> UUID.fromString(PHONE),
                () -> Status.valueOf(PHONE),
                () -> URI.create("http://host/ ?phone=" + PHONE),
                () -> Stream.of(PHONE, PHONE).collect(Collectors.toMap(String::length, phone -> phone)),
                () -> new JwtConsumerBuilder()
                        .setSkipSignatureVerification()
                        .setDisableRequireSignature()
                        .setJwsAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS)
                        .setExpectedIssuer("ksb-pos")
                        .build()
                        .processToClaims(unsigned("{\"name\":\"" + PHONE + "\"}")));
    }

    private static String unsigned(String claims) throws JoseException {
        JsonWebSignature token = new JsonWebSignature();
        token.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        token.setAlgorithmHeaderValue(AlgorithmIdentifiers.NONE);
        token.setPayload(claims);
        return token.getCompactSerialization();
    }

    @ParameterizedTest
    @MethodSource("parsers")
    void aParsersFailureKeepsItsClassAndNotItsInput(Callable<?> parser) {
        Throwable failure = catchThrowable(parser::call);
        assertThat(failure).isNotNull();

        for (Throwable logged :
                List.of(failure, new IllegalStateException(failure), new IllegalStateException("reading", failure))) {
            ExtLogRecord record = record("it failed", logged);
            ExtLogRecord parameter = record("it failed: %s", null, logged);
            // As another handler would have done before.
            assertThat(parameter.getFormattedMessage()).isNotNull();

            assertThat(FILTER.isLoggable(record) && FILTER.isLoggable(parameter))
                    .isTrue();

            assertThat(stack(record.getThrown()))
                    .doesNotContain(PHONE.substring(1))
                    .contains(failure.getClass().getName())
                    .contains("\tat " + QuotedInputTest.class.getName());
            assertThat(parameter.getFormattedMessage())
                    .doesNotContain(PHONE.substring(1))
                    .startsWith("it failed: ");
        }
    }

    @Test
    void theAddressOfAFailedRequestLosesItsQuestion() {
        ExtLogRecord record =
                record("HTTP Request to %s failed, error id: %s", null, "/api/customers?search=" + PHONE, "17-1");

        assertThat(FILTER.isLoggable(record)).isTrue();

        assertThat(record.getFormattedMessage()).isEqualTo("HTTP Request to /api/customers? failed, error id: 17-1");
    }

    @Test
    void ourOwnReasonsStay() {
        List<Throwable> reasons = List.of(
                new IllegalArgumentException("the header ce_id is missing"),
                new IllegalStateException("the keys", new IOException("no such file")),
                new WrongForm(null, "must be a UUID"));

        assertThat(reasons).allSatisfy(reason -> {
            ExtLogRecord record = record("it failed: %s", reason, reason);
            assertThat(FILTER.isLoggable(record)).isTrue();
            assertThat(record.getThrown()).isSameAs(reason);
            assertThat(record.getFormattedMessage()).isEqualTo("it failed: " + reason);
        });
    }

    private static ExtLogRecord record(String format, Throwable thrown, Object... parameters) {
        ExtLogRecord record = new ExtLogRecord(
                Level.WARNING, format, ExtLogRecord.FormatStyle.PRINTF, QuotedInputTest.class.getName());
        record.setThrown(thrown);
        record.setParameters(parameters);
        return record;
    }

    private static String stack(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
