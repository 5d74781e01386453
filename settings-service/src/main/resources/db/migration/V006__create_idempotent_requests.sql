-- Requests under an Idempotency-Key, of which only hashes are kept; the answer can be read by whoever has the key alone.
create table idempotent_requests (
    ksb_id text not null,
    key_hash text not null,
    request_hash text not null,
    answer text not null default '',
    created_at timestamptz not null default clock_timestamp(),
    constraint pk_idempotent_requests primary key (ksb_id, key_hash)
);

create index ix_idempotent_requests_created_at on idempotent_requests (created_at);
