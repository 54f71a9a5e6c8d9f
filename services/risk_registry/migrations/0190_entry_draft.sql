-- A rule of the bureau is written by one and let count by another (SoD-6): until then it is a draft, and counts nowhere.
create table entry_draft (
  id text primary key,
  bureau_id text not null,
  kind text not null,
  code text not null,
  body jsonb not null,
  retired boolean not null,
  effective_from date not null,
  drafted_by text not null,
  drafted_at timestamptz not null,
  accepted boolean,
  reason text,
  decided_by text,
  decided_at timestamptz,
  check ((decided_at is null) = (accepted is null)),
  check (decided_by is distinct from drafted_by)
);
create index entry_draft_open on entry_draft (bureau_id, drafted_at desc, id desc);
revoke delete on entry_draft from plumbline_app;

alter table entry_draft enable row level security;
alter table entry_draft force row level security;
create policy read on entry_draft for select using (keeps_rules(bureau_id));
create policy draft on entry_draft for insert with check (keeps_rules(bureau_id) and accepted is null);
create policy decide on entry_draft for update using (keeps_rules(bureau_id) and accepted is null)
  with check (bureau_id = plumbline_bureau()
    and (plumbline_actor() = 'system' or (plumbline_actor() = 'person' and plumbline_has_role('BUREAU_HEAD'))));
