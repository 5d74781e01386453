-- Copies of what other services decide and sales are held to; the highest version wins.
create table devices (
    ksb_id text not null,
    -- In lower case when it is a UUID.
    device_id text not null,
    code text,
    status text not null,
    version bigint not null,
    name text,
    constraint pk_devices primary key (ksb_id, device_id),
    constraint ck_devices_status check (status in ('PENDING', 'APPROVED', 'BLOCKED'))
);

create table enterprise_rules (
    ksb_id text constraint pk_enterprise_rules primary key,
    version bigint not null,
    zone text not null,
    day_start text not null,
    currency text not null,
    -- The step of cash by currency.
    cash_roundings jsonb not null,
    -- In the main currency; null: none.
    cash_limit numeric,
    constraint ck_enterprise_rules_cash_roundings check (jsonb_typeof(cash_roundings) = 'object'),
    constraint ck_enterprise_rules_cash_limit check (cash_limit >= 0 and cash_limit < 'Infinity')
);

-- Main-currency units for one unit; valid until the next one of that currency.
create table currency_rates (
    ksb_id text not null,
    currency text not null,
    version bigint not null,
    rate numeric(18, 6) not null,
    valid_from timestamptz not null,
    constraint pk_currency_rates primary key (ksb_id, currency, version),
    constraint ck_currency_rates_rate check (rate > 0 and rate < 'Infinity')
);

-- Comparisons of an enterprise's copies with their owners.
create table copy_comparisons (
    ksb_id text constraint pk_copy_comparisons primary key,
    -- How often one was asked for, and the last of these that was done.
    asked bigint not null default 1,
    done bigint not null default 0,
    -- The last that failed.
    tried_at timestamptz
);
