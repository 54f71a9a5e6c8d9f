-- How many matters a unit accepted and finished in a month, by process: how much work there was, and no matter of it.
create table matter_month (
  bureau_id text not null,
  unit_id text not null,
  process text not null,
  month date not null check (month = date_trunc('month', month)::date),
  accepted integer not null default 0 check (accepted >= 0),
  closed integer not null default 0 check (closed >= 0),
  primary key (bureau_id, month, unit_id, process)
);
alter table matter_month enable row level security;
alter table matter_month force row level security;

-- Read like the alerts that they stand under: who reads the whole register, and leaders of units their own.
create policy read on matter_month for select using (
  bureau_id = plumbline_bureau() and (
    (select reads_bureau())
    or ((select reads_units()) and unit_id = any ((select plumbline_units())::text[])))
);
create policy count on matter_month for insert with check (
  bureau_id = plumbline_bureau() and plumbline_actor() = 'system');
create policy count_on on matter_month for update using (
  bureau_id = plumbline_bureau() and plumbline_actor() = 'system');
revoke delete on matter_month from plumbline_app;
