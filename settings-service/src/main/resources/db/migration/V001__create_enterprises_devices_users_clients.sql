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
    weighed_barcodes text not null default '2PIIIIIWWWWWC',
    device_approval text not null default 'MANUAL' constraint ck_enterprises_device_approval check (device_approval in ('MANUAL', 'AUTOMATIC')),
    last_device_code int not null default 0,
    version bigint not null default 1
);

create table devices (
    id uuid not null constraint pk_devices primary key,
    ksb_id text not null constraint fk_devices_enterprises references enterprises,
    device_id uuid not null,
    code int not null,
    name text not null,
    status text not null constraint ck_devices_status check (status in ('PENDING', 'APPROVED', 'BLOCKED')),
    token_hash text not null,
    version bigint not null default 1,
    created_at timestamptz not null default clock_timestamp(),
    constraint ix_devices_device_id unique (ksb_id, device_id),
    constraint ix_devices_code unique (ksb_id, code),
    constraint ix_devices_token_hash unique (token_hash)
);

create table users (
    id uuid not null constraint pk_users primary key,
    ksb_id text not null constraint fk_users_enterprises references enterprises,
    login text not null,
    login_key text not null,
    display_name text not null,
    role text not null constraint ck_users_role check (role in ('CASHIER', 'MANAGER', 'ADMIN')),
    password_hash text,
    password_version int not null default 0,
    active boolean not null default true,
    version bigint not null default 1,
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
