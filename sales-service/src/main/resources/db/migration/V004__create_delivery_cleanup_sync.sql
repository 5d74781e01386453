-- The process that sends an enterprise's sales at this moment, and its circuit breaker.
create table delivery_leases (
    ksb_id text constraint pk_delivery_leases primary key,
    owner text not null,
    until timestamptz not null,
    failures int not null default 0,
    probe_at timestamptz,
    -- When its last turn ended: the longest ago comes next.
    served_at timestamptz,
    -- Whether a call of that turn was slow: the next one waits among the slow ones.
    slow boolean not null default false
);

-- The one row says when empty sales were cleaned last; before the first time: when the counting began.
create table empty_sale_schedule (
    only_row boolean not null default true constraint pk_empty_sale_schedule primary key,
    last_run_at timestamptz not null,
    constraint ck_empty_sale_schedule_only_row check (only_row)
);

-- Each run; one that was interrupted has no end yet, and the next process goes on with it.
create table empty_sale_runs (
    id bigint generated always as identity constraint pk_empty_sale_runs primary key,
    started_at timestamptz not null,
    finished_at timestamptz,
    deleted int not null default 0
);
create index ix_empty_sale_runs_unfinished on empty_sale_runs (id) where finished_at is null;
