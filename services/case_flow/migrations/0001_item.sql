-- Published item definitions. Immutable: a change is a new version, running matters keep theirs.
create table item_version (
  bureau_id text not null,
  item_code text not null,
  version integer not null check (version > 0),
  content_hash text not null,
  definition jsonb not null,
  source text not null,
  published_at timestamptz not null,
  published_by text not null,
  primary key (bureau_id, item_code, version)
);
create index item_version_hash on item_version (bureau_id, content_hash);
revoke update, delete on item_version from plumbline_app;

alter table item_version enable row level security;
create policy item_version_read on item_version for select
  using (bureau_id = plumbline_bureau() and plumbline_actor() in ('person', 'client', 'system'));
create policy item_version_publish on item_version for insert with check (bureau_id = plumbline_bureau());
