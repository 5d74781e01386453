-- 500 finished sales in one transaction, by multi-row inserts: BatchReceiving, when all of them are new.
\set number random(1, 9000000000000000000)
\set n :n + 500
begin;
insert into sales ({sales}) select {sales}
from generate_series(1, 500) place, lateral json_populate_record(null::sales,
    replace(replace(:done_row, '@id', md5(:number::text || place)),
        '@sequence', (:n::bigint + :client_id * 10000000 + place)::text)::json)
on conflict (ksb_id, id) do nothing returning id;
insert into total_changes ({total_changes}) select {total_changes}
from json_populate_recordset(null::total_changes, :change_rows::json);
insert into outbox (event_id, topic, type, ksb_id, subject, time, trace_parent, data)
select gen_random_uuid(), 'pos.sales.v1', 'sale.completed', :ksb_id, md5(:number::text || place), now(), null,
    replace(replace(:completed, '@id', md5(:number::text || place)),
        '@sequence', (:n::bigint + :client_id * 10000000 + place)::text)
from generate_series(1, 500) place;
commit;
