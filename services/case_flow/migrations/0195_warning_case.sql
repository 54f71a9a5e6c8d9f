-- Closed cases as material of warning education (S1-078). The draft knows its case, and only those who write and release
-- such material read it; what is released is another row that leads back to nothing.
create table warning_draft (
  id text primary key,
  bureau_id text not null,
  inquiry_id text not null unique references inquiry,
  case_id text not null unique,
  content jsonb not null,
  drafted_by text not null,
  drafted_at timestamptz not null,
  state text not null check (state in ('DRAFT', 'RETURNED', 'RELEASED')),
  decided_by text,
  note text not null default ''
);
revoke delete on warning_draft from plumbline_app;
alter table warning_draft enable row level security;
create policy warning_draft_read on warning_draft for select using (bureau_id = plumbline_bureau()
  and (plumbline_actor() = 'system' or (plumbline_actor() = 'person' and (plumbline_has_role('DISCIPLINE_LEAD')
    or plumbline_has_role('DISCIPLINE_OFFICER') or plumbline_has_role('BUREAU_HEAD')))));
create policy warning_draft_add on warning_draft for insert with check (bureau_id = plumbline_bureau());
create policy warning_draft_change on warning_draft for update using (bureau_id = plumbline_bureau());

create table warning_case (
  id text primary key,
  bureau_id text not null,
  content jsonb not null,
  kind text not null,
  root_cause text not null,
  root text not null,
  process text not null,
  level text not null,
  grade text not null,
  year integer not null,
  released_on date not null
);
create index warning_case_of on warning_case (bureau_id, released_on desc, id);
revoke update, delete on warning_case from plumbline_app;
alter table warning_case enable row level security;
create policy warning_case_read on warning_case for select
  using (bureau_id = plumbline_bureau() and plumbline_actor() in ('person', 'system'));
create policy warning_case_add on warning_case for insert with check (bureau_id = plumbline_bureau());
