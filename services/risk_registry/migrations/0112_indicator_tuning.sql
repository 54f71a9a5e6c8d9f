-- False positives tune an indicator (L12): what was counted, and the draft that is to do better, for good.
create table indicator_tuning (
  id text primary key,
  bureau_id text not null,
  from_version_id text not null references indicator_version,
  draft_version_id text not null unique references indicator_version,
  evidence jsonb not null,
  false_positives text[] not null,
  reason text not null,
  proposed_by text not null,
  proposed_at timestamptz not null
);
create index indicator_tuning_from on indicator_tuning (bureau_id, from_version_id);
alter table indicator_tuning enable row level security;
alter table indicator_tuning force row level security;
create policy read on indicator_tuning for select using (
  keeps_rules(bureau_id)
  or (bureau_id = plumbline_bureau() and plumbline_actor() = 'person' and plumbline_has_role('INTERNAL_AUDITOR')));
create policy propose on indicator_tuning for insert with check (keeps_rules(bureau_id));
revoke update, delete on indicator_tuning from plumbline_app;
