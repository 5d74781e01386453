-- What was done with the rows of a sync's part, until its end is answered; a chunk that is sent again replaces the one before.
create table sync_chunks (
    ksb_id text not null,
    sync_id uuid not null,
    part text not null,
    chunk int not null,
    received int not null,
    applied int not null,
    rejected jsonb not null,
    constraint pk_sync_chunks primary key (ksb_id, sync_id, part, chunk)
);
