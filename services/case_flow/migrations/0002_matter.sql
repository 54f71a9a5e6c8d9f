-- One application on its way through its item's steps. The row carries what one step needs to read.
create table matter (
  id text primary key,
  bureau_id text not null,
  run_id text,
  regime text not null default 'LIVE' check (regime in ('LIVE', 'OBSERVE', 'ENFORCE')),
  case_ref text not null,
  item_code text not null,
  item_version integer not null,
  item_hash text not null,
  domain text not null,
  state text not null,
  outcome text,
  reason text,
  title text not null,
  facts jsonb not null default '{}',
  office_id text,
  unit_id text not null,
  step text,
  handlers text[] not null default '{}',
  queue_unit text,
  queue_roles text[] not null default '{}',
  people text[] not null,
  units text[] not null,
  trail jsonb not null default '{}',
  pending jsonb,
  slip_id text,
  accepted_at timestamptz not null,
  accepted_on date not null,
  due_on date,
  due_provisional boolean not null default false,
  stage_due_on date,
  extension_days integer not null default 0,
  late_working_days integer,
  closed_at timestamptz,
  closed_on date,
  row_version bigint not null default 1,
  code_hash bytea,
  foreign key (bureau_id, item_code, item_version) references item_version
);
create unique index matter_case_ref on matter (bureau_id, coalesce(run_id, ''), case_ref);
create index matter_open on matter (bureau_id, item_code, id) where closed_at is null;
create index matter_people on matter using gin (people) where closed_at is null;

-- What was done: append-only, one row for every completed step, with everybody who signed.
create table matter_step (
  matter_id text not null references matter,
  seq bigint not null,
  bureau_id text not null,
  run_id text,
  step text not null,
  signers text[] not null,
  unit_id text,
  at timestamptz not null,
  local_on date not null,
  due_on date,
  payload jsonb not null default '{}',
  primary key (matter_id, seq)
);
create index matter_step_run on matter_step (run_id, step) where run_id is not null;
revoke update, delete on matter_step from plumbline_app;

-- Open work: one row per person who has it, or per unit whose queue it is in. Deleted when done.
create table work (
  matter_id text not null references matter,
  seq bigint not null,
  step text not null,
  assignee text not null,
  bureau_id text not null,
  due_on date not null,
  primary key (matter_id, seq, step, assignee)
);
create index work_inbox on work (assignee, due_on, matter_id, step);

alter table matter enable row level security;
alter table matter_step enable row level security;
alter table work enable row level security;
