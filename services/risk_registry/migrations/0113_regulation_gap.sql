-- A confirmed alert asks: is a rule missing (S2-053)? One question for a kind of alert at a point while it is open;
-- it is answered once, and what is advised is decided once by somebody else.
create table regulation_gap (
  id text primary key,
  bureau_id text not null,
  kind text not null,
  point_id text not null,
  opened_at timestamptz not null
);
create index regulation_gap_opened on regulation_gap (bureau_id, opened_at desc, id desc);
create table regulation_gap_alert (
  alert_id text primary key,
  gap_id text not null references regulation_gap,
  bureau_id text not null,
  linked_at timestamptz not null
);
create index regulation_gap_alert_of on regulation_gap_alert (gap_id);
create table regulation_gap_answer (
  gap_id text primary key references regulation_gap,
  bureau_id text not null,
  missing boolean not null,
  advice text not null,
  entry_kind text check (entry_kind in ('REGULATION', 'CONTROL')),
  entry_code text,
  entry_body jsonb,
  answered_by text not null,
  answered_at timestamptz not null,
  check (missing = (entry_kind is not null) and missing = (entry_code is not null) and missing = (entry_body is not null))
);
create table regulation_gap_decision (
  gap_id text primary key references regulation_gap_answer,
  bureau_id text not null,
  accepted boolean not null,
  reason text not null,
  effective_from date,
  decided_by text not null,
  decided_at timestamptz not null,
  check (accepted = (effective_from is not null))
);
alter table regulation_gap enable row level security;
alter table regulation_gap force row level security;
alter table regulation_gap_alert enable row level security;
alter table regulation_gap_alert force row level security;
alter table regulation_gap_answer enable row level security;
alter table regulation_gap_answer force row level security;
alter table regulation_gap_decision enable row level security;
alter table regulation_gap_decision force row level security;

-- Where a rule is missing the bureau is weak: for those who may know that.
create policy read on regulation_gap for select using (bureau_id = plumbline_bureau() and (select reads_bureau()));
create policy read on regulation_gap_alert for select using (bureau_id = plumbline_bureau() and (select reads_bureau()));
create policy read on regulation_gap_answer for select using (bureau_id = plumbline_bureau() and (select reads_bureau()));
create policy read on regulation_gap_decision for select using (bureau_id = plumbline_bureau() and (select reads_bureau()));
create policy ask on regulation_gap for insert with check (bureau_id = plumbline_bureau() and plumbline_actor() = 'system');
create policy ask on regulation_gap_alert for insert with check (
  bureau_id = plumbline_bureau() and plumbline_actor() = 'system');
create policy answer on regulation_gap_answer for insert with check (keeps_rules(bureau_id));
create policy decide on regulation_gap_decision for insert with check (approves_rules(bureau_id));
revoke update, delete on regulation_gap, regulation_gap_alert, regulation_gap_answer, regulation_gap_decision
  from plumbline_app;
