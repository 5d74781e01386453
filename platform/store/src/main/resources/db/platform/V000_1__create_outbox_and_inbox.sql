create table outbox (
    id bigint generated always as identity constraint pk_outbox primary key,
    event_id uuid not null,
    topic text not null,
    type text not null,
    ksb_id text not null,
    subject text not null,
    time timestamptz not null,
    trace_parent text,
    data text not null,
    created_at timestamptz not null default clock_timestamp()
);

-- Events of the last minutes and their places in Kafka's log, to be published again when the log has lost them.
create table outbox_sent (
    id bigint constraint pk_outbox_sent primary key,
    event_id uuid not null,
    topic text not null,
    type text not null,
    ksb_id text not null,
    subject text not null,
    time timestamptz not null,
    trace_parent text,
    data text not null,
    partition int not null,
    position bigint not null,
    sent_at timestamptz not null default clock_timestamp()
);

create table inbox (
    event_id uuid not null,
    consumer text not null,
    received_at timestamptz not null default clock_timestamp(),
    constraint pk_inbox primary key (event_id, consumer)
);

create index ix_inbox_received_at on inbox (received_at);

-- The result of each chunk of a sync's part, until the part's end is answered. A chunk that is sent again replaces its row.
create table sync_part_chunks (
    ksb_id text not null,
    sync_id uuid not null,
    part text not null,
    chunk int not null,
    reading bigint not null,
    received int not null,
    applied bigint not null,
    rejected_count int not null,
    rejected jsonb not null,
    updated_at timestamptz not null default clock_timestamp(),
    constraint pk_sync_part_chunks primary key (ksb_id, sync_id, part, chunk)
);
