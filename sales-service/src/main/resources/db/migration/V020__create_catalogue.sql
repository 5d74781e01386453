-- What pos.products.v1 told last of each product, as far as sales are measured by it.
create table catalogue_products (
    ksb_id text not null,
    id text not null,
    change_version bigint not null,
    currency text,
    prices jsonb not null,
    -- The change version that brought these prices, and those before it: an older line was priced by them.
    prices_version bigint not null,
    previous_prices jsonb not null default '[]',
    stock jsonb not null,
    archived boolean not null,
    deleted boolean not null,
    constraint pk_catalogue_products primary key (ksb_id, id)
);

-- What enterprise.changed told last.
create table stock_rules (
    ksb_id text constraint pk_stock_rules primary key,
    version bigint not null,
    rule text not null,
    constraint ck_stock_rules_rule check (rule in ('FORBID', 'WARN', 'ALLOW'))
);
