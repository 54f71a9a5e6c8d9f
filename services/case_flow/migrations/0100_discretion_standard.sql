-- Published versions of discretion standards as the registry told them: fines are decided while it is down.
create table discretion_standard (
  bureau_id text not null,
  code text not null,
  number int not null,
  effective_from date not null,
  pack jsonb not null,
  primary key (bureau_id, code, number)
);
revoke update, delete on discretion_standard from plumbline_app;
alter table discretion_standard enable row level security;
create policy discretion_standard_read on discretion_standard for select using (bureau_id = plumbline_bureau());
create policy discretion_standard_add on discretion_standard for insert
  with check (plumbline_actor() = 'system' and bureau_id = plumbline_bureau());
