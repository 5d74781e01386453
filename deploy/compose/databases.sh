#!/bin/sh
# Runs once, when the server's data is new: a database and a login for each service.
set -eu
make() {
    psql -v ON_ERROR_STOP=1 -v name="$1" -v password="$2" -U postgres <<'SQL'
create role :"name" login password :'password';
alter role :"name" set transaction_timeout = '10s';
create database :"name" owner :"name";
revoke connect on database :"name" from public;
SQL
}
make settings "$POS_SETTINGS_PASSWORD"
make product "$POS_PRODUCT_PASSWORD"
make sales "$POS_SALES_PASSWORD"
make sync "$POS_SYNC_PASSWORD"
