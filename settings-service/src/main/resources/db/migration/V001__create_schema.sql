create table enterprises (
    ksb_id text not null constraint pk_enterprises primary key constraint ck_enterprises_ksb_id check (ksb_id ~ '^[0-9]{8}$'),
    name text not null,
    phones text not null default '',
    zone text not null default 'Asia/Tashkent',
    currency text not null default 'UZS',
    day_start time not null default '00:00',
    licence_until date,
    negative_stock text not null default 'WARN' constraint ck_enterprises_negative_stock check (negative_stock in ('FORBID', 'WARN', 'ALLOW')),
    cash_roundings text not null default 'UZS=100',
    cash_limit numeric(18, 2),
    weighed_barcodes text not null default '2PIIIIIWWWWWC',
    device_approval text not null default 'MANUAL' constraint ck_enterprises_device_approval check (device_approval in ('MANUAL', 'AUTOMATIC')),
    last_device_code int not null default 0,
    has_sales boolean not null default false,
    version bigint not null default 1
);
-- For operators: the licences that end soon.
create index ix_enterprises_licence_until on enterprises (licence_until) where licence_until is not null;

-- id is ours, device_id the till's own: two enterprises may have the same one.
create table devices (
    id uuid not null constraint pk_devices primary key,
    ksb_id text not null constraint fk_devices_enterprises references enterprises,
    device_id uuid not null,
    code int not null,
    name text not null,
    status text not null constraint ck_devices_status check (status in ('PENDING', 'APPROVED', 'BLOCKED')),
    address text not null,
    session_version int not null default 0,
    version bigint not null default 1,
    created_at timestamptz not null,
    constraint ix_devices_device_id unique (ksb_id, device_id),
    constraint ix_devices_code unique (ksb_id, code)
);

create index ix_devices_pending on devices (address, created_at) where status = 'PENDING';

-- id is ours, user_id may be chosen by the enterprise: two enterprises may have the same one.
create table users (
    id uuid not null constraint pk_users primary key,
    ksb_id text not null constraint fk_users_enterprises references enterprises,
    user_id uuid not null,
    login text not null,
    login_key text not null,
    display_name text not null,
    role text not null constraint ck_users_role check (role in ('CASHIER', 'MANAGER', 'ADMIN')),
    password_hash text,
    pin_hash text,
    session_version int not null default 0,
    active boolean not null default true,
    version bigint not null default 1,
    constraint ix_users_user_id unique (ksb_id, user_id),
    constraint ix_users_login_key unique (ksb_id, login_key)
);

create table clients (
    client_id text not null constraint pk_clients primary key,
    ksb_id text not null constraint fk_clients_enterprises references enterprises,
    name text not null,
    secret_hash text not null,
    created_at timestamptz not null default clock_timestamp()
);

create index ix_clients_ksb_id on clients (ksb_id, client_id);

create table user_settings (
    id uuid not null constraint pk_user_settings primary key constraint fk_user_settings_users references users,
    version bigint not null,
    content jsonb not null
);

create table device_settings (
    id uuid not null constraint pk_device_settings primary key constraint fk_device_settings_devices references devices on delete cascade,
    version bigint not null,
    content jsonb not null
);

-- One row per login on a device: the family of its refresh tokens. Only hashes of tokens are kept. The versions are those of
-- the user and the device when the session began: a session of an older version has ended.
create table sessions (
    id uuid not null constraint pk_sessions primary key,
    user_id uuid not null constraint fk_sessions_users references users,
    device_id uuid not null constraint fk_sessions_devices references devices on delete cascade,
    user_version int not null,
    device_version int not null,
    current_hash text not null,
    earlier jsonb not null default '[]',
    used_at timestamptz not null default clock_timestamp()
);

create index ix_sessions_user_id on sessions (user_id);
create index ix_sessions_device_id on sessions (device_id);
create index ix_sessions_used_at on sessions (used_at);

create table login_attempts (
    scope text not null constraint pk_login_attempts primary key,
    failures int not null,
    blocked_until timestamptz not null,
    last_at timestamptz not null
);

create index ix_login_attempts_last_at on login_attempts (last_at);

-- The last row that the back office sent of each user, till and of the enterprise: only what differs from it is applied.
create table back_office_rows (
    ksb_id text not null,
    kind text not null,
    id text not null,
    content jsonb not null,
    constraint pk_back_office_rows primary key (ksb_id, kind, id)
);

-- The newest reading of each part: rows of an older one are not applied any more.
create table back_office_readings (
    ksb_id text not null,
    part text not null,
    version bigint not null,
    constraint pk_back_office_readings primary key (ksb_id, part)
);

-- Requests under an Idempotency-Key. Only hashes of key and request are kept; the answer is sealed with the key.
create table idempotent_requests (
    ksb_id text not null,
    key_hash text not null,
    request_hash text not null,
    answer text not null default '',
    created_at timestamptz not null default clock_timestamp(),
    constraint pk_idempotent_requests primary key (ksb_id, key_hash)
);

create index ix_idempotent_requests_created_at on idempotent_requests (created_at);
