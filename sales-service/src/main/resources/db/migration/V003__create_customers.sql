create table customers (
    ksb_id text not null,
    id uuid not null,
    name text not null,
    phone text not null default '',
    archived boolean not null default false,
    version bigint not null,
    -- Name and phone in the normal form of searches.
    search text not null,
    -- Name and phone of the request that created the customer at a till: the same request once more is no conflict.
    created_as text,
    -- The back office's last version, its balances before our own movements, and when it began to be read for them: what was
    -- settled later they cannot contain. Null: not known, they contain all that is settled.
    source_version bigint not null default 0,
    source_balances jsonb not null default '[]',
    source_read_at timestamptz,
    constraint pk_customers primary key (ksb_id, id)
);
create index ix_customers_name on customers (ksb_id, name, id);
create index ix_customers_search on customers using gin (ksb_id, search gin_trgm_ops);

create table customer_balances (
    ksb_id text not null,
    customer_id uuid not null,
    currency text not null,
    amount numeric(1000, 2) not null,
    constraint pk_customer_balances primary key (ksb_id, customer_id, currency)
);

create table customer_movements (
    ksb_id text not null,
    id uuid not null,
    customer_id uuid not null,
    kind text not null,
    currency text not null,
    amount numeric(1000, 2) not null,
    payment_kind text,
    login text,
    at timestamptz not null,
    constraint pk_customer_movements primary key (ksb_id, id, kind, currency),
    constraint ck_customer_movements_kind check (kind in ('SALE', 'RETURN', 'PAYMENT'))
);
create index ix_customer_movements_customer
    on customer_movements (ksb_id, customer_id, at desc, id desc, kind desc, currency desc);
-- A payment is of one customer and one currency.
create unique index ix_customer_movements_payment on customer_movements (ksb_id, id) where kind = 'PAYMENT';

-- Up to when all customers' balances contain the settled sales, because a reading that began then was applied.
create table customer_readings (
    ksb_id text constraint pk_customer_readings primary key,
    read_at timestamptz not null
);
