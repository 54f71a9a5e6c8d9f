-- Forms by version; immutable. A retired one names its successor.
create table form_version (
  bureau_id text not null,
  form_code text not null,
  version integer not null check (version > 0),
  definition jsonb not null,
  source text not null,
  published_at timestamptz not null,
  published_by text not null,
  primary key (bureau_id, form_code, version)
);
create table form_retirement (
  bureau_id text not null,
  form_code text not null,
  version integer not null,
  effective_from date not null,
  successor text not null,
  retired_at timestamptz not null,
  retired_by text not null,
  primary key (bureau_id, form_code, version),
  foreign key (bureau_id, form_code, version) references form_version
);
revoke update, delete on form_version, form_retirement from plumbline_app;

alter table form_version enable row level security;
create policy form_version_read on form_version for select
  using (bureau_id = plumbline_bureau() and plumbline_actor() in ('person', 'system'));
create policy form_version_publish on form_version for insert with check (bureau_id = plumbline_bureau());
alter table form_retirement enable row level security;
create policy form_retirement_read on form_retirement for select
  using (bureau_id = plumbline_bureau() and plumbline_actor() in ('person', 'system'));
create policy form_retirement_add on form_retirement for insert with check (bureau_id = plumbline_bureau());
