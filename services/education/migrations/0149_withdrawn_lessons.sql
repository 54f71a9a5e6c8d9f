-- The service itself lifts what a decision made people learn that was set aside on appeal.
create policy withdraw on waiver for insert with check (
  bureau_id = plumbline_bureau() and plumbline_actor() = 'system'
  and exists (select from assignment a where a.id = assignment_id)
);
