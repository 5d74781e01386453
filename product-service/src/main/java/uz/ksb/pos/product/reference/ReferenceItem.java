package uz.ksb.pos.product.reference;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * One entry of a dictionary.
 *
 * @param id of the source, case-sensitive; of a currency its code
 * @param version of the source, rising
 * @param currency of a price type that has its own; null otherwise
 * @param kind of a cash desk: CASH or CARD; null otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReferenceItem(
        String id, long version, String name, String currency, String kind, boolean archived, boolean deleted) {

    public static ReferenceItem named(String id, String name) {
        return new ReferenceItem(id, 0, name, null, null, false, false);
    }

    public static ReferenceItem cashDesk(String id, String name, String kind) {
        return new ReferenceItem(id, 0, name, null, kind, false, false);
    }
}
