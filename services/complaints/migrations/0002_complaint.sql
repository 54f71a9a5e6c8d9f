-- Service complaints (纳税服务投诉). Text and contact are sealed under the service's own key, one context per case.
create table complaint (
  id text primary key,
  bureau_id text not null,
  kind text not null check (kind in ('BEHAVIOUR', 'QUALITY', 'RIGHTS')),
  unit_id text not null,
  person_id text,
  typed_by text,
  received_on date not null,
  occurred_on date,
  text_sealed bytea not null,
  contact_sealed bytea,
  state text not null check (state in ('RECEIVED', 'ACCEPTED', 'DECIDED', 'FED_BACK')),
  accept_due_on date not null,
  accepted_on date,
  accepted_by text,
  decide_due_on date,
  decided_on date,
  decided_by text,
  substantiated boolean,
  corrected boolean,
  fed_back_on date,
  overturned_on date
);
create index complaint_list on complaint (bureau_id, received_on desc, id desc);

alter table complaint enable row level security;
alter table complaint force row level security;

-- §5.3, sealed matrix, first row: handler, lead, head and auditor; the operator's own calls; the subject and the
-- chief of the unit once it is accepted.
create policy complaint_read on complaint for select using (
  plumbline_actor() = 'system'
  or (plumbline_actor() = 'person' and bureau_id = plumbline_bureau() and (
    ((plumbline_has_role('COMPLAINT_HANDLER') or plumbline_has_role('DISCIPLINE_LEAD')
        or plumbline_has_role('BUREAU_HEAD') or plumbline_has_role('INTERNAL_AUDITOR'))
      and person_id is distinct from plumbline_person())
    or typed_by = plumbline_person()
    or (state <> 'RECEIVED' and (
      person_id = plumbline_person()
      or ((plumbline_has_role('SECTION_CHIEF') or plumbline_has_role('OFFICE_CHIEF'))
          and unit_id = any (plumbline_units()))))))
);
create policy complaint_file on complaint for insert with check (plumbline_actor() = 'system');
create policy complaint_handle on complaint for update using (
  plumbline_actor() = 'system'
  or (plumbline_actor() = 'person' and bureau_id = plumbline_bureau()
      and plumbline_has_role('COMPLAINT_HANDLER') and person_id is distinct from plumbline_person())
);
revoke delete on complaint from plumbline_app;
