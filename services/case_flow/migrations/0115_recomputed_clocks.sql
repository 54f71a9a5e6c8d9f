-- A corrected calendar recomputes the clocks that still run; the ledger says so.
alter table clock_event drop constraint clock_event_event_check;
alter table clock_event add constraint clock_event_event_check
  check (event in ('STARTED', 'EXTENDED', 'PAUSED', 'RESUMED', 'RECOMPUTED', 'STOPPED'));
