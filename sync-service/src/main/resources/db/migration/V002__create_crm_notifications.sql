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
