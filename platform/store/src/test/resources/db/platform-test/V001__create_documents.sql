create table documents (
    id text constraint pk_documents primary key,
    revision int not null
);
