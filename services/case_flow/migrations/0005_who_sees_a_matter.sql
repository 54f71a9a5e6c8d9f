-- Requirements 5.3, column "Matter handle / approve": own, own unit's queue, chief's unit, deputy's units,
-- tracker's domain, the head's bureau. The same rule in Cedar: policies/matter.cedar.
create function case_flow_sees_matter(
  bureau text, people text[], units text[], queue_unit text, queue_roles text[], domain text
) returns boolean language sql stable parallel safe
  return bureau = plumbline_bureau() and (
    plumbline_actor() = 'system'
    or (plumbline_actor() = 'person' and (
      plumbline_person() = any(people)
      or plumbline_has_role('BUREAU_HEAD')
      or ((plumbline_has_role('SECTION_CHIEF') or plumbline_has_role('OFFICE_CHIEF'))
          and units && coalesce(plumbline_units(), '{}'))
      or exists (select from unnest(units) one where plumbline_has_scope('leads:' || one))
      or (plumbline_has_role('MATTER_TRACKER')
          and (plumbline_has_scope('tracks:' || domain) or plumbline_has_scope('tracks:*')))
      or (queue_unit = any(plumbline_units())
          and exists (select from unnest(queue_roles) one where plumbline_has_role(one)))
    ))
  );

create policy matter_read on matter for select
  using (case_flow_sees_matter(bureau_id, people, units, queue_unit, queue_roles, domain));
create policy matter_accept on matter for insert
  with check (bureau_id = plumbline_bureau() and plumbline_actor() in ('person', 'system'));
create policy matter_move on matter for update
  using (case_flow_sees_matter(bureau_id, people, units, queue_unit, queue_roles, domain))
  with check (bureau_id = plumbline_bureau());

-- Whoever sees the matter sees its parts; a row is added only in one's own bureau.
create policy matter_step_read on matter_step for select
  using (exists (select from matter where matter.id = matter_step.matter_id));
create policy matter_step_add on matter_step for insert with check (bureau_id = plumbline_bureau());
create policy work_read on work for select using (exists (select from matter where matter.id = work.matter_id));
create policy work_add on work for insert with check (bureau_id = plumbline_bureau());
create policy work_done on work for delete using (bureau_id = plumbline_bureau());
create policy clock_event_read on clock_event for select
  using (exists (select from matter where matter.id = clock_event.matter_id));
create policy clock_event_add on clock_event for insert with check (bureau_id = plumbline_bureau());
create policy slip_read on slip for select using (exists (select from matter where matter.id = slip.matter_id));
create policy slip_send on slip for insert with check (bureau_id = plumbline_bureau());
create policy slip_acknowledge on slip for update
  using (exists (select from matter where matter.id = slip.matter_id)) with check (bureau_id = plumbline_bureau());
create policy signature_read on signature for select
  using (exists (select from matter where matter.id = signature.matter_id));
create policy signature_add on signature for insert with check (bureau_id = plumbline_bureau());
create policy extension_read on extension for select
  using (exists (select from matter where matter.id = extension.matter_id));
create policy extension_ask on extension for insert with check (bureau_id = plumbline_bureau());
create policy extension_decide on extension for update
  using (exists (select from matter where matter.id = extension.matter_id))
  with check (bureau_id = plumbline_bureau());
create policy replay_run_all on replay_run
  using (bureau_id = plumbline_bureau() and plumbline_actor() = 'system');
create policy finding_all on finding
  using (bureau_id = plumbline_bureau() and plumbline_actor() = 'system');
