-- Exports that somebody asked for, and what was written of them so far, page by page.
create table log_export (
  id text primary key,
  bureau_id text not null,
  person_id text not null,
  item_code text not null,
  form text not null check (form in ('XES', 'OCEL')),
  since date,
  until date,
  state text not null check (state in ('RUNNING', 'READY', 'FAILED')),
  done integer not null default 0,
  total integer not null,
  last_id text not null default '',
  requested_at timestamptz not null,
  ended_at timestamptz
);
create unique index log_export_running on log_export (bureau_id, person_id) where state = 'RUNNING';
create index log_export_of on log_export (person_id, id desc);
create table log_export_part (
  export_id text not null references log_export on delete cascade,
  seq integer not null,
  matters text not null,
  events text not null,
  persons text[] not null,
  units text[] not null,
  steps text[] not null,
  primary key (export_id, seq)
);
revoke update on log_export_part from plumbline_app;

-- Whoever asked reads it, and nobody else; the service writes it.
alter table log_export enable row level security;
create policy log_export_read on log_export for select using (bureau_id = plumbline_bureau()
  and (plumbline_actor() = 'system' or (plumbline_actor() = 'person' and person_id = plumbline_person())));
create policy log_export_ask on log_export for insert with check (bureau_id = plumbline_bureau()
  and plumbline_actor() = 'person' and person_id = plumbline_person());
create policy log_export_write on log_export for update
  using (bureau_id = plumbline_bureau() and plumbline_actor() = 'system');
create policy log_export_forget on log_export for delete
  using (bureau_id = plumbline_bureau() and plumbline_actor() = 'system');
alter table log_export_part enable row level security;
create policy log_export_part_read on log_export_part for select
  using (exists (select from log_export e where e.id = export_id));
create policy log_export_part_write on log_export_part for insert with check (plumbline_actor() = 'system');
create policy log_export_part_forget on log_export_part for delete using (plumbline_actor() = 'system');
