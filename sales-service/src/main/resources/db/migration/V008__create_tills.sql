-- What each till of an enterprise told last, and what the server itself knows of it. One row per till that was ever heard, or
-- that a manager has decided about. No index but the key: a report changes the row in place.
create table tills (
    ksb_id text not null,
    device_id text not null,
    -- Rises with each change that was published.
    version bigint not null default 0,
    -- The till's words; null: it was never heard.
    report jsonb,
    heard_at timestamptz,
    changed_at timestamptz,
    -- It was not heard for long, though it did not say that it closes.
    away boolean not null default false,
    -- The highest of its numbers that the server has.
    server_sequence bigint not null default 0,
    -- How many of its numbers the server lacks, and since when.
    missing bigint not null default 0,
    missing_since timestamptz,
    -- A manager has settled the numbers up to this one: what is missing of them is known.
    settled_through bigint not null default 0,
    -- The manager's decision; null since the till was heard again.
    settled jsonb,
    removed boolean not null default false,
    -- As it was published last.
    view jsonb,
    checked_at timestamptz,
    constraint pk_tills primary key (ksb_id, device_id)
) with (fillfactor = 50);
