-- Discretion standards (S2-019): a version is written once, published once by somebody else, and never changed.
create table discretion_standard (
  id text primary key,
  bureau_id text not null,
  code text not null,
  version int not null check (version > 0),
  body jsonb not null,
  author text not null,
  drafted_at timestamptz not null,
  unique (bureau_id, code, version)
);
create table discretion_publication (
  standard_version_id text primary key references discretion_standard,
  bureau_id text not null,
  effective_from date not null,
  approver text not null,
  published_at timestamptz not null
);
create index discretion_publication_as_of on discretion_publication (bureau_id, effective_from desc);

alter table discretion_standard enable row level security;
alter table discretion_standard force row level security;
alter table discretion_publication enable row level security;
alter table discretion_publication force row level security;

-- What is published is for every officer (行政处罚法 Art 34); a draft for those who keep the rules.
create policy read on discretion_publication for select using (
  bureau_id = plumbline_bureau() and plumbline_actor() in ('person', 'system'));
create policy read on discretion_standard for select using (
  keeps_rules(bureau_id)
  or (bureau_id = plumbline_bureau() and plumbline_actor() = 'person'
      and exists (select from discretion_publication p where p.standard_version_id = discretion_standard.id)));
create policy draft on discretion_standard for insert with check (keeps_rules(bureau_id));
create policy publish on discretion_publication for insert with check (
  bureau_id = plumbline_bureau() and (
    plumbline_actor() = 'system' or (plumbline_actor() = 'person' and plumbline_has_role('BUREAU_HEAD'))));
revoke update, delete on discretion_standard, discretion_publication from plumbline_app;
