-- The register's published points and their grades by day, so that controls work while the register is down.
create table risk_point_replica (
  point_id text primary key,
  bureau_id text not null,
  code text not null,
  title text not null,
  title_en text not null default '',
  unit_id text not null,
  owner_unit_id text,
  process text not null default '',
  step text not null default ''
);
create unique index risk_point_replica_code on risk_point_replica (bureau_id, code);

create table risk_point_grade (
  point_id text not null references risk_point_replica,
  bureau_id text not null,
  effective_from date not null,
  grade text not null check (grade in ('LOW', 'MEDIUM', 'HIGH')),
  primary key (point_id, effective_from)
);

alter table risk_point_replica enable row level security;
create policy risk_point_replica_read on risk_point_replica for select using (bureau_id = plumbline_bureau());
create policy risk_point_replica_write on risk_point_replica for all
  using (plumbline_actor() = 'system' and bureau_id = plumbline_bureau());
alter table risk_point_grade enable row level security;
create policy risk_point_grade_read on risk_point_grade for select using (bureau_id = plumbline_bureau());
create policy risk_point_grade_write on risk_point_grade for all
  using (plumbline_actor() = 'system' and bureau_id = plumbline_bureau());
