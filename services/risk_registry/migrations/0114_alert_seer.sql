-- Who sees a row, in the order in which rows are listed: a list walks this index and no row of others. A seer is a
-- person, or a role: internal audit from any outcome on, the discipline lead from a confirmed one on (§5.3).
create table alert_seer (
  bureau_id text not null,
  seer text not null,
  open boolean not null,
  raised_at timestamptz not null,
  alert_id text not null references alert_entry,
  primary key (alert_id, seer)
);
create index alert_seer_list on alert_seer (bureau_id, seer, open, raised_at desc, alert_id desc);
insert into alert_seer
select e.bureau_id, seer, r.alert_id is null, e.raised_at, e.alert_id
from alert_entry e
left join alert_progress r on r.alert_id = e.alert_id and r.step = 'RESOLVED'
cross join lateral unnest(e.seers || array_remove(array[
  case when r.alert_id is not null then 'role:INTERNAL_AUDITOR' end,
  case when r.outcome = 'CONFIRMED' then 'role:DISCIPLINE_LEAD' end], null)) seer;

create function ledger_seers() returns text[] language sql stable as $$
  select case when plumbline_actor() = 'person' then array_remove(array[
    plumbline_person(),
    case when plumbline_has_role('INTERNAL_AUDITOR') then 'role:INTERNAL_AUDITOR' end,
    case when plumbline_has_role('DISCIPLINE_LEAD') then 'role:DISCIPLINE_LEAD' end], null) else '{}' end
$$;
alter table alert_seer enable row level security;
alter table alert_seer force row level security;
create policy read on alert_seer for select using (
  bureau_id = (select plumbline_bureau())
  and ((select plumbline_actor()) = 'system' or seer = any ((select ledger_seers())::text[])));
create policy record on alert_seer for insert with check (bureau_id = plumbline_bureau() and plumbline_actor() = 'system');
create policy close on alert_seer for update using (bureau_id = plumbline_bureau() and plumbline_actor() = 'system');
revoke delete on alert_seer from plumbline_app;

drop policy read on alert_entry;
create policy read on alert_entry for select using (
  bureau_id = (select plumbline_bureau()) and (
    (select plumbline_actor()) = 'system'
    or exists (select from alert_seer s where s.alert_id = alert_entry.alert_id and s.seer = any ((select ledger_seers())::text[]))));
drop index alert_entry_seers;

-- What became of an alert goes with its row, in whatever order the two came.
drop policy read on alert_progress;
create policy read on alert_progress for select using (
  bureau_id = plumbline_bureau() and (
    (select reads_bureau())
    or ((select reads_units()) and unit_id = any ((select plumbline_units())::text[]))
    or ((select plumbline_actor()) = 'person' and (select plumbline_has_role('SUPERVISION_OFFICE')))
    or exists (
      select from alert_seer s
      where s.alert_id = alert_progress.alert_id and s.seer = any ((select ledger_seers())::text[]))));
alter table alert_progress drop column seers;
