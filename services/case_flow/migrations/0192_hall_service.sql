-- What the hall's guides did for whom (S1-095…S1-097): counts, never who the taxpayer was.
create table guidance_act (
  id text primary key,
  bureau_id text not null,
  unit_id text not null,
  line text not null check (line in ('GUIDANCE', 'ONE_WINDOW', 'TAXPAYER_SCHOOL')),
  part text not null check (part in ('RECEIVE', 'LIAISE', 'COORDINATE', 'RESOLVE')),
  visits integer not null check (visits between 1 and 1000),
  local_on date not null,
  at timestamptz not null,
  by_person text not null
);
create index guidance_act_of on guidance_act (bureau_id, local_on);
revoke update, delete on guidance_act from plumbline_app;
alter table guidance_act enable row level security;
create policy guidance_act_read on guidance_act for select
  using (bureau_id = plumbline_bureau() and plumbline_actor() in ('person', 'system'));
create policy guidance_act_add on guidance_act for insert
  with check (bureau_id = plumbline_bureau() and plumbline_actor() = 'person');

-- When the ticket was drawn, where the queue machine says so: people wait from then until they are called (S1-113).
alter table hall_ticket add column drawn_at timestamptz;
