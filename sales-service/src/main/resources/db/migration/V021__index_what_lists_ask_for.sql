-- Small ones: what is unfinished or needs a person is little at any time.
create index ix_sales_unfinished on sales (ksb_id, status, happened_at desc, id desc) where status <> 'COMPLETED';
create index ix_sales_refused on sales (ksb_id, delivery_status, completed_at, id)
    where delivery_status in ('REJECTED', 'CLOSED');
-- A till's and a cashier's sales, also of one that sold nothing for long.
create index ix_sales_device on sales (ksb_id, device_id, happened_at desc, id desc);
create index ix_sales_cashier on sales (ksb_id, cashier, happened_at desc, id desc);
-- A sale by its number, and a till's gaps by its code.
create index ix_sales_number on sales (ksb_id, device_code, device_sequence) where device_sequence is not null;
