-- What was done with the rows of a sync's part, until its end is answered; a chunk that is sent again replaces the one before.
create table sync_chunks (
    ksb_id text not null,
    sync_id uuid not null,
    part text not null,
    chunk int not null,
    received bigint not null,
    applied bigint not null,
    rejected jsonb not null,
    updated_at timestamptz not null default clock_timestamp(),
    constraint pk_sync_chunks primary key (ksb_id, sync_id, part, chunk)
);
