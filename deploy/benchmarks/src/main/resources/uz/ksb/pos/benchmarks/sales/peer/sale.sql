-- One sale in its two transactions: SaleEditing.write, then SaleCompletion.complete.
\set number random(1, 9000000000000000000)
\set n :n + 1
begin;
insert into sales ({sales}) select {sales}
from json_populate_record(null::sales,
    replace(:open_row, '@id', md5(:number::text))::json)
on conflict (ksb_id, id) do update set {set}
where sales.status = 'OPEN' and sales.revision = excluded.revision - 1
    and ({stored}) is distinct from ({written})
returning revision, xmax::text = '0' as inserted, device_id, device_code, cashier, uploader, opened_at;
insert into outbox (event_id, topic, type, ksb_id, subject, time, trace_parent, data)
values (gen_random_uuid(), 'pos.sales.v1', 'sale.opened', :ksb_id,
    md5(:number::text), now(), null,
    replace(:opened, '@id', md5(:number::text)));
commit;
begin;
select {sales} from sales
where ksb_id = :ksb_id and id = md5(:number::text)::uuid
for update;
{catalogue};
{checks};
update sales set ({sales}) = (select {sales} from json_populate_record(null::sales,
    replace(replace(:done_row, '@id', md5(:number::text)),
        '@sequence', (:n::bigint + :client_id * 10000000)::text)::json))
where ksb_id = :ksb_id and id = md5(:number::text)::uuid;
insert into total_changes ({total_changes}) select {total_changes}
from json_populate_recordset(null::total_changes, :change_rows::json);
-- The change is another enterprise's: the sums, which nobody folds here, are read as if it were folded.
{sold_stock};
insert into outbox (event_id, topic, type, ksb_id, subject, time, trace_parent, data)
values (gen_random_uuid(), 'pos.sales.v1', 'sale.completed', :ksb_id,
    md5(:number::text), now(), null,
    replace(replace(:completed, '@id', md5(:number::text)),
        '@sequence', (:n::bigint + :client_id * 10000000)::text));
commit;
