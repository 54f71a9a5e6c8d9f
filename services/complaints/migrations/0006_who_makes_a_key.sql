-- A sealing key is for those who may have sealed clearance (§5.3, sealed matrix; SoD-10).
drop policy key_make on officer_key;
create policy key_make on officer_key for insert with check (
  plumbline_actor() = 'person' and person_id = plumbline_person() and bureau_id = plumbline_bureau()
  and (plumbline_has_role('DISCIPLINE_OFFICER') or plumbline_has_role('DISCIPLINE_LEAD')
       or plumbline_has_role('BUREAU_HEAD'))
);
