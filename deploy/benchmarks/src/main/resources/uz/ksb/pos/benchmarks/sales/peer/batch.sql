-- 500 finished sales in one transaction, by multi-row inserts: BatchReceiving, when all of them are new.
\set number random(1, 9000000000000000000)
\set n :n + 500
begin;
insert into sales ({sales}) select {sales}
from generate_series(1, 500) place, lateral json_populate_record(null::sales,
    replace(replace(:done_row, '@id', md5(:number::text || place)),
        '@sequence', (:n::bigint + :client_id * 10000000 + place)::text)::json)
on conflict (ksb_id, id) do nothing returning id;
insert into total_changes ({total_changes}) select {total_changes}
from json_populate_recordset(null::total_changes, :change_rows::json);
with changed as (
    insert into sold_stock (ksb_id, product_id, sale_id, warehouse, quantity)
    select :ksb_id, sold.product_id, md5(:number::text || place)::uuid, :warehouse, sold.quantity
    from generate_series(1, 500) place, unnest(:products::text[], :quantities::numeric[]) as sold (product_id, quantity),
        lateral (select from catalogue_products
            where ksb_id = :ksb_id and id = sold.product_id and stock <> '[]' limit 1) told
    on conflict do nothing
    returning product_id, warehouse, quantity
)
insert into sold_stock_changes (ksb_id, product_ids, warehouses, quantities)
select 'another', array_agg(product_id), array_agg(warehouse), array_agg(quantity)
from (select product_id, warehouse, sum(quantity) as quantity from changed group by 1, 2) cells
having count(*) > 0;
insert into outbox (event_id, topic, type, ksb_id, subject, time, trace_parent, data)
select gen_random_uuid(), 'pos.sales.v1', 'sale.completed', :ksb_id, md5(:number::text || place), now(), null,
    replace(replace(:completed, '@id', md5(:number::text || place)),
        '@sequence', (:n::bigint + :client_id * 10000000 + place)::text)
from generate_series(1, 500) place;
commit;
