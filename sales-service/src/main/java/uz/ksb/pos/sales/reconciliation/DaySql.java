package uz.ksb.pos.sales.reconciliation;

/** The questions about one business day. */
final class DaySql {
    private static final String OF_DAY =
            "ksb_id = $1 and business_date = $2 and completed_at >= $3 and completed_at < $4";
    private static final String SIGN = "case kind when 'RETURN' then -1 else 1 end";
    private static final String SALE = "id, device_id, device_code, device_sequence, (total + rounding) * " + SIGN
            + " as amount, currency, completed_at as at";

    /** Per till: what the server has of the day, and what the till said last. Tills without sales are named when they owe some now. */
    static final String TILLS = """
            with day as materialized (
              select device_id, device_code, device_sequence, kind, held, delivery_status, posted,
                     main_total * %1$s as net, held is null or held = 'return' as counts
              from sales where %2$s
            ), sums as (
              select device_id, min(device_code) as code, min(device_sequence) as first, max(device_sequence) as last,
                count(*) filter (where counts and kind = 'SALE') as sales,
                coalesce(sum(net) filter (where counts and kind = 'SALE'), 0.00) as sales_sum,
                count(*) filter (where counts and kind = 'RETURN') as returns,
                coalesce(sum(net) filter (where counts and kind = 'RETURN'), 0.00) as returns_sum,
                count(*) filter (where counts) as net,
                coalesce(sum(net) filter (where counts), 0.00) as net_sum,
                count(*) filter (where not counts) as held,
                coalesce(sum(net) filter (where not counts), 0.00) as held_sum,
                %3$s,
                count(*) filter (where delivery_status = 'DELIVERED' and posted = false) as unprocessed
              from day group by device_id
            ), known as (select * from tills where ksb_id = $1)
            select coalesce(s.device_id, t.device_id) as device_id, coalesce(d.code, s.code) as code, d.name, s.*,
              t.view ->> 'state' as state, (t.report ->> 'unsent')::int as unsent,
              (t.report ->> 'oldest')::timestamptz as oldest, t.settled_through,
              coalesce((t.report -> 'reserved')::text, '[]') as reserved, (t.report ->> 'lastSequence')::bigint as told_last,
              case when s.first is null then t.server_sequence else (
                select max(device_sequence) from sales b
                where b.ksb_id = $1 and b.device_id = s.device_id and b.device_sequence < s.first) end as before,
              exists (
                select from sales f
                where f.ksb_id = $1 and f.device_id = s.device_id and f.device_sequence > s.last) as followed
            from sums s full join known t on t.device_id = s.device_id
            left join devices d on d.ksb_id = $1 and d.device_id = coalesce(s.device_id, t.device_id)
            where s.net is not null or $5 and not t.removed and (t.missing > 0 or (t.report ->> 'unsent')::int > 0)
            order by coalesce(d.code, s.code)::int nulls last limit 1000""".formatted(SIGN, OF_DAY, delivery());

    /** Numbers between a floor and a last one that neither a sale nor a conflict has. */
    static final String GAPS = """
            with asked as (
              select "deviceId" as device_id, floor, last
              from json_to_recordset($2::text::json) as asked ("deviceId" text, floor bigint, last bigint)
            ), present as (
              select a.device_id, s.device_sequence as number from asked a join sales s
                on s.ksb_id = $1 and s.device_id = a.device_id and s.device_sequence > a.floor and s.device_sequence <= a.last
              union
              select a.device_id, c.device_sequence from asked a join sale_conflicts c
                on c.ksb_id = $1 and c.device_id = a.device_id and c.device_sequence > a.floor and c.device_sequence <= a.last
              union
              select device_id, last + 1 from asked
            ), gaps as (
              select device_id, coalesce(lag(number) over (partition by device_id order by number), floor) + 1 as first,
                     number - 1 as last
              from present join (select device_id, floor from asked) floors using (device_id)
            )
            select device_id, first, last from gaps where first <= last order by device_id, first limit $3""";

    /** Sales that wait for somebody. */
    static final String ITEMS = "select " + SALE + """
            , case when held is not null then 'HELD' when delivery_status = 'REJECTED' then 'REJECTED'
                   when delivery_status = 'NOT_DELIVERED' then 'WAITING' else 'UNPROCESSED' end as difference,
              coalesce(held, last_error) as reason
            from sales where\s""" + OF_DAY + """
             and (held in ('blocked-device', 'return')
               or held is null and (delivery_status in ('REJECTED', 'NOT_DELIVERED') or posted = false))
            order by completed_at, id limit $5""";

    static final String TWICE = "select " + SALE + " from sales s where " + OF_DAY + """
             and exists (
               select from sales o
               where o.ksb_id = s.ksb_id and o.device_code = s.device_code and o.device_sequence = s.device_sequence
                 and o.id <> s.id)
            order by device_code, device_sequence, id limit $5""";

    static final String CONFLICTS = """
            select id, device_id, device_code, device_sequence, (view ->> 'total')::numeric as amount,
                   view ->> 'currency' as currency, received_at as at
            from sale_conflicts where ksb_id = $1 and resolution is null and view ->> 'businessDate' = $2
            order by id limit $3""";

    static final String UNREADABLE = """
            select id, device_id, null::text as device_code, null::bigint as device_sequence, null::numeric as amount,
                   null::text as currency, problem as reason, received_at as at
            from unreadable_sales
            where ksb_id = $1 and removed_at is null and received_at >= $2 and received_at < $3 order by id limit $4""";

    static final String DELIVERED = "select " + SALE + " from sales where " + OF_DAY
            + " and delivery_status = 'DELIVERED' order by completed_at, id limit $5";

    private DaySql() {}

    private static String delivery() {
        return figure("delivered", "DELIVERED") + ", " + figure("waiting", "NOT_DELIVERED") + ", "
                + figure("rejected", "REJECTED") + ", " + figure("closed", "CLOSED");
    }

    private static String figure(String name, String status) {
        return """
                count(*) filter (where counts and delivery_status = '%2$s') as %1$s,
                coalesce(sum(net) filter (where counts and delivery_status = '%2$s'), 0.00) as %1$s_sum""".formatted(name, status);
    }
}
