-- Deviations of running power (S2-047): an alert that was confirmed, overridden or put right while the work ran. It is
-- read with the row of its alert, and answered once by those whom that row names to answer it.
create table deviation (
  alert_id text primary key references alert_entry,
  bureau_id text not null,
  process text not null,
  unit_ids text[] not null,
  outcome text not null check (outcome in ('CONFIRMED', 'OVERRIDDEN', 'CORRECTED')),
  answerers text[] not null,
  recorded_at timestamptz not null
);
create index deviation_process on deviation (bureau_id, process);
create table deviation_answer (
  alert_id text primary key references deviation,
  bureau_id text not null,
  deficiency text not null check (deficiency in ('DESIGN_DEFECT', 'EXECUTION_DEVIATION')),
  correction text not null,
  answered_by text not null,
  answered_at timestamptz not null
);
alter table deviation enable row level security;
alter table deviation force row level security;
alter table deviation_answer enable row level security;
alter table deviation_answer force row level security;

create function sees_alert(alert text) returns boolean language sql stable as $$
  select plumbline_actor() = 'system'
    or exists (select from alert_seer s where s.alert_id = alert and s.seer = any (ledger_seers()))
$$;
create policy read on deviation for select using (bureau_id = plumbline_bureau() and sees_alert(alert_id));
create policy read on deviation_answer for select using (bureau_id = plumbline_bureau() and sees_alert(alert_id));
create policy record on deviation for insert with check (bureau_id = plumbline_bureau() and plumbline_actor() = 'system');
create policy answer on deviation_answer for insert with check (
  bureau_id = plumbline_bureau() and plumbline_actor() = 'person' and exists (
    select from deviation d where d.alert_id = deviation_answer.alert_id and (
      plumbline_person() = any (d.answerers)
      or (plumbline_has_role('DISCIPLINE_LEAD') and d.outcome = 'CONFIRMED'))));
revoke update, delete on deviation, deviation_answer from plumbline_app;

-- What alerts proved before today. The owner is nobody under forced row-level security.
alter table alert_entry no force row level security;
alter table alert_progress no force row level security;
alter table alert_line no force row level security;
alter table risk_point_version no force row level security;
alter table risk_point_description no force row level security;
alter table deviation no force row level security;
insert into deviation (alert_id, bureau_id, process, unit_ids, outcome, answerers, recorded_at)
select e.alert_id, e.bureau_id, coalesce(p.process, e.domain), e.unit_ids, r.outcome, coalesce(named.people, '{}'), r.at
from alert_entry e
join alert_progress r on r.alert_id = e.alert_id and r.outcome in ('CONFIRMED', 'OVERRIDDEN', 'CORRECTED')
left join lateral (
  select d.process from risk_point_version v join risk_point_description d on d.sequence = v.sequence
  where v.point_id = e.point_id and v.valid_from <= (e.raised_at at time zone 'Asia/Shanghai')::date
  order by v.valid_from desc, v.sequence desc limit 1
) p on true
left join lateral (
  select array_agg(distinct l.person_id order by l.person_id) as people
  from unnest(array['MANAGER', 'ANSWERABLE', 'INFORMED']) with ordinality as asked (part, place)
  join alert_line l on l.alert_id = e.alert_id and l.part = asked.part
  group by asked.place order by asked.place limit 1
) named on true;
alter table alert_entry force row level security;
alter table alert_progress force row level security;
alter table alert_line force row level security;
alter table risk_point_version force row level security;
alter table risk_point_description force row level security;
alter table deviation force row level security;
