-- The superior bureau's decision on a complaint (Art 40) is recorded by the head.
drop policy complaint_handle on complaint;
create policy complaint_handle on complaint for update using (
  plumbline_actor() = 'system'
  or (plumbline_actor() = 'person' and bureau_id = plumbline_bureau()
      and (plumbline_has_role('COMPLAINT_HANDLER') or plumbline_has_role('BUREAU_HEAD'))
      and person_id is distinct from plumbline_person())
);
