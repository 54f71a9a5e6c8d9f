-- Published rule sets; a version never changes.
create table rule_set (
  version text primary key,
  effective_from date not null unique,
  body jsonb not null,
  published_at timestamptz not null
);

-- What other contexts established, once each; `keys` links the facts of one cause.
create table fact (
  identity text not null,
  bureau_id text not null,
  event_id text not null unique,
  keys text[] not null,
  rule_set_version text not null references rule_set,
  body jsonb not null,
  recorded_at timestamptz not null,
  primary key (bureau_id, identity)
);
create index fact_keys on fact using gin (keys);

-- The ledger. Entries are added, never changed; one evidence gives one subject one entry under one rule,
-- and again (`posting`) only after the earlier one was superseded.
create table entry (
  id text primary key,
  ordinal bigint generated always as identity,
  kind text not null check (kind in ('POSTED', 'SUPERSEDED', 'REVERSED')),
  subject_kind text not null check (subject_kind in ('UNIT', 'PERSON')),
  subject_id text not null,
  bureau_id text not null,
  unit_id text not null,
  rule text not null,
  rule_set_version text not null references rule_set,
  points numeric not null,
  event_id text not null,
  incident_id text,
  occurred_on date not null,
  year int not null,
  recorded_at timestamptz not null,
  posting int not null,
  reverses_id text unique references entry,
  reason text,
  check ((kind = 'POSTED') = (reverses_id is null))
);
create unique index entry_once on entry (event_id, rule, subject_kind, subject_id, posting) where kind = 'POSTED';
create index entry_subject on entry (subject_kind, subject_id, year, ordinal);
create index entry_event on entry (event_id);

-- Taking an entry back: entered by one person, decided by another (SoD-5).
create table reversal_request (
  id text primary key,
  bureau_id text not null,
  entry_id text not null references entry,
  reason text not null,
  requested_by text not null,
  requested_at timestamptz not null
);
create table reversal_decision (
  request_id text primary key references reversal_request,
  bureau_id text not null,
  confirmed boolean not null,
  decided_by text not null,
  decided_at timestamptz not null
);

revoke update, delete on rule_set, fact, entry, reversal_request, reversal_decision from plumbline_app;
