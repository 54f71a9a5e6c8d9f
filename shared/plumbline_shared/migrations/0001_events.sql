-- The next version of every aggregate that this service publishes; its row lock orders the aggregate's events.
create table aggregate_version (
  aggregate_id text primary key,
  version bigint not null
);

-- Events of this service, in the transaction of what happened. Sent rows stay 30 days: the source of repair.
create table outbox (
  id bigint generated always as identity primary key,
  event_id text not null unique,
  subject text not null,
  aggregate_id text not null,
  aggregate_version bigint not null,
  bureau_id text not null,
  occurred_at timestamptz not null,
  traceparent text,
  data text not null,
  sent_at timestamptz,
  unique (aggregate_id, aggregate_version)
);
create index outbox_unsent on outbox (id) where sent_at is null;
create index outbox_sent on outbox (sent_at) where sent_at is not null;

-- How far this service has read each stream: committed together with the effects.
create table stream_cursor (
  stream text primary key,
  seq bigint not null,
  stream_created text not null
);

-- The last version applied of every foreign aggregate: repeats and stragglers have no effect.
create table aggregate_gate (
  stream text not null,
  aggregate_id text not null,
  version bigint not null,
  primary key (stream, aggregate_id)
);

-- An event that could not be handled, and those of its aggregate that came after it.
create table dead_event (
  stream text not null,
  seq bigint not null,
  event_id text not null,
  subject text not null,
  aggregate_id text not null,
  body text not null,
  error text not null,
  failed_at timestamptz not null,
  primary key (stream, seq)
);
create table parked_aggregate (
  stream text not null,
  aggregate_id text not null,
  since_seq bigint not null,
  primary key (stream, aggregate_id)
);
