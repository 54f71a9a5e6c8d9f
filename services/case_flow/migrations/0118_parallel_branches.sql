-- The row tells of one open step; those open in parallel branches beside it are here, each with its hands and queue.
alter table matter add column others jsonb not null default '[]';

-- Whoever has a step of a branch is among `people`; whoever could claim one from its queue sees the matter too.
create function case_flow_sees_branch(bureau text, others jsonb) returns boolean language sql stable parallel safe
  return bureau = plumbline_bureau() and plumbline_actor() = 'person' and exists (
    select from jsonb_array_elements(others) one
    where one ->> 'queue_unit' = any(plumbline_units())
      and exists (select from jsonb_array_elements_text(one -> 'queue_roles') role where plumbline_has_role(role)));

create policy matter_read_branch on matter for select
  using (others <> '[]' and case_flow_sees_branch(bureau_id, others));
create policy matter_move_branch on matter for update
  using (others <> '[]' and case_flow_sees_branch(bureau_id, others)) with check (bureau_id = plumbline_bureau());
