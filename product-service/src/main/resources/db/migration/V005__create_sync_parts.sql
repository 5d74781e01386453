-- What was done with the rows of one part of a sync, counted until its end is answered.
create table sync_parts (
    ksb_id text not null,
    sync_id uuid not null,
    part text not null,
    received bigint not null,
    applied bigint not null,
    unchanged bigint not null,
    updated_at timestamptz not null default clock_timestamp(),
    constraint pk_sync_parts primary key (ksb_id, sync_id, part)
);

create table sync_part_rejections (
    ksb_id text not null,
    sync_id uuid not null,
    part text not null,
    sequence bigint generated always as identity,
    row_id text,
    reason text not null,
    constraint pk_sync_part_rejections primary key (ksb_id, sync_id, part, sequence)
);
