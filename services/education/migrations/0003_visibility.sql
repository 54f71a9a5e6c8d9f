-- Requirements 5.3, column "Education: assign / view": the bureau, the units somebody leads, what one assigned, oneself.
create function views_bureau() returns boolean language sql stable parallel safe as $$
  select plumbline_actor() = 'person' and (
    plumbline_has_role('BUREAU_HEAD') or plumbline_has_role('DISCIPLINE_LEAD')
    or plumbline_has_role('EDUCATION_ADMIN') or plumbline_has_role('HR_OFFICER'))
$$;
create function leads_units() returns boolean language sql stable parallel safe as $$
  select plumbline_actor() = 'person' and (
    plumbline_has_role('DEPUTY_HEAD') or plumbline_has_role('SECTION_CHIEF') or plumbline_has_role('OFFICE_CHIEF'))
$$;

alter table batch enable row level security;
alter table batch force row level security;
alter table assignment enable row level security;
alter table assignment force row level security;
alter table attempt enable row level security;
alter table attempt force row level security;
alter table completion enable row level security;
alter table completion force row level security;
alter table waiver enable row level security;
alter table waiver force row level security;
alter table education_alert enable row level security;
alter table education_alert force row level security;

create policy read on assignment for select using (
  bureau_id = plumbline_bureau() and (
    plumbline_actor() = 'system'
    or (select views_bureau())
    or (plumbline_actor() = 'person' and (
      person_id = plumbline_person()
      or (assigned_by = plumbline_person() and plumbline_has_role('DISCIPLINE_OFFICER'))
      or ((select leads_units()) and unit_id = any ((select plumbline_units())::text[])))))
);
create policy assign on assignment for insert with check (
  bureau_id = plumbline_bureau() and (
    plumbline_actor() = 'system'
    or (plumbline_actor() = 'person' and assigned_by = plumbline_person() and (
      plumbline_has_role('DISCIPLINE_LEAD') or plumbline_has_role('DISCIPLINE_OFFICER')
      or plumbline_has_role('EDUCATION_ADMIN')
      or ((plumbline_has_role('SECTION_CHIEF') or plumbline_has_role('OFFICE_CHIEF'))
          and unit_id = any (plumbline_units())))))
);

create policy read on batch for select using (
  bureau_id = plumbline_bureau()
  and (plumbline_actor() = 'system'
       or (plumbline_actor() = 'person' and opened_by = plumbline_person())
       or exists (select from assignment a where a.batch_id = batch.id))
);
create policy open on batch for insert with check (
  bureau_id = plumbline_bureau() and plumbline_actor() in ('system', 'person')
);

-- Answers are their author's alone; what came of them is as visible as the assignment.
create policy read on attempt for select using (
  bureau_id = plumbline_bureau()
  and (plumbline_actor() = 'system' or (plumbline_actor() = 'person' and person_id = plumbline_person()))
);
create policy submit on attempt for insert with check (
  bureau_id = plumbline_bureau() and plumbline_actor() = 'person' and person_id = plumbline_person()
  and exists (select from assignment a where a.id = assignment_id and a.person_id = plumbline_person())
);

create policy read on completion for select using (
  bureau_id = plumbline_bureau() and exists (select from assignment a where a.id = assignment_id)
);
create policy complete on completion for insert with check (
  bureau_id = plumbline_bureau() and plumbline_actor() = 'person'
  and exists (select from assignment a where a.id = assignment_id and a.person_id = plumbline_person())
);

create policy read on waiver for select using (
  bureau_id = plumbline_bureau() and exists (select from assignment a where a.id = assignment_id)
);
create policy waive on waiver for insert with check (
  bureau_id = plumbline_bureau() and plumbline_actor() = 'person' and waived_by = plumbline_person()
  and (plumbline_has_role('DISCIPLINE_LEAD') or plumbline_has_role('EDUCATION_ADMIN'))
  and exists (select from assignment a where a.id = assignment_id and a.person_id <> plumbline_person())
);

create policy read on education_alert for select using (
  bureau_id = plumbline_bureau() and (
    plumbline_actor() = 'system'
    or (plumbline_actor() = 'person' and (
      person_id = plumbline_person()
      or plumbline_has_role('EDUCATION_ADMIN')
      or ((plumbline_has_role('SECTION_CHIEF') or plumbline_has_role('OFFICE_CHIEF'))
          and unit_id = any (plumbline_units())))))
);
create policy raise on education_alert for insert with check (
  bureau_id = plumbline_bureau() and plumbline_actor() = 'system'
);
