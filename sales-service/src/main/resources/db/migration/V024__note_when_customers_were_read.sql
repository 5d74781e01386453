-- When the back office began to be read for source_balances: what was settled later they cannot contain. Null: not known,
-- they contain all that is settled.
alter table customers add column source_read_at timestamptz;

-- Up to when all customers' balances contain what was settled, because a reading that began then was applied.
create table customer_readings (
    ksb_id text constraint pk_customer_readings primary key,
    read_at timestamptz not null
);

-- Which customers' sales were settled between two readings: few.
create index ix_sales_settled on sales (ksb_id, settled_at) where settled_at is not null and customer_id is not null;
