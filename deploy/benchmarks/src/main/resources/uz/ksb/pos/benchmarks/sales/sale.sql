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
with asked as (select coalesce((select rule from stock_rules where ksb_id = :ksb_id), 'WARN') as rule)
select exists (select from catalogue_products where ksb_id = :ksb_id) as known,
    asked.rule,
    coalesce((select json_agg(json_build_object('id', id, 'currency', currency, 'prices', prices,
            'pricesVersion', prices_version, 'previousPrices', previous_prices, 'stock', stock,
            'sold', (select coalesce(json_agg(json_build_object('warehouse', warehouse, 'quantity', quantity)), '[]')
                from (select warehouse, sum(quantity) as quantity from sold_stock
                    where ksb_id = :ksb_id and product_id = p.id and sale_id <> all(array[md5(:number::text)::uuid])
                        and asked.rule <> 'ALLOW'
                    group by warehouse) sold),
            'deleted', deleted))
        from catalogue_products p where ksb_id = :ksb_id and id = any(array[:device_id])), '[]')::text as products
from asked;
select asked.id from sales
join unnest(array[:device_id], array[:n::bigint + :client_id * 10000000],
    array[md5(:number::text)::uuid])
    as asked (device_id, device_sequence, id)
  on sales.device_id = asked.device_id and sales.device_sequence = asked.device_sequence and sales.id <> asked.id
where sales.ksb_id = :ksb_id;
update sales set ({sales}) = (select {sales} from json_populate_record(null::sales,
    replace(replace(:done_row, '@id', md5(:number::text)),
        '@sequence', (:n::bigint + :client_id * 10000000)::text)::json))
where ksb_id = :ksb_id and id = md5(:number::text)::uuid;
insert into total_changes ({total_changes}) select {total_changes}
from json_populate_recordset(null::total_changes, :change_rows::json);
insert into sold_stock (ksb_id, product_id, sale_id, warehouse, quantity)
select :ksb_id, sold.product_id, sold.sale_id, sold.warehouse, sum(sold.quantity)
from unnest(array[:device_id], array[md5(:number::text)::uuid], array[''], array[1::numeric])
    as sold (product_id, sale_id, warehouse, quantity)
join catalogue_products p on p.ksb_id = :ksb_id and p.id = sold.product_id and p.stock <> '[]'
group by 2, 3, 4
on conflict do nothing;
insert into outbox (event_id, topic, type, ksb_id, subject, time, trace_parent, data)
values (gen_random_uuid(), 'pos.sales.v1', 'sale.completed', :ksb_id,
    md5(:number::text), now(), null,
    replace(replace(:completed, '@id', md5(:number::text)),
        '@sequence', (:n::bigint + :client_id * 10000000)::text));
commit;
