-- What a run's rows get as their version: drawn when a read starts, so that a late run never writes over a newer one.
create sequence row_versions start 1000;

create table syncs (
    id uuid not null,
    ksb_id text not null,
    device_id text not null,
    first boolean not null,
    status text not null,
    started_by text not null,
    started_at timestamptz not null,
    finished_at timestamptz,
    next_allowed_at timestamptz,
    -- false: a nightly run, which gets everything each time
    confirms boolean not null default true,
    constraint pk_syncs primary key (id),
    constraint ck_syncs_status check (status in ('RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED'))
);

create unique index ix_syncs_one_running on syncs (ksb_id, device_id) where status = 'RUNNING';
create index ix_syncs_list on syncs (ksb_id, started_at desc);
create index ix_syncs_running on syncs (started_at) where status = 'RUNNING';

create table sync_parts (
    sync_id uuid not null constraint fk_sync_parts_syncs references syncs (id),
    part text not null,
    ordinal int not null,
    state text not null default 'WAITING',
    received int not null default 0,
    applied int not null default 0,
    unchanged int not null default 0,
    rejected_count int not null default 0,
    -- the first of them
    rejected jsonb not null default '[]',
    reason text,
    reason_code text,
    attempts int not null default 0,
    next_attempt_at timestamptz not null default '-infinity',
    -- of row_versions; 0: not read yet
    reading bigint not null default 0,
    -- the back office's word for rows that are to be confirmed
    object text,
    constraint pk_sync_parts primary key (sync_id, part),
    constraint ck_sync_parts_state check (state in ('WAITING', 'READING', 'APPLYING', 'APPLIED', 'FAILED'))
);

-- The rows of a part that wait for their confirmation, as the back office names them, and the places of those rejected.
create table sync_chunks (
    sync_id uuid not null,
    part text not null,
    chunk int not null,
    reading bigint not null,
    ids text[] not null,
    rejected int[] not null default '{}',
    constraint pk_sync_chunks primary key (sync_id, part, chunk),
    constraint fk_sync_chunks_sync_parts foreign key (sync_id, part) references sync_parts (sync_id, part)
);

create table reader_leases (
    ksb_id text not null,
    owner uuid not null,
    until timestamptz not null,
    -- when its last turn ended: the longest ago comes next
    served_at timestamptz,
    -- whether a call of that turn was slow: the next one waits among the slow ones
    slow boolean not null default false,
    constraint pk_reader_leases primary key (ksb_id)
);

create table crm_notifications (
    id uuid not null,
    ksb_id text not null,
    sync_id text not null,
    body text not null,
    status text not null default 'PENDING',
    attempts int not null default 0,
    next_attempt_at timestamptz not null,
    last_error text,
    created_at timestamptz not null,
    received_at timestamptz,
    constraint pk_crm_notifications primary key (id),
    constraint ck_crm_notifications_status check (status in ('PENDING', 'RECEIVED', 'FAILED'))
);

create index ix_crm_notifications_due on crm_notifications (next_attempt_at) where status = 'PENDING';
create index ix_crm_notifications_list on crm_notifications (ksb_id, created_at desc);
