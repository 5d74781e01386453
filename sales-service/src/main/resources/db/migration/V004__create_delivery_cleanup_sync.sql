-- The process that sends an enterprise's sales at this moment, and its circuit breaker.
create table delivery_leases (
    ksb_id text constraint pk_delivery_leases primary key,
    owner text not null,
    until timestamptz not null,
    failures int not null default 0,
    probe_at timestamptz,
    -- When its last turn ended: the longest ago comes next.
    served_at timestamptz
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

-- Counts of a part that is being received; a chunk that is sent again replaces the one before.
create table sync_chunks (
    ksb_id text not null,
    sync_id uuid not null,
    part text not null,
    chunk int not null,
    received int not null,
    applied int not null,
    rejected jsonb not null,
    received_at timestamptz not null default clock_timestamp(),
    constraint pk_sync_chunks primary key (ksb_id, sync_id, part, chunk)
);
