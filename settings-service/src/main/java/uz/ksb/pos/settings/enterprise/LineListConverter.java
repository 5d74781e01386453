package uz.ksb.pos.settings.enterprise;

import jakarta.persistence.AttributeConverter;
import java.util.List;

/** A list of texts in one column, one per line. */
class LineListConverter implements AttributeConverter<List<String>, String> {
    @Override
    public String convertToDatabaseColumn(List<String> texts) {
        return String.join("\n", texts);
    }

    @Override
    public List<String> convertToEntityAttribute(String column) {
        return column.isEmpty() ? List.of() : List.of(column.split("\n"));
    }
}
