package uz.ksb.pos.settings.bootstrap;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import uz.ksb.pos.platform.database.AtStartup;
import uz.ksb.pos.platform.database.Rows;
import uz.ksb.pos.platform.outbox.Outbox;
import uz.ksb.pos.settings.enterprise.DeviceApproval;
import uz.ksb.pos.settings.enterprise.Enterprise;
import uz.ksb.pos.settings.enterprise.EnterpriseImport;

/** SQL at start, one statement after the other. */
@ApplicationScoped
class Seeding {
    private static final String ADD_ENTERPRISE = """
            insert into enterprises (ksb_id, name, currency, cash_roundings, device_approval)
            values ($1, $2, $3, $4, $5) on conflict do nothing returning *""";

    private final Pool pool;
    private final Outbox outbox;

    Seeding(Pool pool, Outbox outbox) {
        this.pool = pool;
        this.outbox = outbox;
    }

    /** Adds an enterprise, if it is new, and tells of it. */
    void addEnterprise(String ksbId, String name, String currency, String cashRoundings, DeviceApproval approval) {
        AtStartup.await(outbox.inTransaction(connection -> connection
                .preparedQuery(ADD_ENTERPRISE)
                .execute(Tuple.of(ksbId, name, currency, cashRoundings, approval.name()))
                .chain(added -> outbox.add(
                        connection, Rows.list(added, row -> Enterprise.changed(EnterpriseImport.view(row)))))));
    }

    RowSet<Row> run(String sql, Object... values) {
        return AtStartup.await(
                Uni.createFrom().deferred(() -> pool.preparedQuery(sql).execute(Tuple.from(values))));
    }
}
