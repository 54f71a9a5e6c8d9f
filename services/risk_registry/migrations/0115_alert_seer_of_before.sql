-- Rows from before 0114 are listed as well: under forced row-level security the owner, who is nobody, moved none of them.
alter table alert_entry no force row level security;
alter table alert_progress no force row level security;
alter table alert_seer no force row level security;
insert into alert_seer (bureau_id, seer, open, raised_at, alert_id)
select e.bureau_id, seer, r.alert_id is null, e.raised_at, e.alert_id
from alert_entry e
left join alert_progress r on r.alert_id = e.alert_id and r.step = 'RESOLVED'
cross join lateral unnest(e.seers || array_remove(array[
  case when r.alert_id is not null then 'role:INTERNAL_AUDITOR' end,
  case when r.outcome = 'CONFIRMED' then 'role:DISCIPLINE_LEAD' end], null)) seer
on conflict do nothing;
alter table alert_entry force row level security;
alter table alert_progress force row level security;
alter table alert_seer force row level security;
