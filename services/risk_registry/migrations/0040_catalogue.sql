-- A catalogue is a named, versioned set of entries: shipped as data, or exported by a bureau for the next one (S1-006).
create table catalogue (
  urn text not null check (urn ~ '^urn:plumbline:[a-z0-9:-]{1,80}$'),
  version text not null,
  title_zh text not null,
  title_en text not null,
  source text not null,
  bounds jsonb not null,
  digest text not null,
  published_by text,
  recorded_at timestamptz not null,
  primary key (urn, version)
);
create table catalogue_entry (
  urn text not null,
  version text not null,
  kind text not null,
  code text not null,
  body jsonb not null,
  primary key (urn, version, kind, code),
  foreign key (urn, version) references catalogue
);

-- Copy-on-write: a bureau names the version that it uses and keeps only what it says differently.
create table catalogue_use (
  sequence bigint generated always as identity primary key,
  bureau_id text not null,
  urn text not null,
  version text not null,
  valid_from date not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  foreign key (urn, version) references catalogue
);
create index catalogue_use_as_of on catalogue_use (bureau_id, urn, valid_from desc, sequence desc);
create table bureau_entry (
  sequence bigint generated always as identity primary key,
  bureau_id text not null,
  kind text not null,
  code text not null,
  body jsonb not null,
  retired boolean not null,
  valid_from date not null,
  recorded_at timestamptz not null,
  recorded_by text not null
);
create index bureau_entry_as_of on bureau_entry (bureau_id, kind, code, valid_from desc, sequence desc);

alter table catalogue enable row level security;
alter table catalogue force row level security;
alter table catalogue_entry enable row level security;
alter table catalogue_entry force row level security;
alter table catalogue_use enable row level security;
alter table catalogue_use force row level security;
alter table bureau_entry enable row level security;
alter table bureau_entry force row level security;

-- Catalogues are for every bureau; what one bureau made of them is its own.
create policy read on catalogue for select using (plumbline_actor() in ('person', 'system'));
create policy load on catalogue for insert with check (plumbline_actor() = 'system');
create policy read on catalogue_entry for select using (plumbline_actor() in ('person', 'system'));
create policy load on catalogue_entry for insert with check (plumbline_actor() = 'system');

create function keeps_rules(bureau text) returns boolean language sql stable as $$
  select bureau = plumbline_bureau() and (
    plumbline_actor() = 'system'
    or (plumbline_actor() = 'person' and (
      plumbline_has_role('BUREAU_HEAD') or plumbline_has_role('DISCIPLINE_LEAD') or plumbline_has_role('LEGAL_OFFICER'))))
$$;
create policy read on catalogue_use for select using (
  bureau_id = plumbline_bureau() and plumbline_actor() in ('person', 'system'));
create policy adopt on catalogue_use for insert with check (keeps_rules(bureau_id));

-- Powers, basis and procedure are for everybody in the bureau (C-10); controls and weaknesses for those who oversee.
create policy read on bureau_entry for select using (
  bureau_id = plumbline_bureau() and (
    plumbline_actor() = 'system'
    or (plumbline_actor() = 'person' and (
      kind not in ('CONTROL', 'SOD_RULE', 'POINT') or (select reads_bureau()) or (select reads_units())))));
create policy record on bureau_entry for insert with check (keeps_rules(bureau_id));

-- What a bureau's catalogue says on a day: its own entry first, else that of a catalogue in use.
create function entries_on(bureau text, day date)
returns table (kind text, code text, body jsonb, urn text, version text, local boolean, sequence bigint)
language sql stable as $$
  with used as (
    select distinct on (u.urn) u.urn, u.version from catalogue_use u
    where u.bureau_id = bureau and u.valid_from <= day
    order by u.urn, u.valid_from desc, u.sequence desc
  ), shared as (
    select e.kind, e.code, e.body, e.urn, e.version from catalogue_entry e join used using (urn, version)
  ), own as (
    select distinct on (b.kind, b.code) b.kind, b.code, b.body, b.retired, b.sequence from bureau_entry b
    where b.bureau_id = bureau and b.valid_from <= day
    order by b.kind, b.code, b.valid_from desc, b.sequence desc
  )
  select kind, code, coalesce(o.body, s.body), coalesce(s.urn, ''), coalesce(s.version, ''), o.body is not null,
         coalesce(o.sequence, 0)
  from shared s full join own o using (kind, code)
  where not coalesce(o.retired, false)
$$;

revoke update, delete on catalogue, catalogue_entry, catalogue_use, bureau_entry from plumbline_app;
