-- Indicators (S2-035): a version says when a kind of alert is raised, and under which clause. It is written once,
-- activated once by somebody else with the evidence of its test cases, and never changed; a code may be retired.
create table indicator_version (
  id text primary key,
  bureau_id text not null,
  code text not null,
  version int not null check (version > 0),
  alert_kind text not null,
  body jsonb not null,
  author text not null,
  drafted_at timestamptz not null,
  unique (bureau_id, code, version)
);
create index indicator_version_kind on indicator_version (bureau_id, alert_kind);
create table indicator_activation (
  version_id text primary key references indicator_version,
  bureau_id text not null,
  effective_from date not null,
  evidence jsonb not null,
  approver text not null,
  activated_at timestamptz not null
);
create table indicator_retirement (
  sequence bigint generated always as identity primary key,
  bureau_id text not null,
  code text not null,
  retired_from date not null,
  reason text not null,
  retired_by text not null,
  retired_at timestamptz not null
);
create index indicator_retirement_code on indicator_retirement (bureau_id, code);

alter table indicator_version enable row level security;
alter table indicator_version force row level security;
alter table indicator_activation enable row level security;
alter table indicator_activation force row level security;
alter table indicator_retirement enable row level security;
alter table indicator_retirement force row level security;

-- Indicators show what is watched and from which figure on: for those who oversee; a draft for those who keep the rules.
create function reads_indicators(bureau text) returns boolean language sql stable as $$
  select bureau = plumbline_bureau() and (reads_bureau() or reads_units())
$$;
create policy read on indicator_activation for select using (reads_indicators(bureau_id));
create policy read on indicator_retirement for select using (reads_indicators(bureau_id));
create policy read on indicator_version for select using (
  keeps_rules(bureau_id)
  or (reads_indicators(bureau_id)
      and exists (select from indicator_activation a where a.version_id = indicator_version.id)));
create policy draft on indicator_version for insert with check (keeps_rules(bureau_id));
create function approves_rules(bureau text) returns boolean language sql stable as $$
  select bureau = plumbline_bureau() and (
    plumbline_actor() = 'system' or (plumbline_actor() = 'person' and plumbline_has_role('BUREAU_HEAD')))
$$;
create policy activate on indicator_activation for insert with check (approves_rules(bureau_id));
create policy retire on indicator_retirement for insert with check (approves_rules(bureau_id));
revoke update, delete on indicator_version, indicator_activation, indicator_retirement from plumbline_app;
