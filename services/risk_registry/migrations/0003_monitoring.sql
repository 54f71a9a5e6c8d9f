-- A sealed signal puts the whole point under heightened monitoring: no subject, no informant, no time of day.
create table heightened_monitoring (
  signal_id text primary key,
  point_id text not null,
  bureau_id text not null,
  since date not null
);
create index heightened_monitoring_point on heightened_monitoring (point_id, since);

alter table heightened_monitoring enable row level security;
alter table heightened_monitoring force row level security;

-- Head and discipline lead only, and neither of them about a point they hold themselves (C-05).
create policy read on heightened_monitoring for select using (
  bureau_id = plumbline_bureau() and (
    plumbline_actor() = 'system'
    or (plumbline_actor() = 'person'
        and (plumbline_has_role('BUREAU_HEAD') or plumbline_has_role('DISCIPLINE_LEAD'))
        and not exists (
          select from risk_point_description d
          where d.point_id = heightened_monitoring.point_id and d.post_ids && plumbline_posts())))
);
create policy record on heightened_monitoring for insert with check (
  bureau_id = plumbline_bureau() and plumbline_actor() = 'system'
);

-- Every alert of case flow, once, with the grade of its point when it was raised (S2-037, S2-039).
create table alert_ledger (
  alert_id text primary key,
  point_id text not null,
  bureau_id text not null,
  unit_id text not null,
  matter_id text not null,
  kind text not null,
  phase text not null check (phase in ('EX_ANTE', 'IN_PROCESS', 'EX_POST')),
  grade text check (grade in ('LOW', 'MEDIUM', 'HIGH')),
  raised_at timestamptz not null
);
create index alert_ledger_point on alert_ledger (bureau_id, point_id, raised_at) include (phase);

alter table alert_ledger enable row level security;
alter table alert_ledger force row level security;

create policy read on alert_ledger for select using (
  bureau_id = plumbline_bureau() and (
    (select reads_bureau())
    or (plumbline_actor() = 'person' and plumbline_has_role('SUPERVISION_OFFICE'))
    or ((select reads_units()) and unit_id = any ((select plumbline_units())::text[])))
);
create policy record on alert_ledger for insert with check (
  bureau_id = plumbline_bureau() and plumbline_actor() = 'system'
);

revoke update, delete on heightened_monitoring, alert_ledger from plumbline_app;
