-- Relief decisions that another system or an auditor found: each has its matter here, or is an alert (S1-135).
create table decision_register (
  bureau_id text not null,
  decision_no text not null,
  unit_id text not null,
  decided_on date not null,
  matter_id text,
  source text not null,
  reported_by text not null,
  reported_at timestamptz not null,
  primary key (bureau_id, decision_no)
);
revoke update, delete on decision_register from plumbline_app;
alter table decision_register enable row level security;
create index decision_register_newest on decision_register (bureau_id, reported_at desc, decision_no);
create policy decision_register_read on decision_register for select using (
  bureau_id = plumbline_bureau() and (plumbline_actor() = 'system' or (plumbline_actor() = 'person' and (
    plumbline_has_role('INTERNAL_AUDITOR') or plumbline_has_role('DISCIPLINE_OFFICER')
    or plumbline_has_role('DISCIPLINE_LEAD') or plumbline_has_role('BUREAU_HEAD')))));
create policy decision_register_report on decision_register for insert with check (
  bureau_id = plumbline_bureau() and (
    (plumbline_actor() = 'client' and plumbline_has_scope('decisions:report')) or (plumbline_actor() = 'person'
      and (plumbline_has_role('INTERNAL_AUDITOR') or plumbline_has_role('DISCIPLINE_OFFICER')))));
