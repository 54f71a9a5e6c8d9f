-- Who is asking, from settings that hold for one transaction only. Unset means nobody: policies stay closed.
create function plumbline_actor() returns text language sql stable parallel safe
  return nullif(current_setting('plumbline.actor', true), '');
create function plumbline_person() returns text language sql stable parallel safe
  return nullif(current_setting('plumbline.person', true), '');
create function plumbline_bureau() returns text language sql stable parallel safe
  return nullif(current_setting('plumbline.bureau', true), '');
create function plumbline_units() returns text[] language sql stable parallel safe
  return string_to_array(nullif(current_setting('plumbline.units', true), ''), ',');
create function plumbline_posts() returns text[] language sql stable parallel safe
  return string_to_array(nullif(current_setting('plumbline.posts', true), ''), ',');
create function plumbline_has_role(role text) returns boolean language sql stable parallel safe
  return coalesce(role = any(string_to_array(nullif(current_setting('plumbline.roles', true), ''), ',')), false);
create function plumbline_has_scope(scope text) returns boolean language sql stable parallel safe
  return coalesce(scope = any(string_to_array(nullif(current_setting('plumbline.scopes', true), ''), ',')), false);

-- One answer for one key: a repeated request gets the first answer, another body under the same key is refused.
create table idempotency (
  actor text not null,
  bureau_id text not null,
  key text not null,
  fingerprint bytea not null,
  result text not null,
  created_at timestamptz not null,
  primary key (bureau_id, actor, key)
);
create index idempotency_created_at on idempotency (created_at);

-- What falls due when. Rows are deleted when claimed, in the transaction of their effect.
create table timer (
  id text primary key,
  bureau_id text,
  kind text not null,
  ref text not null,
  fire_at timestamptz not null,
  payload jsonb not null default '{}'
);
create index timer_fire_at on timer (fire_at, id);
create index timer_ref on timer (ref);

-- A timer whose handler failed: kept with its error, so that nothing is silently gone.
create table dead_timer (
  id text primary key,
  bureau_id text,
  kind text not null,
  ref text not null,
  fire_at timestamptz not null,
  payload jsonb not null,
  error text not null,
  failed_at timestamptz not null
);
