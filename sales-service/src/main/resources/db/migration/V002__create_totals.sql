-- Each transaction that changes a figure leaves its difference here; the aggregator takes it away.
-- Columns without prefix are in `currency`, those with main_ in the enterprise's main currency. Sums over sales have no limit:
-- 1000 digits are PostgreSQL's.
create table total_changes (
    id bigint generated always as identity constraint pk_total_changes primary key,
    ksb_id text not null,
    business_date date not null,
    hour smallint not null,
    currency text not null,
    main_currency text not null,
    count int not null default 0,
    returns_count int not null default 0,
    gross numeric(1000, 2) not null default 0,
    returns numeric(1000, 2) not null default 0,
    cash numeric(1000, 2) not null default 0,
    card numeric(1000, 2) not null default 0,
    debt numeric(1000, 2) not null default 0,
    discount numeric(1000, 2) not null default 0,
    rounding numeric(1000, 2) not null default 0,
    main_gross numeric(1000, 2) not null default 0,
    main_returns numeric(1000, 2) not null default 0,
    main_cash numeric(1000, 2) not null default 0,
    main_card numeric(1000, 2) not null default 0,
    main_debt numeric(1000, 2) not null default 0,
    main_discount numeric(1000, 2) not null default 0,
    main_rounding numeric(1000, 2) not null default 0,
    not_delivered int not null default 0,
    rejected int not null default 0,
    to_review int not null default 0,
    customers int not null default 0
);
create index ix_total_changes_enterprise on total_changes (ksb_id);

create table day_totals (
    ksb_id text not null,
    business_date date not null,
    hour smallint not null,
    currency text not null,
    count int not null,
    returns_count int not null,
    gross numeric(1000, 2) not null,
    returns numeric(1000, 2) not null,
    cash numeric(1000, 2) not null,
    card numeric(1000, 2) not null,
    debt numeric(1000, 2) not null,
    discount numeric(1000, 2) not null,
    rounding numeric(1000, 2) not null,
    main_gross numeric(1000, 2) not null,
    main_returns numeric(1000, 2) not null,
    main_cash numeric(1000, 2) not null,
    main_card numeric(1000, 2) not null,
    main_debt numeric(1000, 2) not null,
    main_discount numeric(1000, 2) not null,
    main_rounding numeric(1000, 2) not null,
    constraint pk_day_totals primary key (ksb_id, business_date, hour, currency)
);

-- Figures of all dates. version = how many changes were added, so a read that adds the others has a version of its own.
create table enterprise_totals (
    ksb_id text constraint pk_enterprise_totals primary key,
    version bigint not null default 0,
    not_delivered int not null default 0,
    rejected int not null default 0,
    to_review int not null default 0,
    customers int not null default 0,
    products int not null default 0,
    products_version bigint not null default 0
);

-- The last tokens' word, for work that has no token.
create table enterprises (
    ksb_id text constraint pk_enterprises primary key,
    zone text not null,
    day_start text not null,
    currency text not null
);

-- Changes that could not be added to their sums, with the reason: they are missing in the sums.
create table aggregation_failures (
    id bigint generated always as identity constraint pk_aggregation_failures primary key,
    -- The table of the change.
    source text not null,
    ksb_id text not null,
    change jsonb not null,
    reason text not null,
    failed_at timestamptz not null default clock_timestamp()
);
