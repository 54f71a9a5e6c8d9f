-- The post of the deputy head in charge of a unit, or of the nearest unit above it that names one.
create function deputy_post_of(unit text) returns text language sql stable as $$
  with recursive above as (
    select id, parent_id, deputy_in_charge_post_id, 0 as height from org_unit where id = unit
    union all
    select u.id, u.parent_id, u.deputy_in_charge_post_id, above.height + 1
    from org_unit u join above on u.id = above.parent_id where above.height < 16
  )
  select deputy_in_charge_post_id from above where deputy_in_charge_post_id is not null order by height limit 1
$$;

-- Requirements §5.3, column Score: everybody the own, chiefs their unit, deputies the units in their charge,
-- head, discipline lead, supervision office and internal audit the whole bureau.
alter table entry enable row level security;
create policy entry_read on entry for select using (
  plumbline_actor() = 'system'
  or (plumbline_actor() = 'person' and bureau_id = plumbline_bureau() and (
    plumbline_has_role('BUREAU_HEAD')
    or plumbline_has_role('DISCIPLINE_LEAD')
    or plumbline_has_role('SUPERVISION_OFFICE')
    or plumbline_has_role('INTERNAL_AUDITOR')
    or (subject_kind = 'PERSON' and subject_id = plumbline_person())
    or (subject_kind = 'UNIT' and subject_id = any(plumbline_units())
      and (plumbline_has_role('SECTION_CHIEF') or plumbline_has_role('OFFICE_CHIEF')))
    or (subject_kind = 'UNIT' and plumbline_has_role('DEPUTY_HEAD')
      and deputy_post_of(subject_id) = any(plumbline_posts()))
  ))
);
create policy entry_write on entry for insert with check (
  plumbline_actor() = 'system'
  or (plumbline_actor() = 'person' and bureau_id = plumbline_bureau() and kind = 'REVERSED'
    and plumbline_has_role('SUPERVISION_OFFICE'))
);

-- Facts are raw material of the rules: nobody reads them but the service.
alter table fact enable row level security;
create policy fact_system on fact using (plumbline_actor() = 'system');

alter table reversal_request enable row level security;
create policy reversal_request_office on reversal_request using (
  plumbline_actor() = 'system'
  or (plumbline_actor() = 'person' and bureau_id = plumbline_bureau() and plumbline_has_role('SUPERVISION_OFFICE'))
);
alter table reversal_decision enable row level security;
create policy reversal_decision_office on reversal_decision using (
  plumbline_actor() = 'system'
  or (plumbline_actor() = 'person' and bureau_id = plumbline_bureau() and plumbline_has_role('SUPERVISION_OFFICE'))
);
