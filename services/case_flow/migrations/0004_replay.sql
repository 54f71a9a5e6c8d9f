-- One replay of one event log with one definition in one regime. Its matters and steps carry its id;
-- `position` counts the events that are in, so that a run which broke off goes on there.
create table replay_run (
  id text primary key,
  bureau_id text not null,
  log_name text not null,
  log_sha256 text not null,
  item_code text not null,
  item_version integer not null,
  regime text not null check (regime in ('OBSERVE', 'ENFORCE')),
  cases bigint not null,
  events bigint not null,
  empty_cases bigint not null,
  duplicates bigint not null,
  position bigint not null default 0,
  started_at timestamptz not null,
  finished_at timestamptz,
  foreign key (bureau_id, item_code, item_version) references item_version
);

-- What the checks found at the n-th event of a recorded case; `refused` where the regime enforces. Append-only.
create table finding (
  run_id text not null references replay_run,
  case_ref text not null,
  event_no bigint not null,
  ordinal smallint not null,
  bureau_id text not null,
  check_id text not null,
  step text not null,
  people text[] not null,
  at timestamptz not null,
  refused boolean not null,
  primary key (run_id, case_ref, event_no, ordinal)
);
create index finding_run on finding (run_id, check_id);
revoke update, delete on finding from plumbline_app;

alter table replay_run enable row level security;
alter table finding enable row level security;
