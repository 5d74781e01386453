-- One row per login on a device: the family of its refresh tokens, of which only hashes are kept.
create table sessions (
    id uuid not null constraint pk_sessions primary key,
    user_id uuid not null constraint fk_sessions_users references users,
    device_id uuid not null constraint fk_sessions_devices references devices,
    password_version int not null,
    current_hash text not null,
    previous_hash text,
    previous_nonce text,
    rotated_at timestamptz not null default clock_timestamp()
);

create index ix_sessions_user_id on sessions (user_id);
create index ix_sessions_rotated_at on sessions (rotated_at);

create table login_attempts (
    scope text not null constraint pk_login_attempts primary key,
    failures int not null,
    blocked_until timestamptz not null,
    last_at timestamptz not null
);

create index ix_login_attempts_last_at on login_attempts (last_at);
