package uz.ksb.pos.settings.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.Validator;
import java.util.stream.Collectors;
import uz.ksb.pos.platform.json.Json;
import uz.ksb.pos.settings.enterprise.EnterprisePatch;

/** Reads a row; what cannot be read or is not valid says why. */
@ApplicationScoped
class RowReading {
    static final String ENTERPRISE = "enterprise";
    static final String SETTINGS = "settings";

    private final ObjectMapper json;
    private final Validator validator;

    RowReading(ObjectMapper json, Validator validator) {
        this.json = json;
        this.validator = validator;
    }

    /** @throws IllegalArgumentException with a reason for people */
    BackOfficeRow read(String part, JsonNode row) {
        return switch (part) {
            case ENTERPRISE -> valid(new BackOfficeRow.OfEnterprise(typed(row, EnterprisePatch.class)));
            case SETTINGS -> settings(row);
            default -> throw new IllegalArgumentException("the part " + part + " has no rows here");
        };
    }

    /** The row in one form: equal rows are written equally. */
    JsonObject content(BackOfficeRow row) {
        return new JsonObject(Json.write(json, row));
    }

    /** The row that {@link #content} wrote; null for nothing. */
    <T> T remembered(JsonObject content, Class<T> type) {
        return content.isEmpty() ? null : Json.read(json, content.encode(), type);
    }

    private BackOfficeRow settings(JsonNode row) {
        return switch (row.path("kind").asText()) {
            case "user" -> {
                BackOfficeRow.OfUser user = valid(typed(row, BackOfficeRow.OfUser.class));
                mustBeValid(user.settings().onDefaults(user.role()));
                yield user;
            }
            case "device" -> {
                BackOfficeRow.OfDevice device = valid(typed(row, BackOfficeRow.OfDevice.class));
                mustBeValid(device.settings().onDefaults());
                yield device;
            }
            default -> throw new IllegalArgumentException("kind is neither user nor device");
        };
    }

    private <T> T typed(JsonNode row, Class<T> type) {
        try {
            return json.treeToValue(row, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(reason(e), e);
        }
    }

    private static String reason(JsonProcessingException e) {
        String field = e instanceof JsonMappingException mapping
                ? mapping.getPath().stream()
                        .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                        .collect(Collectors.joining("."))
                : "";
        return (field.isEmpty() ? "the row" : field) + " has the wrong type or form";
    }

    private <T> T valid(T given) {
        mustBeValid(given);
        return given;
    }

    private void mustBeValid(Object given) {
        String wrong = validator.validate(given).stream()
                .map(violation -> violation.getPropertyPath() + " " + violation.getMessage())
                .sorted()
                .collect(Collectors.joining("; "));
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(wrong);
        }
    }
}
