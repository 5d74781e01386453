-- One sale in its two transactions: SaleEditing.write, then SaleCompletion.complete.
\set number random(1, 9000000000000000000)
\set n :n + 1
begin;
insert into sales ({sales}) select {sales}
from json_populate_record(null::sales,
    replace(:open_row, '@id', md5(:number::text))::json)
on conflict (ksb_id, id) do update set {set},
    revision = excluded.revision, changed_at = excluded.changed_at, total = excluded.total, discount = excluded.discount
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
with asked as materialized (
    select :products::text[] as products, array[md5(:number::text)::uuid] as sales,
        coalesce((select rule from stock_rules where ksb_id = :ksb_id), 'WARN') as rule
),
changed as materialized (
    select cell.product_id, cell.warehouse, cell.quantity
    from asked, pending_sold_stock(:ksb_id),
        unnest(product_ids, warehouses, quantities) as cell (product_id, warehouse, quantity)
    where cell.product_id = any(asked.products) and asked.rule <> 'ALLOW'
)
select (select id from catalogue_products where ksb_id = :ksb_id order by id limit 1) is not null as known,
    asked.rule,
    coalesce((select json_agg(json_build_object('id', id, 'currency', currency, 'prices', prices,
            'pricesVersion', prices_version, 'previousPrices', previous_prices, 'stock', stock,
            'sold', (select coalesce(json_agg(json_build_object('warehouse', warehouse, 'quantity', quantity)), '[]')
                from (select warehouse, sum(quantity) as quantity from (
                        select warehouse, quantity from sold_stock_sums
                        where ksb_id = :ksb_id and product_id = p.id and asked.rule <> 'ALLOW'
                        union all
                        select warehouse, quantity from changed where product_id = p.id
                        union all
                        select warehouse, -quantity from sold_stock
                        where ksb_id = :ksb_id and product_id = p.id and sale_id = any(asked.sales)
                            and asked.rule <> 'ALLOW') parts
                    group by warehouse) sold),
            'deleted', deleted))
        from unnest(asked.products) as named,
            lateral (select * from catalogue_products where ksb_id = :ksb_id and id = named limit 1) p), '[]')::text as products
from asked;
select asked.id
from unnest(array[:device_id::text], array[:n::bigint + :client_id * 10000000], array[md5(:number::text)::uuid])
        as asked (device_id, device_sequence, id),
    lateral (select from sales
        where ksb_id = :ksb_id and device_id = asked.device_id and device_sequence = asked.device_sequence
            and id <> asked.id
        limit 1) taken;
update sales set ({sales}) = (select {sales} from json_populate_record(null::sales,
    replace(replace(:done_row, '@id', md5(:number::text)),
        '@sequence', (:n::bigint + :client_id * 10000000)::text)::json))
where ksb_id = :ksb_id and id = md5(:number::text)::uuid;
insert into total_changes ({total_changes}) select {total_changes}
from json_populate_recordset(null::total_changes, :change_rows::json);
-- The change is another enterprise's: the sums, which nobody folds here, are read as if it were folded.
with asked as materialized (
    select :products::text[] as products, array_fill(md5(:number::text)::uuid, array[5]) as sales,
        array_fill(:warehouse::text, array[5]) as warehouses, :quantities::numeric[] as quantities
),
changed as (
    insert into sold_stock (ksb_id, product_id, sale_id, warehouse, quantity)
    select :ksb_id, sold.product_id, sold.sale_id, sold.warehouse, sum(sold.quantity)
    from asked, unnest(products, sales, warehouses, quantities) as sold (product_id, sale_id, warehouse, quantity),
        lateral (select from catalogue_products
            where ksb_id = :ksb_id and id = sold.product_id and stock <> '[]' limit 1) told
    group by 2, 3, 4
    on conflict do nothing
    returning product_id, warehouse, quantity
)
insert into sold_stock_changes (ksb_id, product_ids, warehouses, quantities)
select 'another', array_agg(product_id), array_agg(warehouse), array_agg(quantity)
from (select product_id, warehouse, sum(quantity) as quantity from changed group by 1, 2) cells
having count(*) > 0;
insert into outbox (event_id, topic, type, ksb_id, subject, time, trace_parent, data)
values (gen_random_uuid(), 'pos.sales.v1', 'sale.completed', :ksb_id,
    md5(:number::text), now(), null,
    replace(replace(:completed, '@id', md5(:number::text)),
        '@sequence', (:n::bigint + :client_id * 10000000)::text));
commit;
