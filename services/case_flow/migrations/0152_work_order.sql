-- Work orders between units (S1-122 to S1-127) and findings that are answered (S2-055).
create table work_plan (
  id text primary key,
  bureau_id text not null,
  title text not null,
  unit_id text not null,
  issued_by text not null,
  issued_at timestamptz not null
);
create table work_order (
  id text primary key,
  bureau_id text not null,
  kind text not null check (kind in ('TASK', 'FINDING')),
  title text not null,
  demand text not null,
  from_unit text not null,
  to_unit text not null,
  issued_by text not null,
  issued_at timestamptz not null,
  accept_by date not null,
  due_on date not null,
  source text,
  document text,
  form text,
  plan_id text references work_plan,
  object text,
  accepted_by text,
  accepted_at timestamptz,
  feedback text,
  submission jsonb,
  agrees boolean,
  fed_back_by text,
  fed_back_at timestamptz,
  returned integer not null default 0,
  return_reason text,
  closing text check (closing in ('CONFIRMED', 'WITHDRAWN')),
  closed_by text,
  closed_at timestamptz,
  check ((kind = 'FINDING') = (source is not null)),
  check ((closing is null) = (closed_at is null))
);
create index work_order_due on work_order (bureau_id, due_on, id);
create index work_order_plan on work_order (plan_id) where plan_id is not null;
create table work_order_act (
  id bigint generated always as identity primary key,
  order_id text not null references work_order,
  bureau_id text not null,
  at timestamptz not null,
  actor text not null,
  act text not null,
  note text not null default ''
);
create index work_order_act_order on work_order_act (order_id, id);
revoke delete on work_order, work_plan from plumbline_app;
revoke update, delete on work_order_act from plumbline_app;

-- The unit that is to perform it, and those who follow it.
alter table work_order enable row level security;
create policy work_order_read on work_order for select using (
  bureau_id = plumbline_bureau() and (plumbline_actor() = 'system' or (plumbline_actor() = 'person' and (
    to_unit = any(plumbline_units())
    or exists (select from participant p where p.object_id = work_order.id and p.person_id = plumbline_person())))));
create policy work_order_add on work_order for insert with check (bureau_id = plumbline_bureau());
create policy work_order_change on work_order for update using (bureau_id = plumbline_bureau());
alter table work_order_act enable row level security;
create policy work_order_act_read on work_order_act for select using (
  bureau_id = plumbline_bureau() and exists (select from work_order o where o.id = order_id));
create policy work_order_act_add on work_order_act for insert with check (bureau_id = plumbline_bureau());
alter table work_plan enable row level security;
create policy work_plan_read on work_plan for select using (
  bureau_id = plumbline_bureau() and exists (select from work_order o where o.plan_id = work_plan.id));
create policy work_plan_add on work_plan for insert with check (bureau_id = plumbline_bureau());

-- What the tracker of a domain notes on a matter that is being investigated or reviewed (S1-125, S1-126).
create table matter_note (
  id text primary key,
  matter_id text not null references matter,
  bureau_id text not null,
  step text not null,
  author text not null,
  at timestamptz not null,
  text text not null
);
create index matter_note_matter on matter_note (matter_id, at, id);
revoke update, delete on matter_note from plumbline_app;
alter table matter_note enable row level security;
create policy matter_note_read on matter_note for select using (
  bureau_id = plumbline_bureau() and exists (select from matter m where m.id = matter_note.matter_id));
create policy matter_note_add on matter_note for insert with check (
  bureau_id = plumbline_bureau() and author = plumbline_person());
