-- Declared kin (公务员法 Art 74): personal data, for HR, the discipline lead and the head alone.
create table kin_declaration (
  id text primary key,
  bureau_id text not null,
  person_id text not null,
  kin_id text not null check (kin_id <> person_id),
  relation text not null check (relation in ('SPOUSE', 'LINEAL', 'COLLATERAL', 'NEAR_IN_LAW')),
  declared_by text not null,
  declared_at timestamptz not null
);
create index kin_declaration_of on kin_declaration (bureau_id, person_id, kin_id);
create table kin_withdrawal (
  declaration_id text primary key references kin_declaration,
  bureau_id text not null,
  reason text not null,
  withdrawn_by text not null,
  withdrawn_at timestamptz not null
);
-- Two kin whose posts the law keeps apart; closed once they are apart.
create table avoidance_finding (
  id text primary key,
  bureau_id text not null,
  person_id text not null,
  kin_id text not null,
  bar text not null check (bar in ('DIRECT_LINE', 'SAME_LEADER', 'GUARDED_WORK')),
  post_id text not null,
  kin_post_id text not null,
  found_at timestamptz not null
);
create index avoidance_finding_of on avoidance_finding (bureau_id, person_id);
create table avoidance_closing (
  finding_id text primary key references avoidance_finding,
  bureau_id text not null,
  closed_at timestamptz not null
);

alter table kin_declaration enable row level security;
alter table kin_declaration force row level security;
alter table kin_withdrawal enable row level security;
alter table kin_withdrawal force row level security;
alter table avoidance_finding enable row level security;
alter table avoidance_finding force row level security;
alter table avoidance_closing enable row level security;
alter table avoidance_closing force row level security;

create function reads_kin(bureau text) returns boolean language sql stable as $$
  select bureau = plumbline_bureau() and (
    plumbline_actor() = 'system'
    or (plumbline_actor() = 'person' and (
      plumbline_has_role('BUREAU_HEAD') or plumbline_has_role('DISCIPLINE_LEAD') or plumbline_has_role('HR_OFFICER'))))
$$;
create policy read on kin_declaration for select using (reads_kin(bureau_id));
create policy declare on kin_declaration for insert with check (
  bureau_id = plumbline_bureau() and (plumbline_actor() = 'system'
    or (plumbline_actor() = 'person' and (person_id = plumbline_person() or plumbline_has_role('HR_OFFICER')))));
create policy read on kin_withdrawal for select using (reads_kin(bureau_id));
create policy withdraw on kin_withdrawal for insert with check (
  bureau_id = plumbline_bureau() and (plumbline_actor() = 'system'
    or (plumbline_actor() = 'person' and plumbline_has_role('HR_OFFICER'))));
create policy read on avoidance_finding for select using (reads_kin(bureau_id));
create policy find on avoidance_finding for insert with check (
  bureau_id = plumbline_bureau() and plumbline_actor() = 'system');
create policy read on avoidance_closing for select using (reads_kin(bureau_id));
create policy close on avoidance_closing for insert with check (
  bureau_id = plumbline_bureau() and plumbline_actor() = 'system');
revoke update, delete on kin_declaration, kin_withdrawal, avoidance_finding, avoidance_closing from plumbline_app;
