package uz.ksb.pos.simulator.state;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import uz.ksb.pos.simulator.shop.Product;
import uz.ksb.pos.simulator.shop.User;

/** A line of the journal: something that happened and is never forgotten. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "entry")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Entry.SaleStored.class, name = "sale-stored"),
    @JsonSubTypes.Type(value = Entry.SaleRepeated.class, name = "sale-repeated"),
    @JsonSubTypes.Type(value = Entry.SaleRefused.class, name = "sale-refused"),
    @JsonSubTypes.Type(value = Entry.SaleDeleted.class, name = "sale-deleted"),
    @JsonSubTypes.Type(value = Entry.RowsConfirmed.class, name = "rows-confirmed"),
    @JsonSubTypes.Type(value = Entry.RecoveryAsked.class, name = "recovery-asked"),
    @JsonSubTypes.Type(value = Entry.ProductChanged.class, name = "product-changed"),
    @JsonSubTypes.Type(value = Entry.RateChanged.class, name = "rate-changed"),
    @JsonSubTypes.Type(value = Entry.UserAdded.class, name = "user-added"),
    @JsonSubTypes.Type(value = Entry.PasswordChanged.class, name = "password-changed"),
    @JsonSubTypes.Type(value = Entry.CrmRequest.class, name = "crm-request")
})
sealed interface Entry {

    sealed interface OfEnterprise extends Entry {
        String ksbId();
    }

    record SaleStored(String ksbId, String deviceId, Instant at, String document, boolean processed, JsonNode sale)
            implements OfEnterprise {}

    record SaleRepeated(String ksbId, String deviceId, Instant at, String document) implements OfEnterprise {}

    record SaleRefused(String ksbId, String deviceId, Instant at, String document) implements OfEnterprise {}

    /** {@code sale}: as it was stored, so that its movements can be taken back. */
    record SaleDeleted(String ksbId, Instant at, String document, JsonNode sale) implements OfEnterprise {}

    record RowsConfirmed(String ksbId, String deviceId, Instant at, List<Rows> rows) implements OfEnterprise {}

    record Rows(RowType type, List<String> ids) {}

    record RecoveryAsked(String ksbId, String deviceId, Instant at) implements OfEnterprise {}

    record ProductChanged(String ksbId, Instant at, Product product) implements OfEnterprise {}

    record RateChanged(String ksbId, Instant at, String currency, BigDecimal rate) implements OfEnterprise {}

    record UserAdded(String ksbId, Instant at, User user) implements OfEnterprise {}

    /** {@code passwordHash}: never the password itself. */
    record PasswordChanged(String ksbId, Instant at, String login, String passwordHash) implements OfEnterprise {}

    /** {@code refusal}: why the request was not accepted; null when it was. */
    record CrmRequest(String webhookId, String ksbId, Instant at, String refusal, JsonNode event) implements Entry {}
}
