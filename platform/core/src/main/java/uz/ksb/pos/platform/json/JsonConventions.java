package uz.ksb.pos.platform.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.function.Function;
import uz.ksb.pos.platform.problem.WrongForm;
import uz.ksb.pos.platform.text.Grammar;
import uz.ksb.pos.platform.text.StorableText;

/**
 * The rules of all our JSON. Decimals are strings, never numbers; whole numbers are JSON integers up to 2^53 - 1; times are
 * RFC 3339; UUIDs have the usual form. Nothing is converted from another type. An unknown field, a key twice, a text that cannot
 * be stored and a nesting deeper than {@value #MAX_DEPTH} are errors.
 */
@Singleton
class JsonConventions implements ObjectMapperCustomizer {
    private static final int MAX_DEPTH = 50;
    private static final int MAX_NUMBER_LENGTH = 100;
    private static final int MAX_NAME_LENGTH = 1000;

    /** Registered after the framework's modules, whose readers of times take more forms. */
    @Override
    public int priority() {
        return MINIMUM_PRIORITY;
    }

    @Override
    public void customize(ObjectMapper json) {
        json.registerModule(new SimpleModule("pos")
                .addSerializer(BigDecimal.class, new Decimals())
                .addDeserializer(String.class, new FromText<>(String.class, JsonConventions::storable))
                .addDeserializer(BigDecimal.class, new FromText<>(BigDecimal.class, Grammar::decimal))
                .addDeserializer(UUID.class, new FromText<>(UUID.class, Grammar::uuid))
                .addDeserializer(LocalDate.class, new FromText<>(LocalDate.class, Grammar::date))
                .addDeserializer(OffsetDateTime.class, new FromText<>(OffsetDateTime.class, Grammar::time))
                .addDeserializer(Instant.class, new FromText<>(Instant.class, text -> Grammar.time(text)
                        .toInstant()))
                .addDeserializer(Long.class, new WholeNumbers<>(Long.class, null, JsonConventions::asLong))
                .addDeserializer(Long.TYPE, new WholeNumbers<>(Long.TYPE, 0L, JsonConventions::asLong))
                .addDeserializer(Integer.class, new WholeNumbers<>(Integer.class, null, JsonConventions::asInt))
                .addDeserializer(Integer.TYPE, new WholeNumbers<>(Integer.TYPE, 0, JsonConventions::asInt)));
        json.coercionConfigFor(LogicalType.Boolean)
                .setCoercion(CoercionInputShape.String, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
        json.disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
        json.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        json.enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS);
        json.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
        json.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        json.getFactory()
                .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature(), true)
                .configure(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN.mappedFeature(), true)
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxNumberLength(MAX_NUMBER_LENGTH)
                        .maxNameLength(MAX_NAME_LENGTH)
                        .build());
    }

    private static String storable(String text) {
        if (!StorableText.isWhole(text)) {
            throw new IllegalArgumentException("has a character that cannot be stored");
        }
        return text;
    }

    private static Long asLong(String digits) {
        return Grammar.integer(digits, -Grammar.MAX_INTEGER, Grammar.MAX_INTEGER);
    }

    private static Integer asInt(String digits) {
        return (int) Grammar.integer(digits, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    private static final class Decimals extends StdSerializer<BigDecimal> {
        private static final long serialVersionUID = 1L;

        Decimals() {
            super(BigDecimal.class);
        }

        @Override
        public void serialize(BigDecimal value, JsonGenerator generator, SerializerProvider provider)
                throws IOException {
            generator.writeString(value.toPlainString());
        }
    }

    /** A value of one kind of token whose text is read by {@code reading}. */
    private abstract static class Strict<T> extends StdScalarDeserializer<T> {
        private static final long serialVersionUID = 1L;

        private final JsonToken expected;
        private final transient Function<String, T> reading;

        Strict(Class<?> type, JsonToken expected, Function<String, T> reading) {
            super(type);
            this.expected = expected;
            this.reading = reading;
        }

        @Override
        @SuppressWarnings("unchecked")
        public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!parser.hasToken(expected)) {
                return (T) context.handleUnexpectedToken(handledType(), parser);
            }
            try {
                return reading.apply(parser.getText());
            } catch (IllegalArgumentException e) {
                throw new WrongForm(parser, e.getMessage());
            }
        }
    }

    private static final class FromText<T> extends Strict<T> {
        private static final long serialVersionUID = 1L;

        FromText(Class<T> type, Function<String, T> reading) {
            super(type, JsonToken.VALUE_STRING, reading);
        }
    }

    private static final class WholeNumbers<T> extends Strict<T> {
        private static final long serialVersionUID = 1L;

        private final transient T absent;

        /** @param absent the value of a field that is left out or null */
        WholeNumbers(Class<T> type, T absent, Function<String, T> reading) {
            super(type, JsonToken.VALUE_NUMBER_INT, reading);
            this.absent = absent;
        }

        @Override
        public T getNullValue(DeserializationContext context) {
            return absent;
        }
    }
}
