-- Who sends an enterprise's sales at this moment, and since when its back office is away.
create table delivery_leases (
    ksb_id text constraint pk_delivery_leases primary key,
    owner text not null,
    until timestamptz not null,
    failures int not null default 0,
    probe_at timestamptz
);
