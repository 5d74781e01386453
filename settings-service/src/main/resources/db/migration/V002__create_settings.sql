create table user_settings (
    id uuid not null constraint pk_user_settings primary key constraint fk_user_settings_users references users,
    version bigint not null,
    content jsonb not null
);

create table device_settings (
    id uuid not null constraint pk_device_settings primary key constraint fk_device_settings_devices references devices,
    version bigint not null,
    content jsonb not null
);
