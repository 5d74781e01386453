package uz.ksb.pos.settings.enterprise;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import uz.ksb.pos.platform.database.Rows;
import uz.ksb.pos.platform.outbox.Outbox;
import uz.ksb.pos.platform.text.StorableText;

/** Takes over what the back office says of an enterprise: name, phones and licence. */
@ApplicationScoped
public class EnterpriseImport {
    private static final String CHANGE = """
            update enterprises set version = version + 1, name = coalesce($2, name),
                phones = coalesce($3, phones), licence_until = coalesce($4, licence_until)
            where ksb_id = $1 and (name, phones, licence_until) is distinct from
                (coalesce($2, name), coalesce($3, phones), coalesce($4, licence_until))
            returning *""";

    private final Outbox outbox;

    EnterpriseImport(Outbox outbox) {
        this.outbox = outbox;
    }

    /** Holds the enterprise until the transaction ends. @return its main currency; empty when it is not here */
    public Uni<Optional<String>> lock(SqlConnection connection, String ksbId) {
        return connection
                .preparedQuery("select currency from enterprises where ksb_id = $1 for no key update")
                .execute(Tuple.of(ksbId))
                .map(rows -> Rows.stream(rows).findFirst().map(row -> row.getString(0)));
    }

    /** @return whether anything changed */
    public Uni<Boolean> apply(SqlConnection connection, String ksbId, EnterprisePatch given) {
        String phones = given.phones() == null ? null : new LineListConverter().convertToDatabaseColumn(given.phones());
        return connection
                .preparedQuery(CHANGE)
                .execute(Tuple.of(
                        ksbId,
                        given.name() == null ? null : StorableText.stored(given.name()),
                        phones,
                        given.licenceUntil()))
                .chain(rows -> rows.size() == 0
                        ? Uni.createFrom().item(false)
                        : outbox.add(
                                        connection,
                                        Enterprise.changed(view(rows.iterator().next())))
                                .replaceWith(true));
    }

    /** The view of a row of the table. */
    public static EnterpriseView view(Row row) {
        return new EnterpriseView(
                row.getString("ksb_id"),
                row.getString("name"),
                new LineListConverter().convertToEntityAttribute(row.getString("phones")),
                row.getString("zone"),
                row.getString("currency"),
                row.getLocalTime("day_start"),
                row.getLocalDate("licence_until"),
                NegativeStock.valueOf(row.getString("negative_stock")),
                new CashRoundingConverter().convertToEntityAttribute(row.getString("cash_roundings")),
                row.getBigDecimal("cash_limit"),
                new LineListConverter().convertToEntityAttribute(row.getString("weighed_barcodes")),
                DeviceApproval.valueOf(row.getString("device_approval")),
                row.getLong("version"));
    }
}
