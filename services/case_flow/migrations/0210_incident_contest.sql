-- Somebody named in an incident contests it; a leader who had no part in it decides whether it stands (I-014).
create table incident_contest (
  id text primary key,
  incident_id text not null references incident,
  bureau_id text not null,
  person_id text not null,
  grounds text not null,
  contested_at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  stands boolean,
  reasons text,
  unique (incident_id, person_id),
  check ((decided_at is null) = (stands is null)),
  check (decided_by is distinct from person_id)
);
create unique index incident_set_aside on incident_contest (incident_id) where not stands;
revoke delete on incident_contest from plumbline_app;

alter table incident_contest enable row level security;
create policy incident_contest_read on incident_contest for select using (
  bureau_id = plumbline_bureau() and exists (select from incident i where i.id = incident_contest.incident_id));
create policy incident_contest_add on incident_contest for insert with check (
  bureau_id = plumbline_bureau() and person_id = plumbline_person() and stands is null);
create policy incident_contest_decide on incident_contest for update using (
  bureau_id = plumbline_bureau() and stands is null) with check (
  bureau_id = plumbline_bureau() and decided_by = plumbline_person());

-- Whether an inquiry looks into an incident: whoever is named in it may not see the inquiry.
create function incident_under_inquiry(wanted text) returns boolean
language sql stable security definer set search_path = public as $$
  select exists (select from inquiry where incident_id = wanted and bureau_id = plumbline_bureau())
$$;
