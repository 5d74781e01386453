create extension if not exists pg_trgm;
create extension if not exists btree_gin;

-- An open sale is one document: what is asked for is a column, lines and payments are read and written whole.
create table sales (
    ksb_id text not null,
    id uuid not null,
    status text not null,
    kind text not null,
    revision int not null,
    return_of uuid,
    customer_id uuid,
    currency text not null,
    main_currency text not null,
    rate numeric(18, 6) not null,
    price_type text,
    warehouse text,
    discount_amount numeric,
    discount_percent numeric,
    rounding numeric(18, 2) not null,
    comment text,
    lines jsonb not null,
    payments jsonb not null,
    device_id text,
    device_code text,
    device_sequence bigint,
    cashier text,
    -- The form by which logins are compared.
    cashier_key text,
    uploader text,
    opened_at timestamptz not null,
    changed_at timestamptz not null,
    total numeric(18, 2) not null,
    discount numeric(18, 2) not null,
    paid numeric(18, 2) not null default 0,
    change numeric(18, 2) not null default 0,
    completed_at timestamptz,
    claimed_at timestamptz,
    business_date date,
    business_hour smallint,
    main_total numeric(18, 2) not null default 0,
    main_cash numeric(18, 2) not null default 0,
    main_card numeric(18, 2) not null default 0,
    main_debt numeric(18, 2) not null default 0,
    main_discount numeric(18, 2) not null default 0,
    main_rounding numeric(18, 2) not null default 0,
    flags jsonb not null default '[]',
    content_hash text,
    delivery_status text,
    attempts int not null default 0,
    next_attempt_at timestamptz,
    last_error text,
    posted boolean,
    -- Since when the back office's books are to have it: it was delivered, or closed by hand. Null before that.
    settled_at timestamptz,
    -- The text of searches, in its normal form. Two columns: the first has an index, and does not change while a sale is open,
    -- so that writing an open sale costs no index anything.
    search text,
    draft_search text,
    -- When the server first had it: what lists are sorted by.
    received_at timestamptz not null default clock_timestamp(),
    -- Why it is kept back until a manager decides: blocked-device and dismissed count nowhere; null: it is not.
    held text,
    fiscal jsonb,
    approved_by text,
    constraint pk_sales primary key (ksb_id, id),
    constraint ck_sales_status check (status in ('OPEN', 'COMPLETED', 'TRASHED')),
    constraint ck_sales_kind check (kind in ('SALE', 'RETURN')),
    constraint ck_sales_delivery check (
        delivery_status in ('NOT_DELIVERED', 'DELIVERED', 'REJECTED', 'CLOSED')),
    constraint ck_sales_held check (held in ('blocked-device', 'return', 'dismissed'))
);

create index ix_sales_received on sales (ksb_id, received_at desc, id desc);
-- Sales of certain days, which all are finished: of these the time of completion never changes.
create index ix_sales_completed on sales (ksb_id, completed_at desc, id desc) where completed_at is not null;
create index ix_sales_device_sequence on sales (ksb_id, device_id, device_sequence) where device_sequence is not null;
create index ix_sales_return_of on sales (ksb_id, return_of) where return_of is not null;
create index ix_sales_customer on sales (ksb_id, customer_id) where customer_id is not null;
create index ix_sales_undelivered on sales (ksb_id, completed_at, id) where delivery_status = 'NOT_DELIVERED';
-- Small ones: what is unfinished or needs a person is little at any time.
create index ix_sales_unfinished on sales (ksb_id, status, received_at desc, id desc) where status <> 'COMPLETED';
create index ix_sales_refused on sales (ksb_id, delivery_status, completed_at, id)
    where delivery_status in ('REJECTED', 'CLOSED');
-- A till's and a cashier's sales, also of one that sold nothing for long.
create index ix_sales_device on sales (ksb_id, device_id, received_at desc, id desc);
create index ix_sales_cashier on sales (ksb_id, cashier_key, received_at desc, id desc);
-- A sale by its number, and a till's gaps by its code.
create index ix_sales_number on sales (ksb_id, device_code, device_sequence) where device_sequence is not null;
-- The few that wait for a manager.
create index ix_sales_held on sales (ksb_id, id) where held in ('blocked-device', 'return');
-- Status never changes while a sale is rung up, so this index costs its writers nothing.
create index ix_sales_open on sales (ksb_id, id) where status = 'OPEN';
-- The pending list is short, so that no sale waits long while it is merged.
create index ix_sales_search on sales using gin (ksb_id, search gin_trgm_ops)
    with (gin_pending_list_limit = 512) where search is not null;
-- Customers' sales that were settled between two readings: few.
create index ix_sales_settled on sales (ksb_id, settled_at) where settled_at is not null and customer_id is not null;

-- A second, different content under the id of a finished sale: nothing of it is counted until someone decides.
create table sale_conflicts (
    id uuid constraint pk_sale_conflicts primary key,
    ksb_id text not null,
    sale_id uuid not null,
    content_hash text not null,
    device_id text,
    device_code text,
    device_sequence bigint,
    uploader text,
    received_at timestamptz not null,
    -- The row it would have been, and what is shown of it.
    sale jsonb not null,
    view jsonb not null,
    -- Of the view: lists are bounded by it.
    bytes int not null,
    resolution text,
    resolved_as uuid,
    resolved_by text,
    resolved_at timestamptz,
    reason text,
    constraint uq_sale_conflicts_content unique (ksb_id, sale_id, content_hash),
    constraint ck_sale_conflicts_resolution check (resolution in ('new-sale', 'dismissed'))
);

-- What could not be read as a sale, exactly as it came.
create table unreadable_sales (
    id uuid constraint pk_unreadable_sales primary key,
    ksb_id text not null,
    raw_hash text not null,
    raw text not null,
    problem text not null,
    device_id text,
    uploader text,
    received_at timestamptz not null,
    -- Removed by a manager: only the hash is left, so that the same text is not kept again.
    removed_at timestamptz,
    removed_by text,
    reason text,
    constraint uq_unreadable_sales_raw unique (ksb_id, raw_hash)
);
create index ix_unreadable_sales_received on unreadable_sales (ksb_id, received_at);

-- A manager's decision on a held sale.
create table held_resolutions (
    ksb_id text not null,
    sale_id uuid not null,
    resolution text not null,
    reason text not null,
    resolved_by text,
    resolved_at timestamptz not null,
    constraint pk_held_resolutions primary key (ksb_id, sale_id),
    constraint ck_held_resolutions_resolution check (resolution in ('taken', 'dismissed'))
);
