-- kind: units, warehouses, price-types, cash-desks, currencies. Rows are never removed: deleted is a tombstone.
create table reference_items (
    ksb_id text not null,
    kind text not null,
    id text not null,
    version bigint not null,
    name text not null,
    currency text,
    cash_kind text,
    archived boolean not null,
    deleted boolean not null,
    constraint pk_reference_items primary key (ksb_id, kind, id)
);

-- Every rate that was ever valid, with who set it; the newest of a currency is the current one.
create table currency_rates (
    ksb_id text not null,
    currency text not null,
    version bigint generated always as identity,
    rate numeric(18, 6) not null,
    set_at timestamptz not null,
    set_by text not null,
    constraint pk_currency_rates primary key (ksb_id, currency, version),
    constraint ck_currency_rates_positive check (rate > 0)
);

-- Rates that wait for their date.
create table waiting_rates (
    ksb_id text not null,
    currency text not null,
    valid_from timestamptz not null,
    rate numeric(18, 6) not null,
    set_by text not null,
    constraint pk_waiting_rates primary key (ksb_id, currency, valid_from)
);

create index ix_waiting_rates_valid_from on waiting_rates (valid_from);

create extension if not exists pg_trgm;
create extension if not exists btree_gin;

-- One row per enterprise. Its lock orders all changes of that catalogue: change versions are committed in their order.
create table catalogues (
    ksb_id text not null,
    change_version bigint not null default 0,
    -- neither deleted nor archived
    products bigint not null default 0,
    -- when the last whole reading of the back office began
    reading_at timestamptz,
    constraint pk_catalogues primary key (ksb_id)
);

create table products (
    ksb_id text not null,
    id text not null,
    version bigint not null,
    -- of the content: what decides whether an update changes anything
    hash uuid not null,
    name text,
    article text,
    archived boolean not null,
    deleted boolean not null,
    purchase_price numeric(18, 4),
    -- the product as its source tells it, without its versions and without the purchase price
    document jsonb not null,
    -- when the source began to be read for its stock, or told it
    stock_read_at timestamptz not null,
    constraint pk_products primary key (ksb_id, id),
    constraint ck_products_name check (deleted or name is not null)
);

-- What searches compare of the listed products, and nothing else: a search reads few pages, and another price writes none of its indexes.
create table product_texts (
    ksb_id text not null,
    id text not null,
    -- name and article in the normal form of all searches, cut to what an index row can hold
    search_text text collate "C" not null,
    barcodes text[] not null,
    constraint pk_product_texts primary key (ksb_id, id)
);

-- What changes with each sale is kept apart from the product, too.
create table product_changes (
    ksb_id text not null,
    id text not null,
    change_version bigint not null,
    -- what was sold that the told stock cannot contain, by warehouse: {"asosiy":"2"}; null: nothing
    sold text,
    constraint pk_product_changes primary key (ksb_id, id)
);

create unique index ix_product_changes_version on product_changes (ksb_id, change_version);
create index ix_product_texts_order on product_texts (ksb_id, search_text, id);
create index ix_products_article on products (ksb_id, article) where article is not null;
-- The enterprise is an expression here so that nothing but this index answers such a question. Rows that an import added last wait in
-- a list, which every search reads: it is kept short.
create index ix_product_texts_search on product_texts using gin ((ksb_id || ''), search_text gin_trgm_ops, barcodes)
    with (gin_pending_list_limit = 512);

-- Rows that could not be applied, for a person to look at and to replay. The id is made of the row: sent again, it is kept once.
create table rejected_updates (
    ksb_id text not null,
    id uuid not null,
    product_id text,
    reason text not null,
    raw text not null,
    times int not null default 1,
    received_at timestamptz not null,
    constraint pk_rejected_updates primary key (ksb_id, id)
);

create index ix_rejected_updates_received_at on rejected_updates (received_at);

-- The sales that events of pos.sales.v1 told of, each at its highest revision: an event that comes again, or late, changes nothing.
create table sold_sales (
    ksb_id text not null,
    sale_id uuid not null,
    revision int not null,
    -- since when the back office is to have it: delivered, or closed by hand
    settled_at timestamptz,
    told_at timestamptz not null default clock_timestamp(),
    constraint pk_sold_sales primary key (ksb_id, sale_id)
);

create index ix_sold_sales_told_at on sold_sales (told_at);

-- What sales took, as long as the back office's value cannot contain it. No row is ever updated.
create table sold_stock (
    ksb_id text not null,
    sale_id uuid not null,
    product_id text not null,
    -- empty: nobody says
    warehouse text not null,
    -- negative: it came back
    quantity numeric not null,
    constraint pk_sold_stock primary key (ksb_id, sale_id, product_id, warehouse)
);

create index ix_sold_stock_product on sold_stock (ksb_id, product_id);

-- sold_stock per product and warehouse, and below what is not yet added to it. Whoever writes a sum holds the catalogue's lock.
create table sold_stock_sums (
    ksb_id text not null,
    product_id text not null,
    warehouse text not null,
    quantity numeric not null,
    constraint pk_sold_stock_sums primary key (ksb_id, product_id, warehouse)
);

-- One per sale that was made or settled (its elements are a sale's cells) or per reading that contains sales.
create table stock_changes (
    id bigint generated always as identity,
    ksb_id text not null,
    sale_id uuid,
    product_ids text[] not null,
    warehouses text[] not null,
    quantities numeric[] not null,
    constraint pk_stock_changes primary key (ksb_id, id)
);

create index ix_stock_changes_sale on stock_changes (ksb_id, sale_id);

-- The patterns of weighed barcodes as enterprise.changed told them last.
create table weighed_patterns (
    ksb_id text not null,
    version bigint not null,
    patterns text[] not null,
    constraint pk_weighed_patterns primary key (ksb_id)
);
