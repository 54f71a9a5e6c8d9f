-- Stretches that do not count (行政许可法 Art 45): closed ones in `pauses`, a running one in `suspension`.
alter table matter add column pauses jsonb not null default '[]', add column suspension jsonb;
alter table clock_event drop constraint clock_event_event_check;
alter table clock_event add constraint clock_event_event_check
  check (event in ('STARTED', 'EXTENDED', 'PAUSED', 'RESUMED', 'STOPPED'));
