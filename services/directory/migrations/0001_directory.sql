-- Every state a part of the directory ever had. Rows are added, never changed: history is what the table is.
-- `valid_from` is the first day the state describes; as of a day the latest one not after it counts.
create table record (
  kind text not null check (kind in ('bureau', 'unit', 'post', 'person', 'roster', 'delegation', 'calendar')),
  id text not null,
  version int not null,
  bureau_id text not null,
  valid_from date not null,
  owner_id text,
  state jsonb not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  primary key (kind, id, version)
);
create index record_bureau on record (bureau_id, kind, id, valid_from desc, version desc);
revoke update, delete on record from plumbline_app;

-- Which bureaus stand in one line: a bureau with itself and with every bureau above and below it.
create table bureau_line (
  bureau_id text not null,
  in_line_id text not null,
  above boolean not null,
  primary key (bureau_id, in_line_id)
);
