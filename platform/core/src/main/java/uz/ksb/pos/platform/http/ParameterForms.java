package uz.ksb.pos.platform.http;

import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import uz.ksb.pos.platform.problem.WrongParameter;
import uz.ksb.pos.platform.text.Grammar;

/**
 * Reads values in paths, queries and headers in the same form as in bodies. A value of another form is a
 * {@link WrongParameter}.
 */
@Provider
class ParameterForms implements ParamConverterProvider {
    @Override
    @SuppressWarnings("unchecked")
    public <T> ParamConverter<T> getConverter(Class<T> type, Type genericType, Annotation[] annotations) {
        Function<String, ?> reading = reading(type);
        return reading == null ? null : new Converter<>((Function<String, T>) reading);
    }

    private static Function<String, ?> reading(Class<?> type) {
        if (type == UUID.class) {
            return Grammar::uuid;
        } else if (type == LocalDate.class) {
            return Grammar::date;
        } else if (type == OffsetDateTime.class) {
            return Grammar::time;
        } else if (type == Long.class || type == long.class) {
            return text -> Grammar.integer(text, -Grammar.MAX_INTEGER, Grammar.MAX_INTEGER);
        } else if (type == Integer.class || type == int.class) {
            return text -> (int) Grammar.integer(text, Integer.MIN_VALUE, Integer.MAX_VALUE);
        } else if (type.isEnum()
                && Arrays.stream(type.getMethods()).noneMatch(m -> m.getName().equals("fromString"))) {
            return text -> constant(type, text);
        }
        return null;
    }

    private static Object constant(Class<?> type, String name) {
        Object[] constants = type.getEnumConstants();
        return Arrays.stream(constants)
                .filter(constant -> ((Enum<?>) constant).name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be one of "
                        + Arrays.stream(constants).map(Object::toString).collect(Collectors.joining(", "))));
    }

    private record Converter<T>(Function<String, T> reading) implements ParamConverter<T> {
        @Override
        public T fromString(String text) {
            if (text == null) {
                return null;
            }
            try {
                return reading.apply(text);
            } catch (IllegalArgumentException e) {
                throw new WrongParameter(text, e.getMessage());
            }
        }

        @Override
        public String toString(T value) {
            return value.toString();
        }
    }
}
