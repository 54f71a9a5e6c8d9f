-- Design and operation of a control are tested apart (S2-050); a deficiency is of one of two kinds (S2-052).
create table control_test (
  id text primary key,
  bureau_id text not null,
  control text not null,
  aspect text not null check (aspect in ('DESIGN', 'OPERATING')),
  effective boolean not null,
  deficiency text not null check (deficiency in ('', 'DESIGN_DEFECT', 'EXECUTION_DEVIATION')),
  evidence text not null,
  tested_by text not null,
  tested_at timestamptz not null,
  check (effective = (deficiency = ''))
);
create index control_test_latest on control_test (bureau_id, control, aspect, tested_at desc);
alter table control_test enable row level security;
alter table control_test force row level security;
create policy read on control_test for select using (bureau_id = plumbline_bureau() and (select reads_bureau()));
create policy record on control_test for insert with check (
  bureau_id = plumbline_bureau() and plumbline_actor() = 'person'
  and (plumbline_has_role('INTERNAL_AUDITOR') or plumbline_has_role('DISCIPLINE_OFFICER')));
revoke update, delete on control_test from plumbline_app;
