-- The directory's replica: whole states from its events. Periods are half open; null is an open end.
create table org_bureau (
  id text primary key,
  parent_id text,
  name text not null,
  name_en text not null,
  level text not null,
  effective_from date,
  effective_to date
);

create table org_unit (
  id text primary key,
  bureau_id text not null,
  parent_id text,
  name text not null,
  name_en text not null,
  kind text not null,
  functions text[] not null,
  head_post_id text,
  deputy_in_charge_post_id text,
  effective_from date,
  effective_to date
);
create index org_unit_bureau on org_unit (bureau_id);

create table org_post (
  id text primary key,
  bureau_id text not null,
  unit_id text not null,
  title text not null,
  title_en text not null,
  kind text not null,
  effective_from date,
  effective_to date
);
create index org_post_bureau on org_post (bureau_id);

create table org_person (
  id text primary key,
  bureau_id text not null,
  name text not null,
  name_en text not null,
  account text,
  managed_by_bureau_id text,
  enforcement_qualified boolean not null
);
create index org_person_bureau on org_person (bureau_id);
create index org_person_subject on org_person (coalesce(account, id));

create table org_assignment (
  person_id text not null references org_person on delete cascade,
  id text not null,
  bureau_id text not null,
  post_id text not null,
  unit_id text not null,
  kind text not null,
  effective_from date,
  effective_to date,
  primary key (person_id, id)
);
create index org_assignment_post on org_assignment (post_id);
create index org_assignment_bureau on org_assignment (bureau_id);

create table org_role_grant (
  person_id text not null references org_person on delete cascade,
  id text not null,
  bureau_id text not null,
  role text not null,
  unit_id text,
  domain text,
  effective_from date,
  effective_to date,
  primary key (person_id, id)
);
create index org_role_grant_bureau on org_role_grant (bureau_id, role);

create table org_status (
  person_id text not null references org_person on delete cascade,
  ordinal int not null,
  bureau_id text not null,
  status text not null,
  effective_from date,
  effective_to date,
  primary key (person_id, ordinal)
);
create index org_status_bureau on org_status (bureau_id);

create table org_duty (
  roster_id text not null,
  bureau_id text not null,
  on_day date not null,
  rank int not null,
  person_id text not null,
  primary key (roster_id, on_day, rank)
);
create index org_duty_bureau on org_duty (bureau_id);

create table org_delegation (
  id text primary key,
  bureau_id text not null,
  grantor_person_id text not null,
  delegate_person_id text not null,
  authority text not null,
  unit_id text,
  effective_from date,
  effective_to date,
  revoked boolean not null
);
create index org_delegation_bureau on org_delegation (bureau_id);

-- The calendar in force of a bureau; the one with the empty bureau is everybody's.
create table org_calendar (
  bureau_id text primary key,
  version text not null,
  first_day date not null,
  horizon date not null,
  off_days date[] not null,
  made_up_days date[] not null
);

-- A new version at every change of a bureau: what snapshots are cached by.
create table org_version (
  bureau_id text primary key,
  version uuid not null
);
