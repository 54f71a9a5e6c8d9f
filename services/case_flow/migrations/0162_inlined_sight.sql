-- The same rule as in 0005, without sub-queries: the planner then writes it into the query instead of calling it for
-- every row (12 to 20 microseconds each, most of an inbox page).
create or replace function case_flow_sees_matter(
  bureau text, people text[], units text[], queue_unit text, queue_roles text[], domain text
) returns boolean language sql stable parallel safe
  return bureau = plumbline_bureau() and (
    plumbline_actor() = 'system'
    or (plumbline_actor() = 'person' and (
      plumbline_person() = any(people)
      or (queue_unit = any(plumbline_units())
          and queue_roles && string_to_array(current_setting('plumbline.roles', true), ','))
      or plumbline_has_role('BUREAU_HEAD')
      or ((plumbline_has_role('SECTION_CHIEF') or plumbline_has_role('OFFICE_CHIEF'))
          and units && coalesce(plumbline_units(), '{}'))
      or string_to_array('leads:' || array_to_string(units, ',leads:'), ',')
         && string_to_array(current_setting('plumbline.scopes', true), ',')
      or (plumbline_has_role('MATTER_TRACKER')
          and (plumbline_has_scope('tracks:' || domain) or plumbline_has_scope('tracks:*')))
    ))
  );
