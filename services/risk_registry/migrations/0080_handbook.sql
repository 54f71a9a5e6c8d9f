-- A dated edition of the handbook, sealed by its hash: what was printed stays as it was (S2-011).
create table handbook_edition (
  sequence bigint generated always as identity,
  id text primary key,
  bureau_id text not null,
  scope text not null check (scope in ('POST', 'PERSON', 'BUREAU')),
  subject_id text not null,
  as_of date not null,
  sha256 text not null check (sha256 = encode(sha256(content), 'hex')),
  points integer not null,
  post_ids text[] not null,
  unit_ids text[] not null,
  content bytea not null,
  issued_by text not null,
  issued_at timestamptz not null,
  unique (bureau_id, scope, subject_id, as_of, sha256),
  check (scope = 'BUREAU' or (cardinality(post_ids) > 0 and cardinality(unit_ids) > 0))
);
create index handbook_edition_latest on handbook_edition (bureau_id, scope, subject_id, as_of desc, sequence desc);

alter table handbook_edition enable row level security;
alter table handbook_edition force row level security;

-- Whoever may read every point of it (requirements 5.3): all of its units, or all of its posts.
create policy read on handbook_edition for select using (
  bureau_id = plumbline_bureau() and (
    (select reads_bureau())
    or (scope <> 'BUREAU' and (
      ((select reads_units()) and unit_ids <@ (select plumbline_units()))
      or (plumbline_actor() = 'person' and post_ids <@ (select plumbline_posts()))))));
create policy issue on handbook_edition for insert with check (
  bureau_id = plumbline_bureau() and plumbline_actor() = 'system');

revoke update, delete on handbook_edition from plumbline_app;
