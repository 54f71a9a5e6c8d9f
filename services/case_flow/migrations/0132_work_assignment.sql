-- Why the open step is in whose hands: by which rule, among whom, and what kept the others away (S1-087). Append-only.
create table work_assignment (
  id bigint generated always as identity primary key,
  matter_id text not null,
  bureau_id text not null,
  step text not null,
  rule text not null check (rule in ('LEAST_LOAD', 'ROUND_ROBIN', 'TERRITORY', 'DISPATCHED', 'HANDED_OVER', 'CLAIMED')),
  citation text not null,
  chosen text[] not null,
  considered jsonb not null,
  by_person text,
  reason text not null,
  at timestamptz not null
);
create index work_assignment_matter on work_assignment (matter_id, id);
revoke update, delete on work_assignment from plumbline_app;
alter table work_assignment enable row level security;
create policy work_assignment_read on work_assignment for select
  using (exists (select from matter where matter.id = work_assignment.matter_id));
create policy work_assignment_add on work_assignment for insert with check (bureau_id = plumbline_bureau());

-- Whose turn it was last, by item and step.
create table assignment_turn (
  bureau_id text not null,
  item_code text not null,
  step text not null,
  person text not null,
  turn bigint not null,
  primary key (bureau_id, item_code, step, person)
);
alter table assignment_turn enable row level security;
create policy assignment_turn_all on assignment_turn
  using (bureau_id = plumbline_bureau() and plumbline_actor() in ('person', 'system'));
create sequence assignment_turn_next;
grant usage on sequence assignment_turn_next to plumbline_app;

-- How many open steps these people have, also on matters that the asker does not see: a number and nothing else.
create function case_flow_open_load(people text[]) returns table (person text, open_steps bigint)
language sql stable security definer set search_path = public as $$
  select w.assignee, count(*) from work w
  where w.assignee = any(people) and w.bureau_id = plumbline_bureau() group by w.assignee
$$;
