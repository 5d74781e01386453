-- kind: units, warehouses, price-types, cash-desks, currencies. Rows are never removed: deleted is a tombstone.
create table reference_items (
    ksb_id text not null,
    kind text not null,
    id text not null,
    version bigint not null,
    name text not null,
    currency text,
    cash_kind text,
    archived boolean not null,
    deleted boolean not null,
    constraint pk_reference_items primary key (ksb_id, kind, id)
);
