-- A handbook in several volumes: the edition holds the first, whose cover names the hashes of the others.
create table handbook_volume (
  edition_id text not null references handbook_edition,
  number integer not null check (number > 1),
  bureau_id text not null,
  sha256 text not null check (sha256 = encode(sha256(content), 'hex')),
  points integer not null,
  content bytea not null,
  primary key (edition_id, number)
);
alter table handbook_volume enable row level security;
alter table handbook_volume force row level security;
-- Whoever may read the edition reads its volumes.
create policy read on handbook_volume for select using (
  exists (select from handbook_edition e where e.id = edition_id));
create policy issue on handbook_volume for insert with check (
  bureau_id = plumbline_bureau() and plumbline_actor() = 'system');

-- How often editions are renewed and how large a volume may be; what ships counts until a bureau has chosen.
create table handbook_rule (
  version bigint generated always as identity primary key,
  bureau_id text not null,
  cycle_months integer not null check (cycle_months between 1 and 60),
  volume_points integer not null check (volume_points between 1 and 2000),
  volume_diagrams integer not null check (volume_diagrams between 1 and 500),
  citation text not null check (citation <> ''),
  valid_from date not null,
  chosen_by text not null,
  chosen_at timestamptz not null
);
create index handbook_rule_as_of on handbook_rule (bureau_id, valid_from desc, version desc);
alter table handbook_rule enable row level security;
alter table handbook_rule force row level security;
create policy read on handbook_rule for select using (
  bureau_id = plumbline_bureau() and plumbline_actor() in ('person', 'system'));
create policy choose on handbook_rule for insert with check (
  bureau_id = plumbline_bureau() and (plumbline_actor() = 'system'
    or (plumbline_actor() = 'person' and plumbline_has_role('BUREAU_HEAD'))));

revoke update, delete on handbook_volume, handbook_rule from plumbline_app;
