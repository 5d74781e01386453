package uz.ksb.pos.settings.enterprise;

import jakarta.persistence.AttributeConverter;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Cash roundings in one column: {@code UZS=100,USD=1}. */
class CashRoundingConverter implements AttributeConverter<SortedMap<String, Integer>, String> {
    @Override
    public String convertToDatabaseColumn(SortedMap<String, Integer> roundings) {
        return roundings.entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining(","));
    }

    @Override
    public SortedMap<String, Integer> convertToEntityAttribute(String column) {
        SortedMap<String, Integer> roundings = new TreeMap<>();
        for (String entry : column.isEmpty() ? new String[0] : column.split(",")) {
            String[] parts = entry.split("=");
            roundings.put(parts[0], Integer.valueOf(parts[1]));
        }
        return roundings;
    }
}
