-- Somebody urges a matter (催办): once a working day each. It tells whoever has the open steps, and moves nothing.
create table urge (
  matter_id text not null references matter,
  bureau_id text not null,
  urged_by text not null,
  on_day date not null,
  at timestamptz not null,
  steps text[] not null,
  told text[] not null,
  note text not null default '',
  primary key (matter_id, urged_by, on_day)
);
create index urge_told on urge using gin (told);
revoke update, delete on urge from plumbline_app;
alter table urge enable row level security;
create policy urge_read on urge for select using (exists (select from matter where matter.id = urge.matter_id));
create policy urge_add on urge for insert with check (bureau_id = plumbline_bureau());
