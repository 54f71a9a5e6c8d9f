create table rectification_order (
  id text primary key,
  bureau_id text not null,
  incident_id text references incident,
  unit_id text not null,
  subject text not null,
  demand text not null,
  state text not null,
  issued_by text not null,
  issued_on date not null,
  due_on date not null,
  provisional boolean not null,
  accepted_by text,
  submitted_by text,
  submitted_at timestamptz,
  evidence text,
  verified_by text,
  verified_at timestamptz,
  overdue_from timestamptz,
  blocks integer,
  renewed_due_on date
);
create index rectification_order_open on rectification_order (bureau_id, due_on) where verified_at is null;

create table rectification_act (
  id bigint generated always as identity primary key,
  order_id text not null references rectification_order,
  bureau_id text not null,
  at timestamptz not null,
  actor text not null,
  act text not null,
  state text not null,
  note text not null default ''
);
-- The circular of criticism that an overdue order calls for: drafted by the system, issued by the head (S1-154).
create table circular (
  order_id text primary key references rectification_order,
  bureau_id text not null,
  unit_id text not null,
  addressed_to text,
  text_zh text not null,
  text_en text not null,
  new_due_on date not null,
  drafted_at timestamptz not null,
  issued_by text,
  issued_at timestamptz
);
revoke delete on rectification_order, circular from plumbline_app;
revoke update, delete on rectification_act from plumbline_app;

alter table rectification_order enable row level security;
create policy rectification_order_read on rectification_order for select using (
  bureau_id = plumbline_bureau() and (plumbline_actor() = 'system'
    or unit_id = any(plumbline_units())
    or exists (select from participant p
               where p.object_id = rectification_order.id and p.person_id = plumbline_person())));
create policy rectification_order_add on rectification_order for insert with check (bureau_id = plumbline_bureau());
create policy rectification_order_change on rectification_order for update using (bureau_id = plumbline_bureau());
alter table rectification_act enable row level security;
create policy rectification_act_read on rectification_act for select using (
  bureau_id = plumbline_bureau()
  and exists (select from rectification_order o where o.id = rectification_act.order_id));
create policy rectification_act_add on rectification_act for insert with check (bureau_id = plumbline_bureau());
alter table circular enable row level security;
create policy circular_read on circular for select using (
  bureau_id = plumbline_bureau() and (plumbline_actor() = 'system' or addressed_to = plumbline_person()
    or (issued_at is not null and unit_id = any(plumbline_units()))));
create policy circular_add on circular for insert with check (bureau_id = plumbline_bureau());
create policy circular_change on circular for update using (bureau_id = plumbline_bureau());
