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

create table inbox (
    event_id uuid not null,
    consumer text not null,
    received_at timestamptz not null default clock_timestamp(),
    constraint pk_inbox primary key (event_id, consumer)
);

create index ix_inbox_received_at on inbox (received_at);
