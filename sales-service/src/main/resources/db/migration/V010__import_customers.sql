-- What the back office said last: its version, and its balances before our own movements.
alter table customers
    add column source_version bigint not null default 0,
    add column source_balances jsonb not null default '[]';

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
