-- Rows that could not be applied, for a person to look at and to replay. The id is made of the row: sent again, it is kept once.
create table rejected_updates (
    ksb_id text not null,
    id uuid not null,
    product_id text,
    reason text not null,
    raw text not null,
    times int not null default 1,
    received_at timestamptz not null,
    constraint pk_rejected_updates primary key (ksb_id, id)
);

create index ix_rejected_updates_received_at on rejected_updates (received_at);
