-- A version of a process is drafted, revised and published; each revision of the draft is a row that stays.
create table process_version (
  id text primary key,
  bureau_id text not null,
  process text not null,
  number integer not null,
  base_id text references process_version,
  owner_unit_id text not null,
  drafted_by text not null,
  drafted_at timestamptz not null,
  unique (bureau_id, process, number)
);
create table process_draft (
  sequence bigint generated always as identity primary key,
  version_id text not null references process_version,
  bureau_id text not null,
  graph jsonb not null,
  recorded_by text not null,
  recorded_at timestamptz not null
);
create index process_draft_latest on process_draft (version_id, sequence desc);
create table process_publication (
  version_id text primary key references process_version,
  bureau_id text not null,
  process text not null,
  effective_from date not null,
  published_by text not null,
  published_at timestamptz not null
);
create index process_publication_as_of on process_publication (bureau_id, process, effective_from desc);

-- What becomes of a point when its step goes or changes (S1-131); the classification recorded last counts.
create table risk_disposition (
  sequence bigint generated always as identity primary key,
  version_id text not null references process_version,
  bureau_id text not null,
  point_id text not null references risk_point,
  kind text not null check (kind in ('TRANSFERRED_TO_POST', 'REDUCED', 'DISSOLVED')),
  from_step text not null,
  to_step text not null,
  receiver_post_id text not null,
  tightened text not null check (tightened in ('', 'STEP', 'RESPONSIBLE_PERSON', 'TIME_LIMIT')),
  reason text not null,
  recorded_by text not null,
  recorded_at timestamptz not null
);
create index risk_disposition_latest on risk_disposition (version_id, point_id, sequence desc);
create table disposition_acceptance (
  disposition bigint primary key references risk_disposition,
  bureau_id text not null,
  accepted_by text not null,
  accepted_at timestamptz not null
);

alter table process_version enable row level security;
alter table process_version force row level security;
alter table process_draft enable row level security;
alter table process_draft force row level security;
alter table process_publication enable row level security;
alter table process_publication force row level security;
alter table risk_disposition enable row level security;
alter table risk_disposition force row level security;
alter table disposition_acceptance enable row level security;
alter table disposition_acceptance force row level security;

-- A published process is open to the bureau; a draft to those who read the whole register and to its owners.
create policy read on process_publication for select using (
  bureau_id = plumbline_bureau() and plumbline_actor() in ('person', 'system'));
create policy read on process_version for select using (
  bureau_id = plumbline_bureau() and plumbline_actor() in ('person', 'system') and (
    (select reads_bureau())
    or ((select reads_units()) and owner_unit_id = any ((select plumbline_units())::text[]))
    or exists (select from process_publication p where p.version_id = id)));
create policy read on process_draft for select using (
  bureau_id = plumbline_bureau() and exists (select from process_version v where v.id = version_id));

create function drafts_process(bureau text, owner text) returns boolean language sql stable as $$
  select keeps_rules(bureau) or (
    bureau = plumbline_bureau() and (select reads_units()) and owner = any ((select plumbline_units())::text[]))
$$;
create policy draft on process_version for insert with check (drafts_process(bureau_id, owner_unit_id));
create policy draft on process_draft for insert with check (
  exists (select from process_version v where v.id = version_id and drafts_process(v.bureau_id, v.owner_unit_id)));
create policy publish on process_publication for insert with check (
  bureau_id = plumbline_bureau() and plumbline_actor() = 'system');

-- A receiving post sees what it is asked to take over.
create policy read on risk_disposition for select using (
  bureau_id = plumbline_bureau() and (
    (select reads_bureau())
    or (plumbline_actor() = 'person' and receiver_post_id = any ((select plumbline_posts())::text[]))
    or ((select reads_units()) and exists (
      select from process_version v
      where v.id = version_id and v.owner_unit_id = any ((select plumbline_units())::text[])))));
create policy classify on risk_disposition for insert with check (
  exists (select from process_version v where v.id = version_id and drafts_process(v.bureau_id, v.owner_unit_id)));
create policy read on disposition_acceptance for select using (
  bureau_id = plumbline_bureau() and exists (select from risk_disposition d where d.sequence = disposition));
create policy accept on disposition_acceptance for insert with check (
  bureau_id = plumbline_bureau() and exists (
    select from risk_disposition d
    where d.sequence = disposition and d.receiver_post_id = any ((select plumbline_posts())::text[])));

revoke update, delete on process_version, process_draft, process_publication, risk_disposition,
  disposition_acceptance from plumbline_app;
