-- Every officer looks at every own post each cycle (S1-049, S1-071); a cycle has its four stages (S2-046).
create table identification_cycle (
  id text primary key,
  bureau_id text not null,
  title text not null,
  opens_on date not null,
  due_on date not null,
  opened_by text not null,
  opened_at timestamptz not null,
  check (due_on >= opens_on)
);
create table cycle_stage (
  sequence bigint generated always as identity primary key,
  cycle_id text not null references identification_cycle,
  bureau_id text not null,
  stage text not null check (stage in ('IDENTIFY', 'ASSESS', 'CONTROL', 'MONITOR', 'ENDED')),
  recorded_by text not null,
  recorded_at timestamptz not null
);
create table self_check (
  id text primary key,
  cycle_id text not null references identification_cycle,
  bureau_id text not null,
  person_id text not null,
  post_id text not null,
  unit_id text not null,
  point_ids text[] not null,
  nothing_found boolean not null,
  submitted_at timestamptz not null,
  unique (cycle_id, person_id, post_id)
);
-- What a group makes of the self-checks (S1-072); accepted advice becomes a control or a task.
create table prevention_advice (
  id text primary key,
  cycle_id text not null references identification_cycle,
  bureau_id text not null,
  point_ids text[] not null,
  advice text not null,
  advised_by text not null,
  advised_at timestamptz not null
);
create table advice_decision (
  advice_id text primary key references prevention_advice,
  bureau_id text not null,
  outcome text not null check (outcome in ('CONTROL', 'TASK', 'DECLINED')),
  reference text not null,
  reason text not null,
  decided_by text not null,
  decided_at timestamptz not null
);

alter table identification_cycle enable row level security;
alter table identification_cycle force row level security;
alter table cycle_stage enable row level security;
alter table cycle_stage force row level security;
alter table self_check enable row level security;
alter table self_check force row level security;
alter table prevention_advice enable row level security;
alter table prevention_advice force row level security;
alter table advice_decision enable row level security;
alter table advice_decision force row level security;

create policy read on identification_cycle for select using (
  bureau_id = plumbline_bureau() and plumbline_actor() in ('person', 'system'));
create policy open on identification_cycle for insert with check (keeps_register(bureau_id));
create policy read on cycle_stage for select using (
  bureau_id = plumbline_bureau() and plumbline_actor() in ('person', 'system'));
create policy move on cycle_stage for insert with check (keeps_register(bureau_id));
create policy read on self_check for select using (
  bureau_id = plumbline_bureau() and (
    (select reads_bureau())
    or (plumbline_actor() = 'person' and person_id = plumbline_person())
    or ((select reads_units()) and unit_id = any ((select plumbline_units())::text[]))));
create policy submit on self_check for insert with check (
  bureau_id = plumbline_bureau() and plumbline_actor() = 'system');
create policy read on prevention_advice for select using (bureau_id = plumbline_bureau() and (select reads_bureau()));
create policy advise on prevention_advice for insert with check (
  bureau_id = plumbline_bureau() and (select reads_bureau()));
create policy read on advice_decision for select using (bureau_id = plumbline_bureau() and (select reads_bureau()));
create policy decide on advice_decision for insert with check (keeps_register(bureau_id));
revoke update, delete on identification_cycle, cycle_stage, self_check, prevention_advice, advice_decision
  from plumbline_app;
