-- Receipts: the locator finds the row, the secret is known to its holder alone. Only the service itself reads them.
create table receipt (
  locator text primary key,
  bureau_id text not null,
  kind text not null check (kind in ('COMPLAINT', 'REPORT', 'HANDED')),
  case_id text not null,
  salt bytea not null,
  -- The secret, sealed, until a worker has hashed it; exactly one of the two is there.
  fresh bytea,
  hash bytea,
  check ((fresh is null) <> (hash is null))
);

-- One answer for one idempotency key, for 24 hours: nothing here says what was asked or answered.
create table intake_key (
  key_mac bytea primary key,
  fingerprint_mac bytea not null,
  answer bytea not null,
  created_at timestamptz not null
);
create index intake_key_created_at on intake_key (created_at);

alter table receipt enable row level security;
alter table receipt force row level security;
alter table intake_key enable row level security;
alter table intake_key force row level security;
create policy service_only on receipt using (plumbline_actor() = 'system');
create policy service_only on intake_key using (plumbline_actor() = 'system');
