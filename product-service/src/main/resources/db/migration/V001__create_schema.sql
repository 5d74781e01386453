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

create extension if not exists pg_trgm;
create extension if not exists btree_gin;

-- One row per enterprise. Its lock orders all changes of that catalogue: change versions are committed in their order.
create table catalogues (
    ksb_id text not null,
    change_version bigint not null default 0,
    -- neither deleted nor archived
    products bigint not null default 0,
    constraint pk_catalogues primary key (ksb_id)
);

create table products (
    ksb_id text not null,
    id text not null,
    version bigint not null,
    change_version bigint not null,
    -- of the content: what decides whether an update changes anything
    hash uuid not null,
    name text,
    article text,
    barcodes text[] not null,
    archived boolean not null,
    deleted boolean not null,
    purchase_price numeric(18, 4),
    -- the product as it is shown, without its versions and without the purchase price
    document jsonb not null,
    -- name and article in the normal form of all searches, cut to what an index row can hold
    search_text text collate "C" not null,
    constraint pk_products primary key (ksb_id, id),
    constraint ck_products_name check (deleted or name is not null)
);

create unique index ix_products_change_version on products (ksb_id, change_version);
create index ix_products_search_text on products (ksb_id, search_text, id) where not deleted and not archived;
create index ix_products_article on products (ksb_id, article) where article is not null;
create index ix_products_search on products using gin (ksb_id, search_text gin_trgm_ops, barcodes)
    where not deleted and not archived;

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
