-- Of each product one sum per warehouse of sold_stock, ready to be read, and what is not yet added to it: a change per sale
-- or reading, whose arrays have one element per product and warehouse. What was sold is the sum and the changes together.
create table sold_stock_sums (
    ksb_id text not null,
    product_id text not null,
    warehouse text not null,
    quantity numeric not null,
    constraint pk_sold_stock_sums primary key (ksb_id, product_id, warehouse)
);

create table sold_stock_changes (
    id bigint generated always as identity constraint pk_sold_stock_changes primary key,
    ksb_id text not null,
    product_ids text[] not null,
    warehouses text[] not null,
    quantities numeric[] not null
);

create index ix_sold_stock_changes_enterprise on sold_stock_changes (ksb_id);

insert into sold_stock_sums (ksb_id, product_id, warehouse, quantity)
select ksb_id, product_id, warehouse, sum(quantity) from sold_stock group by 1, 2, 3;

-- What is not folded yet. Rows that are folded away leave dead entries in the index until the next vacuum; only an index scan
-- proper marks them, so that the next one passes over them. The planner, which judges by what the table was like when it
-- looked (empty, one enterprise), takes another one, and keeps to it while thousands of dead rows pile up.
create function unfolded_sold_stock(enterprise text) returns setof sold_stock_changes
language sql stable rows 20 set enable_seqscan = off set enable_bitmapscan = off
as 'select * from sold_stock_changes where ksb_id = enterprise';
