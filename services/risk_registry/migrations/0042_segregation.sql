-- Whoever holds incompatible duties (S2-016): found once, remedied step by step, never deleted.
create table sod_finding (
  id text primary key,
  bureau_id text not null,
  rule text not null,
  person_id text not null,
  post_ids text[] not null,
  duties text[] not null,
  found_at timestamptz not null
);
create index sod_finding_person on sod_finding (bureau_id, person_id);
create table sod_remediation (
  sequence bigint generated always as identity primary key,
  finding_id text not null references sod_finding,
  bureau_id text not null,
  state text not null check (state in ('OPEN', 'ASSIGNED', 'COMPENSATED', 'CLOSED')),
  note text not null,
  control text not null,
  due_on date,
  recorded_by text not null,
  recorded_at timestamptz not null
);
create index sod_remediation_latest on sod_remediation (finding_id, sequence desc);

-- An exception expires, and a compensating control stands behind it (SoD-12).
create table sod_exception (
  sequence bigint generated always as identity primary key,
  bureau_id text not null,
  rule text not null,
  person_id text not null,
  control text not null,
  reason text not null,
  valid_from date not null,
  expires_on date not null,
  granted_by text not null,
  granted_at timestamptz not null,
  check (expires_on > valid_from)
);

alter table sod_finding enable row level security;
alter table sod_finding force row level security;
alter table sod_remediation enable row level security;
alter table sod_remediation force row level security;
alter table sod_exception enable row level security;
alter table sod_exception force row level security;

create policy read on sod_finding for select using (bureau_id = plumbline_bureau() and (select reads_bureau()));
create policy find on sod_finding for insert with check (
  bureau_id = plumbline_bureau() and plumbline_actor() = 'system');
create policy read on sod_remediation for select using (bureau_id = plumbline_bureau() and (select reads_bureau()));
create policy remedy on sod_remediation for insert with check (keeps_rules(bureau_id));
create policy read on sod_exception for select using (bureau_id = plumbline_bureau() and (select reads_bureau()));
create policy grant_it on sod_exception for insert with check (keeps_register(bureau_id));
revoke update, delete on sod_finding, sod_remediation, sod_exception from plumbline_app;
