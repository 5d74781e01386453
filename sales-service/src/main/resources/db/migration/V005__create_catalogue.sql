-- Products as pos.products.v1 told them last, as far as sales are checked by them.
create table catalogue_products (
    ksb_id text not null,
    id text not null,
    change_version bigint not null,
    currency text,
    prices jsonb not null,
    -- The change version that brought these prices, and those before it: an older line was priced by them.
    prices_version bigint not null,
    previous_prices jsonb not null default '[]',
    -- When these prices came: those before are taken for a day after it.
    prices_since timestamptz not null default clock_timestamp(),
    stock jsonb not null,
    -- False: the law forbids cash for it.
    cash_allowed boolean not null default true,
    -- The law's fields, which a sale keeps as they were then.
    mxik text,
    package_code text,
    vat_rate numeric,
    archived boolean not null,
    deleted boolean not null,
    constraint pk_catalogue_products primary key (ksb_id, id)
);

-- Up to which change version the copy of an enterprise's products is complete; see CataloguePositions.
create table catalogue_positions (
    ksb_id text constraint pk_catalogue_positions primary key,
    version bigint not null default 0,
    -- The newest version that an event told of: above `version` there is a gap.
    seen_version bigint not null default 0
);

-- The stock rule as enterprise.changed told it last.
create table stock_rules (
    ksb_id text constraint pk_stock_rules primary key,
    version bigint not null,
    rule text not null,
    constraint ck_stock_rules_rule check (rule in ('FORBID', 'WARN', 'ALLOW'))
);

-- Sold quantities of products with a known stock, as long as the back office's value cannot contain them: not delivered, or
-- delivered after that value began to be read. No row is ever updated.
create table sold_stock (
    ksb_id text not null,
    product_id text not null,
    sale_id uuid not null,
    -- Empty: nobody says.
    warehouse text not null,
    -- Negative: it came back.
    quantity numeric(1000, 3) not null,
    constraint pk_sold_stock primary key (ksb_id, product_id, sale_id, warehouse)
);

-- The last run of the Sync button that read everything that changed.
create table back_office_runs (
    ksb_id text constraint pk_back_office_runs primary key,
    started_at timestamptz not null
);

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

-- Changes that are not added yet. Rows that are added leave dead entries in the index until the next vacuum; only an index scan
-- proper marks them, so that the next one passes over them. The planner, which judges by what the table was like when it
-- looked (empty, one enterprise), takes another one, and keeps to it while thousands of dead rows pile up.
create function pending_sold_stock(enterprise text) returns setof sold_stock_changes
language sql stable rows 20 set enable_seqscan = off set enable_bitmapscan = off
as 'select * from sold_stock_changes where ksb_id = enterprise';
