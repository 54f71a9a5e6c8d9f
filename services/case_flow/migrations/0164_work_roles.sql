-- A line of an inbox says itself who may take it, so a page of one's own work asks no matter: the same rule as
-- 0162 for whoever has the step, or holds a role that its queue asks for. All others still see it by its matter.
alter table work add column roles text[] not null default '{}';
update work set roles = queue.roles from (
  select id, step, queue_unit, queue_roles as roles from matter where queue_unit is not null
  union all
  select id, one ->> 'step', one ->> 'queue_unit', array(select jsonb_array_elements_text(one -> 'queue_roles'))
  from matter, jsonb_array_elements(others) one
) queue where queue.id = work.matter_id and queue.step = work.step and queue.queue_unit = work.assignee;
drop index work_inbox;
create index work_inbox on work (assignee, due_on, matter_id, step) include (bureau_id, roles);
alter policy work_read on work using (
  (bureau_id = plumbline_bureau() and plumbline_actor() = 'person'
   and (assignee = plumbline_person()
        or (assignee = any(plumbline_units())
            and roles && string_to_array(current_setting('plumbline.roles', true), ','))))
  or exists (select from matter where matter.id = work.matter_id)
);
