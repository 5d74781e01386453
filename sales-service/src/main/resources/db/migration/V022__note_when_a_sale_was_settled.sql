-- Since when the back office's books are to have a sale: it was delivered, or closed by hand. Null before that; sales that
-- were settled earlier than this column have none.
alter table sales add column settled_at timestamptz;
