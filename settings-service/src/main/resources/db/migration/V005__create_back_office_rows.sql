-- What the back office last said of each user, till and of the enterprise: only what it says anew is applied.
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
