-- An office against its template (S1-119, S1-120): a finding of a unit; `person_id` is empty where nobody is meant.
alter table sod_finding add column unit_id text not null default '';
create index sod_finding_unit on sod_finding (bureau_id, unit_id) where unit_id <> '';
