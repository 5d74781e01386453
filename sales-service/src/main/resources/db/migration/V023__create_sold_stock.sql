-- What was sold of products whose stock is told, as long as the back office's value cannot contain it: not delivered, or
-- delivered after that value began to be read. No row is ever updated.
create table sold_stock (
    ksb_id text not null,
    product_id text not null,
    sale_id uuid not null,
    -- Empty: nobody says.
    warehouse text not null,
    -- Negative: it came back.
    quantity numeric(15, 3) not null,
    constraint pk_sold_stock primary key (ksb_id, product_id, sale_id, warehouse)
);

insert into sold_stock (ksb_id, product_id, sale_id, warehouse, quantity)
select s.ksb_id, p.id, s.id, coalesce(line ->> 'warehouse', s.warehouse, ''),
    sum((line ->> 'quantity')::numeric * case s.kind when 'SALE' then 1 else -1 end)
from sales s, jsonb_array_elements(s.lines) line, catalogue_products p
where s.delivery_status in ('NOT_DELIVERED', 'REJECTED')
    and p.ksb_id = s.ksb_id and p.id = line ->> 'productId' and p.stock <> '[]'
group by 1, 2, 3, 4;

-- The last run of the Sync button that read everything that changed.
create table back_office_runs (
    ksb_id text constraint pk_back_office_runs primary key,
    started_at timestamptz not null
);
