package uz.ksb.pos.settings;

import static uz.ksb.pos.platform.testing.TestInfrastructure.execute;
import static uz.ksb.pos.platform.testing.TestInfrastructure.query;

/**
 * Counts every row that is inserted or updated, changed or not, as {@code n_tup_ins + n_tup_upd} does, but at once: the
 * server's statistics arrive seconds later.
 */
public final class RowWrites {
    private static final String COUNTING = """
            create table if not exists row_writes (written_table text not null);
            create or replace function count_row_write() returns trigger language plpgsql as
                'begin insert into row_writes values (tg_table_name); return null; end';
            create or replace trigger count_row_writes after insert or update on user_settings
                for each row execute function count_row_write();
            create or replace trigger count_row_writes after insert or update on device_settings
                for each row execute function count_row_write();
            create or replace trigger count_row_writes after insert or update on users
                for each row execute function count_row_write();
            create or replace trigger count_row_writes after insert or update on enterprises
                for each row execute function count_row_write()""";

    private final String table;
    private final int before;

    private RowWrites(String table) {
        this.table = table;
        this.before = count(table);
    }

    /** Counts from now on. */
    public static RowWrites of(String table) {
        execute(COUNTING);
        return new RowWrites(table);
    }

    public int count() {
        return count(table) - before;
    }

    /**
     * How many more rows the server counts ({@code n_tup_ins + n_tup_upd}) than there are versions: such as were put into the
     * table and taken out again. Its sessions tell it within a second while they are used, else within ten.
     */
    public static int withoutVersion(String table) {
        return number("select n_tup_ins + n_tup_upd - (select coalesce(sum(version), 0) from " + table
                + ") from pg_stat_user_tables where relname = '" + table + "'");
    }

    private static int count(String table) {
        return number("select count(*) from row_writes where written_table = '" + table + "'");
    }

    private static int number(String sql) {
        return ((Number) query(sql)).intValue();
    }
}
