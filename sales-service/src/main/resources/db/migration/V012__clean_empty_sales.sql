-- Status never changes while a sale is rung up, so this index costs its writers nothing.
create index ix_sales_open on sales (ksb_id, id) where status = 'OPEN';

-- The one row says when empty sales were cleaned last; before the first time: when the counting began.
create table empty_sale_schedule (
    only_row boolean not null default true constraint pk_empty_sale_schedule primary key,
    last_run_at timestamptz not null,
    constraint ck_empty_sale_schedule_only_row check (only_row)
);

-- Each run; one that was interrupted has no end yet, and whoever comes next goes on with it.
create table empty_sale_runs (
    id bigint generated always as identity constraint pk_empty_sale_runs primary key,
    started_at timestamptz not null,
    finished_at timestamptz,
    deleted int not null default 0
);
create index ix_empty_sale_runs_unfinished on empty_sale_runs (id) where finished_at is null;
