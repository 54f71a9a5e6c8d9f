alter table record enable row level security;

-- Officers read their own bureau, those above and those below; the national calendar is everybody's.
create policy record_read on record for select using (
  plumbline_actor() = 'system'
  or (plumbline_actor() = 'client' and plumbline_has_scope('directory:import'))
  or (plumbline_actor() = 'person' and plumbline_bureau() is not null and (
    bureau_id = ''
    or bureau_id in (select in_line_id from bureau_line where bureau_line.bureau_id = plumbline_bureau())
  ))
);

-- The HR officer writes the own bureau, the roll-out administrator also those below, everybody the own delegations.
create policy record_write on record for insert with check (
  plumbline_actor() = 'system'
  or (plumbline_actor() = 'client' and plumbline_has_scope('directory:import'))
  or (plumbline_actor() = 'person' and plumbline_bureau() is not null and (
    (bureau_id = plumbline_bureau() and (plumbline_has_role('HR_OFFICER') or plumbline_has_role('ROLLOUT_ADMIN')))
    or (bureau_id = plumbline_bureau() and kind = 'delegation' and owner_id = plumbline_person())
    or (plumbline_has_role('ROLLOUT_ADMIN') and bureau_id in (
      select line.bureau_id from bureau_line line where line.in_line_id = plumbline_bureau() and line.above
    ))
  ))
);
