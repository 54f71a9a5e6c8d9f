-- Inspection runs: what was planned, the frozen frame, the commitments, what was drawn, reported and ordered.
create table inspection_run (
  id text primary key,
  bureau_id text not null,
  code text not null,
  lead_unit_id text not null,
  period_from date not null,
  period_to date not null,
  report_due_on date not null,
  strata jsonb not null,
  aspects jsonb not null,
  plan_hash text not null,
  pack text not null,
  state text not null,
  planned_by text not null,
  planned_at timestamptz not null,
  attempt integer not null,
  frame_root text,
  frozen_by text,
  frozen_at timestamptz,
  seed text,
  drawn_by text,
  drawn_at timestamptz,
  unique (bureau_id, code)
);
create table inspection_act (
  id bigint generated always as identity primary key,
  run_id text not null references inspection_run,
  bureau_id text not null,
  at timestamptz not null,
  actor text not null,
  act text not null,
  state text not null,
  note text not null default ''
);
create table draw_commitment (
  run_id text not null references inspection_run,
  bureau_id text not null,
  attempt integer not null,
  role text not null,
  person_id text not null,
  commitment text not null,
  committed_at timestamptz not null,
  secret text,
  revealed_at timestamptz,
  primary key (run_id, attempt, role)
);
-- The frame: nobody edits or adds to it after the snapshot, not even through the service (SoD-11).
create table inspection_frame (
  run_id text not null references inspection_run,
  bureau_id text not null,
  stratum text not null,
  unit text not null,
  office_id text not null,
  touched text[] not null,
  primary key (run_id, stratum, unit)
);
create function inspection_frame_is_frozen() returns trigger language plpgsql as $$ begin
  if exists (select from inspection_run where id = new.run_id and frame_root is not null) then
    raise exception 'the frame of % is frozen', new.run_id;
  end if;
  return new;
end $$;
create trigger frozen before insert on inspection_frame
  for each row execute function inspection_frame_is_frozen();
create table inspected_file (
  run_id text not null references inspection_run,
  bureau_id text not null,
  stratum text not null,
  unit text not null,
  office_id text not null,
  ticket text not null,
  position integer not null,
  inspectors text[] not null,
  results jsonb,
  findings jsonb not null default '[]',
  reported_by text,
  reported_at timestamptz,
  signed_by text,
  signed_at timestamptz,
  primary key (run_id, unit)
);
create table inspection_report (
  run_id text not null references inspection_run,
  bureau_id text not null,
  kind text not null,
  text text not null,
  submitted_by text not null,
  submitted_at timestamptz not null,
  primary key (run_id, kind)
);
create table inspection_order (
  run_id text not null references inspection_run,
  bureau_id text not null,
  order_id text not null references rectification_order,
  kind text not null,
  special boolean not null,
  primary key (run_id, order_id)
);
revoke delete on inspection_run, draw_commitment, inspected_file from plumbline_app;
revoke update, delete on inspection_act, inspection_frame, inspection_report, inspection_order from plumbline_app;

alter table inspection_run enable row level security;
create policy inspection_run_read on inspection_run for select using (
  bureau_id = plumbline_bureau() and (plumbline_actor() = 'system' or (plumbline_actor() = 'person' and (
    plumbline_has_role('LEGAL_OFFICER') or plumbline_has_role('DISCIPLINE_LEAD')
    or plumbline_has_role('DISCIPLINE_OFFICER') or plumbline_has_role('INTERNAL_AUDITOR')
    or plumbline_has_role('SUPERVISION_OFFICE') or plumbline_has_role('BUREAU_HEAD')
    or exists (select from participant p
               where p.object_id = inspection_run.id and p.person_id = plumbline_person())))));
create policy inspection_run_add on inspection_run for insert with check (bureau_id = plumbline_bureau());
create policy inspection_run_change on inspection_run for update using (bureau_id = plumbline_bureau());
do $$
declare part text;
begin
  foreach part in array array['inspection_act', 'draw_commitment', 'inspection_frame', 'inspected_file',
                              'inspection_report', 'inspection_order'] loop
    execute format('alter table %I enable row level security', part);
    execute format('create policy %I on %I for select using (bureau_id = plumbline_bureau()
                    and exists (select from inspection_run r where r.id = %I.run_id))', part || '_read', part, part);
    execute format('create policy %I on %I for insert with check (bureau_id = plumbline_bureau())',
                   part || '_add', part);
  end loop;
end $$;
create policy draw_commitment_change on draw_commitment for update using (bureau_id = plumbline_bureau());
create policy inspected_file_change on inspected_file for update using (bureau_id = plumbline_bureau());
