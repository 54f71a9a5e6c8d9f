-- Audits that come round (S1-050): which the bureau adopted, what was opened in each period, workpapers (S1-051).
create table audit_programme (
  bureau_id text not null,
  code text not null,
  adopted_by text not null,
  adopted_on date not null,
  primary key (bureau_id, code)
);
create table scheduled_audit (
  id text primary key,
  bureau_id text not null,
  code text not null,
  period_from date not null,
  period_to date not null,
  scope_units text[] not null check (cardinality(scope_units) > 0),
  scope text not null,
  team text[] not null check (cardinality(team) >= 2),
  opened_by text not null,
  opened_at timestamptz not null,
  report text,
  closed_by text,
  closed_at timestamptz
);
create index scheduled_audit_period on scheduled_audit (bureau_id, code, period_from);
create table audit_workpaper (
  id text primary key,
  audit_id text not null references scheduled_audit,
  bureau_id text not null,
  submission jsonb not null,
  made_by text not null,
  made_at timestamptz not null
);
create index audit_workpaper_audit on audit_workpaper (audit_id, made_at, id);
revoke update, delete on audit_programme, audit_workpaper from plumbline_app;
revoke delete on scheduled_audit from plumbline_app;

alter table audit_programme enable row level security;
create policy audit_programme_read on audit_programme for select using (
  bureau_id = plumbline_bureau() and plumbline_actor() in ('person', 'system'));
create policy audit_programme_adopt on audit_programme for insert with check (bureau_id = plumbline_bureau());
alter table scheduled_audit enable row level security;
create policy scheduled_audit_read on scheduled_audit for select using (
  bureau_id = plumbline_bureau() and (plumbline_actor() = 'system' or (plumbline_actor() = 'person' and (
    plumbline_has_role('BUREAU_HEAD') or plumbline_has_role('DISCIPLINE_LEAD')
    or plumbline_has_role('INTERNAL_AUDITOR') or plumbline_person() = any(team)
    or plumbline_person() = opened_by))));
create policy scheduled_audit_open on scheduled_audit for insert with check (bureau_id = plumbline_bureau());
create policy scheduled_audit_close on scheduled_audit for update using (bureau_id = plumbline_bureau());
alter table audit_workpaper enable row level security;
create policy audit_workpaper_read on audit_workpaper for select using (
  bureau_id = plumbline_bureau() and exists (select from scheduled_audit a where a.id = audit_id));
create policy audit_workpaper_add on audit_workpaper for insert with check (
  bureau_id = plumbline_bureau() and made_by = plumbline_person());
