-- The ledger of every clock: append-only. The latest row of a clock carries its due date now.
create table clock_event (
  matter_id text not null references matter,
  seq bigint not null,
  clock text not null,
  event text not null check (event in ('STARTED', 'EXTENDED', 'STOPPED')),
  bureau_id text not null,
  at timestamptz not null,
  by_person text,
  due_on date,
  days integer not null default 0,
  reason text not null default '',
  rule_id text not null,
  rule_version text not null,
  citation text not null,
  calendar_version text not null,
  primary key (matter_id, seq, clock, event)
);
revoke update, delete on clock_event from plumbline_app;

-- A transfer slip (传递单): the paper's way from unit to unit. Custody moves when it is acknowledged (S1-122, S1-137).
create table slip (
  id text primary key,
  matter_id text not null references matter,
  bureau_id text not null,
  from_unit text not null,
  to_unit text not null,
  point text not null,
  sent_by text not null,
  sent_at timestamptz not null,
  barcode_hash bytea not null,
  due_on date not null,
  acknowledged_by text,
  acknowledged_at timestamptz
);
create index slip_matter on slip (matter_id, sent_at);

-- A signature on a step that several people sign, each in their own session. Append-only.
create table signature (
  matter_id text not null references matter,
  seq bigint not null,
  bureau_id text not null,
  step text not null,
  person text not null,
  at timestamptz not null,
  primary key (matter_id, seq)
);
revoke update, delete on signature from plumbline_app;

-- An extension asked for, with its reasons; decided by the approver before expiry.
create table extension (
  id text primary key,
  matter_id text not null references matter,
  bureau_id text not null,
  days integer not null check (days > 0),
  reasons text not null,
  requested_by text not null,
  requested_at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  approved boolean
);
create unique index extension_waiting on extension (matter_id) where decided_at is null;

alter table clock_event enable row level security;
alter table slip enable row level security;
alter table signature enable row level security;
alter table extension enable row level security;
