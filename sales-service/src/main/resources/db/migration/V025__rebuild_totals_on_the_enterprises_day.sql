-- Figures of no day are told with the business day it is at that enterprise, whatever the server's zone.
create or replace function rebuild_totals() returns int language plpgsql as $$
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
