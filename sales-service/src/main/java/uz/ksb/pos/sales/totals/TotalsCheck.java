package uz.ksb.pos.sales.totals;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.StreamSupport;

/** Compares the totals with a plain aggregate over the sales: they must always be the same. */
@ApplicationScoped
public class TotalsCheck {
    /** One statement, so one moment: what runs meanwhile makes no difference. */
    public static final String DIFFERENCES = """
            with sold as (
              select ksb_id, business_date as date, named.figure, sum(named.amount) as amount
              from sales, lateral (values
                ('count', (kind = 'SALE')::int::numeric), ('returnsCount', (kind = 'RETURN')::int::numeric),
                ('gross', case kind when 'SALE' then main_total else 0 end),
                ('returns', case kind when 'RETURN' then main_total else 0 end),
                ('cash', case kind when 'SALE' then main_cash else -main_cash end),
                ('card', case kind when 'SALE' then main_card else -main_card end),
                ('debt', case kind when 'SALE' then main_debt else -main_debt end),
                ('discount', case kind when 'SALE' then main_discount else -main_discount end),
                ('rounding', case kind when 'SALE' then main_rounding else -main_rounding end)
              ) as named (figure, amount)
              where status = 'COMPLETED' group by 1, 2, 3
              union all
              select ksb_id, null, 'notDelivered', count(*) from sales
              where delivery_status = 'NOT_DELIVERED' group by 1
              union all
              select ksb_id, null, 'rejected', count(*) from sales where delivery_status = 'REJECTED' group by 1
              union all
              select ksb_id, null, 'toReview', count(*)
              from (select ksb_id from sale_conflicts where resolution is null
                    union all select ksb_id from unreadable_sales) as open group by 1
              union all
              select ksb_id, null, 'customers', count(*) from customers where not archived group by 1
            ),
            parts as (
              select ksb_id, business_date, count, returns_count, main_gross, main_returns, main_cash, main_card,
                     main_debt, main_discount, main_rounding from day_totals
              union all
              select ksb_id, business_date, count, returns_count, main_gross, main_returns, main_cash, main_card,
                     main_debt, main_discount, main_rounding from total_changes
            ),
            general as (
              select ksb_id, not_delivered, rejected, to_review, customers from enterprise_totals
              union all
              select ksb_id, not_delivered, rejected, to_review, customers from total_changes
            ),
            told as (
              select ksb_id, business_date as date, named.figure, sum(named.amount) as amount
              from parts, lateral (values
                ('count', count::numeric), ('returnsCount', returns_count::numeric), ('gross', main_gross),
                ('returns', main_returns), ('cash', main_cash), ('card', main_card), ('debt', main_debt),
                ('discount', main_discount), ('rounding', main_rounding)) as named (figure, amount)
              group by 1, 2, 3
              union all
              select ksb_id, null, named.figure, sum(named.amount)
              from general, lateral (values ('notDelivered', not_delivered::numeric), ('rejected', rejected),
                ('toReview', to_review), ('customers', customers)) as named (figure, amount)
              group by 1, 3
            )
            select ksb_id, coalesce(named_date.date::text, '') as date, figure, coalesce(told.amount, 0) as told,
                   coalesce(sold.amount, 0) as sold
            from (select ksb_id, date, figure, amount, coalesce(date, '-infinity') as day from sold) sold
            full join (select ksb_id, date, figure, amount, coalesce(date, '-infinity') as day from told) told
              using (ksb_id, day, figure)
            cross join lateral (select coalesce(sold.date, told.date) as date) as named_date
            where coalesce(sold.amount, 0) <> coalesce(told.amount, 0)
            order by 1, 2, 3""";

    private final Pool pool;

    TotalsCheck(Pool pool) {
        this.pool = pool;
    }

    /**
     * @param date empty for a figure of all dates
     * @param told by the totals
     * @param sold by the sales
     */
    public record Difference(
            String ksbId, String date, String figure, java.math.BigDecimal told, java.math.BigDecimal sold) {}

    /** What differs; empty when all is well. */
    public Uni<List<Difference>> differences() {
        return pool.query(DIFFERENCES).execute().map(rows -> StreamSupport.stream(rows.spliterator(), false)
                .map(TotalsCheck::difference)
                .toList());
    }

    private static Difference difference(Row row) {
        return new Difference(
                row.getString("ksb_id"),
                row.getString("date"),
                row.getString("figure"),
                row.getBigDecimal("told"),
                row.getBigDecimal("sold"));
    }
}
