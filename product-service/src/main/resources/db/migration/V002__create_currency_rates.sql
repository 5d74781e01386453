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
