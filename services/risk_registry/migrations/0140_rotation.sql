-- Limits of tenure by grade as data (S2-021); months are defaults [A] until a bureau has its own.
create table rotation_rule (
  version text primary key,
  bureau_id text,
  effective_from date not null,
  months_high int not null check (months_high > 0),
  months_medium int not null check (months_medium >= months_high),
  months_low int not null check (months_low >= months_medium),
  notice_days int[] not null,
  extension_months int not null check (extension_months > 0),
  guarded_functions text[] not null,
  citation text not null,
  check (bureau_id is null or starts_with(version, bureau_id || '.'))
);
insert into rotation_rule values ('ROTATION-2026', null, '2009-01-01', 60, 96, 120, '{90,30}', 12,
  '{HR,DISCIPLINE,AUDIT,INTERNAL_AUDIT,FINANCE}',
  'S2-021 [A]; 财会〔2012〕21号; 公务员法 Art 71, 74; 干部任用条例 Art 54');

-- What was told about a holding of a post, each once.
create table rotation_notice (
  sequence bigint generated always as identity primary key,
  bureau_id text not null,
  rotation_id text not null,
  person_id text not null,
  post_id text not null,
  unit_id text not null,
  held_since date not null,
  kind text not null check (kind in ('DUE_SOON', 'OVERDUE', 'RESOLVED', 'EXTENDED')),
  mark text not null,
  told_on date not null,
  recorded_at timestamptz not null,
  unique (rotation_id, kind, mark)
);
create index rotation_notice_person on rotation_notice (bureau_id, person_id, sequence desc);

-- An extension asked for by one and decided by another, with a special audit as compensating control (SoD-12).
create table rotation_extension (
  id text primary key,
  bureau_id text not null,
  rotation_id text not null,
  person_id text not null,
  post_id text not null,
  unit_id text not null,
  due_on date not null,
  extended_until date not null check (extended_until > due_on),
  reason text not null,
  control text not null,
  audit_on date not null check (audit_on <= extended_until),
  requested_by text not null,
  requested_at timestamptz not null
);
create index rotation_extension_of on rotation_extension (bureau_id, rotation_id);
create table rotation_extension_decision (
  extension_id text primary key references rotation_extension,
  bureau_id text not null,
  approved boolean not null,
  reason text not null,
  decided_by text not null,
  decided_on date not null,
  decided_at timestamptz not null
);
create table rotation_proposal (
  id text primary key,
  bureau_id text not null,
  person_id text not null,
  unit_id text not null,
  to_post_id text not null,
  effective_from date not null,
  reason text not null,
  proposed_by text not null,
  proposed_at timestamptz not null
);
create index rotation_proposal_day on rotation_proposal (bureau_id, effective_from);

alter table rotation_rule enable row level security;
alter table rotation_rule force row level security;
alter table rotation_notice enable row level security;
alter table rotation_notice force row level security;
alter table rotation_extension enable row level security;
alter table rotation_extension force row level security;
alter table rotation_extension_decision enable row level security;
alter table rotation_extension_decision force row level security;
alter table rotation_proposal enable row level security;
alter table rotation_proposal force row level security;

-- Requirements 5.3, R21: head, discipline lead and HR the bureau; deputies and chiefs their units; everybody the own.
create function reads_rotation(bureau text, person text, unit text) returns boolean language sql stable as $$
  select bureau = plumbline_bureau() and (
    plumbline_actor() = 'system'
    or (plumbline_actor() = 'person' and (
      plumbline_has_role('BUREAU_HEAD') or plumbline_has_role('DISCIPLINE_LEAD') or plumbline_has_role('HR_OFFICER')
      or person = plumbline_person()
      or (reads_units() and unit = any (plumbline_units())))))
$$;
create policy read on rotation_rule for select using (bureau_id is null or bureau_id = plumbline_bureau());
create policy service on rotation_notice using (plumbline_actor() = 'system' and bureau_id = plumbline_bureau());
create policy read on rotation_extension for select using (reads_rotation(bureau_id, person_id, unit_id));
create policy ask on rotation_extension for insert with check (
  bureau_id = plumbline_bureau() and (plumbline_actor() = 'system'
    or (plumbline_actor() = 'person' and plumbline_has_role('HR_OFFICER'))));
create policy read on rotation_extension_decision for select using (
  bureau_id = plumbline_bureau()
  and exists (select from rotation_extension e where e.id = rotation_extension_decision.extension_id));
create policy decide on rotation_extension_decision for insert with check (
  bureau_id = plumbline_bureau() and (plumbline_actor() = 'system'
    or (plumbline_actor() = 'person' and plumbline_has_role('BUREAU_HEAD'))));
create policy read on rotation_proposal for select using (reads_rotation(bureau_id, person_id, unit_id));
create policy plan on rotation_proposal for insert with check (
  bureau_id = plumbline_bureau() and (plumbline_actor() = 'system'
    or (plumbline_actor() = 'person' and plumbline_has_role('HR_OFFICER'))));
revoke insert, update, delete on rotation_rule from plumbline_app;
revoke update, delete on rotation_notice, rotation_extension, rotation_extension_decision, rotation_proposal
  from plumbline_app;
