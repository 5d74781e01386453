package uz.ksb.pos.product.reference;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import uz.ksb.pos.product.row.RowFields;
import uz.ksb.pos.product.row.RowRejected;

/** Makes an item of a row {@code {id, version, name, currency?, kind?, archived?, deleted?}} of the back office. */
public final class ReferenceParser {
    private static final Set<String> FIELDS =
            Set.of("id", "version", "name", "currency", "kind", "archived", "deleted");
    private static final Set<String> CASH_KINDS = Set.of("CASH", "CARD");
    private static final int MAX_CODE = 100;
    private static final int MAX_NAME = 500;
    private static final int MAX_CURRENCY = 10;

    private ReferenceParser() {}

    /**
     * @throws RowRejected when it is none
     */
    public static ReferenceItem read(JsonNode row) {
        RowFields fields = RowFields.of(row, FIELDS);
        String kind = fields.optionalText("kind", MAX_CODE);
        if (kind != null && !CASH_KINDS.contains(kind)) {
            throw fields.rejected("kind", "is neither CASH nor CARD");
        }
        boolean deleted = fields.flag("deleted");
        String id = fields.text("id", MAX_CODE);
        String name = fields.optionalText("name", MAX_NAME);
        if (name == null && !deleted) {
            throw fields.rejected("name", "is missing or blank");
        }
        return new ReferenceItem(
                id,
                fields.version("version"),
                name == null ? id : name,
                fields.optionalText("currency", MAX_CURRENCY),
                kind,
                fields.flag("archived"),
                deleted);
    }
}
