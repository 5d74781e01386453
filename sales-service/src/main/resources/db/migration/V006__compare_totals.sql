-- The corrections that would make the totals a plain sum over the sales: none at any moment.
-- One row per enterprise, date, hour and currency, and one without these for the figures of all dates.
create view total_corrections as
with parts as (
    select
        s.ksb_id, s.business_date, s.business_hour as hour, s.currency, s.main_currency,
        (s.kind = 'SALE')::int as count, (s.kind = 'RETURN')::int as returns_count,
        case s.kind when 'SALE' then s.total else 0 end as gross,
        case s.kind when 'RETURN' then s.total else 0 end as returns,
        - sign.of * s.change as cash, 0 as card, 0 as debt,
        sign.of * s.discount as discount, sign.of * s.rounding as rounding,
        case s.kind when 'SALE' then s.main_total else 0 end as main_gross,
        case s.kind when 'RETURN' then s.main_total else 0 end as main_returns,
        sign.of * s.main_cash as main_cash, sign.of * s.main_card as main_card, sign.of * s.main_debt as main_debt,
        sign.of * s.main_discount as main_discount, sign.of * s.main_rounding as main_rounding
    from sales s, lateral (select case s.kind when 'SALE' then 1 else -1 end as of) as sign
    where s.status = 'COMPLETED' and (s.held is null or s.held = 'return')
    union all
    select
        s.ksb_id, s.business_date, s.business_hour, payment ->> 'currency', s.main_currency, 0, 0, 0, 0,
        case payment ->> 'kind' when 'CASH' then paid.amount else 0 end,
        case payment ->> 'kind' when 'CARD' then paid.amount else 0 end,
        case payment ->> 'kind' when 'DEBT' then paid.amount else 0 end,
        0, 0, 0, 0, 0, 0, 0, 0, 0
    from sales s, jsonb_array_elements(s.payments) as payment,
        lateral (select (payment ->> 'amount')::numeric * case s.kind when 'SALE' then 1 else -1 end as amount) as paid
    where s.status = 'COMPLETED' and (s.held is null or s.held = 'return')
    union all
    select
        ksb_id, business_date, hour, currency, null, -count, -returns_count,
        -gross, -returns, -cash, -card, -debt, -discount, -rounding,
        -main_gross, -main_returns, -main_cash, -main_card, -main_debt, -main_discount, -main_rounding
    from day_totals
    union all
    select
        ksb_id, business_date, hour, currency, null, -count, -returns_count,
        -gross, -returns, -cash, -card, -debt, -discount, -rounding,
        -main_gross, -main_returns, -main_cash, -main_card, -main_debt, -main_discount, -main_rounding
    from total_changes
),
cells as (
    select
        ksb_id, business_date, hour, currency, max(main_currency) as main_currency,
        sum(count)::int as count, sum(returns_count)::int as returns_count,
        sum(gross) as gross, sum(returns) as returns, sum(cash) as cash, sum(card) as card, sum(debt) as debt,
        sum(discount) as discount, sum(rounding) as rounding,
        sum(main_gross) as main_gross, sum(main_returns) as main_returns, sum(main_cash) as main_cash,
        sum(main_card) as main_card, sum(main_debt) as main_debt, sum(main_discount) as main_discount,
        sum(main_rounding) as main_rounding
    from parts group by ksb_id, business_date, hour, currency
),
general_parts as (
    select
        ksb_id, (delivery_status = 'NOT_DELIVERED')::int as not_delivered, (delivery_status = 'REJECTED')::int as rejected,
        0 as to_review, 0 as customers
    from sales where delivery_status in ('NOT_DELIVERED', 'REJECTED') and (held is null or held = 'return')
    union all
    select ksb_id, 0, 0, 1, 0 from sales where held in ('blocked-device', 'return')
    union all
    select ksb_id, 0, 0, 1, 0 from sale_conflicts where resolution is null
    union all
    select ksb_id, 0, 0, 1, 0 from unreadable_sales where removed_at is null
    union all
    select ksb_id, 0, 0, 0, 1 from customers where not archived
    union all
    select ksb_id, -not_delivered, -rejected, -to_review, -customers from enterprise_totals
    union all
    select ksb_id, -not_delivered, -rejected, -to_review, -customers from total_changes
),
general as (
    select
        ksb_id, sum(not_delivered)::int as not_delivered, sum(rejected)::int as rejected, sum(to_review)::int as to_review,
        sum(customers)::int as customers
    from general_parts group by ksb_id
)
select cells.*, 0 as not_delivered, 0 as rejected, 0 as to_review, 0 as customers
from cells
where (count, returns_count, gross, returns, cash, card, debt, discount, rounding,
       main_gross, main_returns, main_cash, main_card, main_debt, main_discount, main_rounding)
    <> (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
union all
select
    ksb_id, null, null, null, null, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    not_delivered, rejected, to_review, customers
from general
where (not_delivered, rejected, to_review, customers) <> (0, 0, 0, 0);

-- The same figure by figure, to be read: `missing` is what the totals say too little, negative: too much.
create view total_differences as
select c.ksb_id, c.business_date, c.hour, c.currency, figures.figure, figures.amount::numeric as missing
from total_corrections c,
    jsonb_each_text(to_jsonb(c) - '{ksb_id,business_date,hour,currency,main_currency}'::text[]) as figures (figure, amount)
where figures.amount::numeric <> 0;

-- Adds what is missing as changes like any other, exact while sales come in: the aggregator adds them, and the tills are told.
create function rebuild_totals() returns int language plpgsql as $$
declare
    changes int;
begin
    -- Two at once would add it twice.
    perform pg_advisory_xact_lock(hashtext('rebuild_totals'));
    insert into total_changes (
        ksb_id, business_date, hour, currency, main_currency, count, returns_count,
        gross, returns, cash, card, debt, discount, rounding,
        main_gross, main_returns, main_cash, main_card, main_debt, main_discount, main_rounding,
        not_delivered, rejected, to_review, customers)
    select
        c.ksb_id,
        coalesce(
            c.business_date,
            (clock_timestamp() at time zone coalesce(e.zone, 'Asia/Tashkent')
                - coalesce(e.day_start, '00:00')::time::interval)::date),
        coalesce(c.hour, 0),
        coalesce(c.currency, e.currency, 'UZS'), coalesce(c.main_currency, e.currency, c.currency, 'UZS'),
        c.count, c.returns_count, c.gross, c.returns, c.cash, c.card, c.debt, c.discount, c.rounding,
        c.main_gross, c.main_returns, c.main_cash, c.main_card, c.main_debt, c.main_discount, c.main_rounding,
        c.not_delivered, c.rejected, c.to_review, c.customers
    from total_corrections c left join enterprises e on e.ksb_id = c.ksb_id;
    get diagnostics changes = row_count;
    return changes;
end
$$;
