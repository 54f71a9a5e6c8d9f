-- A wrong passphrase leaves a line that outlives the refused transaction; everybody reads their own lines.
drop policy log_read on sealed_log;
create policy log_read on sealed_log for select using (
  plumbline_actor() = 'person' and bureau_id = plumbline_bureau() and (
    plumbline_has_role('INTERNAL_AUDITOR')
    or actor = plumbline_person()
    or exists (select from sealed_report r where r.id = sealed_log.report_id))
);
create index sealed_log_actor on sealed_log (actor, at);
