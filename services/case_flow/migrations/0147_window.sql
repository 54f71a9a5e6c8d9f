-- The hall's windows as they are now; how they came to be so is in window_switch.
create table hall_window (
  bureau_id text not null,
  code text not null,
  unit_id text not null,
  home text not null,
  flexible boolean not null,
  serves text not null,
  set_up_at timestamptz not null,
  primary key (bureau_id, code)
);
create table queue_report (
  id bigint generated always as identity primary key,
  bureau_id text not null,
  queue text not null,
  waiting integer not null check (waiting >= 0),
  at timestamptz not null
);
create index queue_report_latest on queue_report (bureau_id, queue, id desc);
-- What the load suggests, and what the hall's manager made of it.
create table window_proposal (
  id text primary key,
  bureau_id text not null,
  unit_id text not null,
  windows text[] not null,
  queue text not null,
  waiting integer not null,
  threshold integer not null,
  pack text not null,
  proposed_by text not null,
  proposed_at timestamptz not null,
  decision text check (decision in ('CONFIRMED', 'DECLINED')),
  decided_by text,
  decided_at timestamptz,
  until timestamptz
);
create unique index window_proposal_open on window_proposal (bureau_id, queue) where decision is null;
create table window_switch (
  id bigint generated always as identity primary key,
  bureau_id text not null,
  window_code text not null,
  from_class text not null,
  to_class text not null,
  at timestamptz not null,
  by_actor text not null,
  proposal_id text not null references window_proposal,
  until timestamptz,
  foreign key (bureau_id, window_code) references hall_window
);
create index window_switch_as_of on window_switch (bureau_id, window_code, at desc, id desc);
create index window_switch_proposal on window_switch (proposal_id);
-- Called people: a ticket is at a window until it ends there.
create table hall_ticket (
  bureau_id text not null,
  local_on date not null,
  number text not null,
  queue text not null,
  window_code text not null,
  called_at timestamptz not null,
  called_by text not null,
  ended_at timestamptz,
  ended_how text check (ended_how in ('SERVED', 'LEFT')),
  primary key (bureau_id, local_on, number)
);
create index hall_ticket_called on hall_ticket (bureau_id) where ended_at is null;

revoke update, delete on queue_report, window_switch from plumbline_app;
revoke delete on hall_window, window_proposal, hall_ticket from plumbline_app;

create function case_flow_in_hall(bureau text) returns boolean language sql stable parallel safe
  return bureau = plumbline_bureau() and (plumbline_actor() in ('person', 'system')
    or (plumbline_actor() = 'client' and plumbline_has_scope('hall:queue')));

alter table hall_window enable row level security;
create policy hall_window_read on hall_window for select using (case_flow_in_hall(bureau_id));
create policy hall_window_set_up on hall_window for insert with check (case_flow_in_hall(bureau_id));
create policy hall_window_switch on hall_window for update using (case_flow_in_hall(bureau_id));
alter table queue_report enable row level security;
create policy queue_report_read on queue_report for select using (case_flow_in_hall(bureau_id));
create policy queue_report_add on queue_report for insert with check (case_flow_in_hall(bureau_id));
alter table window_proposal enable row level security;
create policy window_proposal_read on window_proposal for select using (case_flow_in_hall(bureau_id));
create policy window_proposal_add on window_proposal for insert with check (case_flow_in_hall(bureau_id));
create policy window_proposal_decide on window_proposal for update using (case_flow_in_hall(bureau_id));
alter table window_switch enable row level security;
create policy window_switch_read on window_switch for select using (case_flow_in_hall(bureau_id));
create policy window_switch_add on window_switch for insert with check (case_flow_in_hall(bureau_id));
alter table hall_ticket enable row level security;
create policy hall_ticket_read on hall_ticket for select using (case_flow_in_hall(bureau_id));
create policy hall_ticket_call on hall_ticket for insert with check (case_flow_in_hall(bureau_id));
create policy hall_ticket_change on hall_ticket for update using (case_flow_in_hall(bureau_id));
