-- A second review that a regrade puts on a running matter; it binds from the step after the current one.
create table second_review (
  matter_id text not null references matter,
  point_id text not null,
  bureau_id text not null,
  imposed_at timestamptz not null,
  after_seq bigint not null,
  primary key (matter_id, point_id)
);
revoke update, delete on second_review from plumbline_app;
alter table second_review enable row level security;
create policy second_review_read on second_review for select using (
  bureau_id = plumbline_bureau() and (plumbline_actor() = 'system' or plumbline_has_role('BUREAU_HEAD')
    or plumbline_has_role('DISCIPLINE_LEAD') or exists (select from matter m where m.id = second_review.matter_id)));
create policy second_review_add on second_review for insert
  with check (bureau_id = plumbline_bureau() and plumbline_actor() = 'system');

-- Education that is overdue on a point: until it is done, no new matter of HIGH grade goes to the person.
create table eligibility_block (
  assignment_id text primary key,
  bureau_id text not null,
  person_id text not null,
  point_id text not null,
  since date not null,
  cleared_at timestamptz
);
create index eligibility_block_open on eligibility_block (person_id) where cleared_at is null;
revoke delete on eligibility_block from plumbline_app;
alter table eligibility_block enable row level security;
create policy eligibility_block_read on eligibility_block for select using (bureau_id = plumbline_bureau());
create policy eligibility_block_write on eligibility_block for all
  using (plumbline_actor() = 'system' and bureau_id = plumbline_bureau());

-- Reads that their subject must not learn of: kept apart from the audit log, written by the read itself.
create table sealed_read (
  id bigint generated always as identity primary key,
  bureau_id text not null,
  reader text not null,
  what text not null,
  point_id text not null,
  since timestamptz not null,
  found integer not null,
  at timestamptz not null
);
revoke all on sealed_read from plumbline_app;

-- Everything that passed the steps of a point since a day, for the discipline lead; no reading without its entry.
create function approvals_at_step(point text, first timestamptz, read_at timestamptz)
returns table (matter_id text, case_ref text, step text, signers text[], at timestamptz)
language plpgsql volatile security definer set search_path = public as $$
declare
  counted integer;
begin
  if not plumbline_has_role('DISCIPLINE_LEAD') or plumbline_person() is null then return; end if;
  return query
    select s.matter_id, m.case_ref, s.step, s.signers, s.at
    from matter_step s
    join matter m on m.id = s.matter_id
    join item_version v on v.bureau_id = m.bureau_id and v.item_code = m.item_code and v.version = m.item_version
    cross join lateral jsonb_array_elements(v.definition -> 'steps') as d
    join risk_point_replica r on r.point_id = point and r.bureau_id = m.bureau_id
    where m.bureau_id = plumbline_bureau() and s.at >= first and d ->> 'code' = s.step
      and (d ->> 'point' = r.code or (v.definition ->> 'process' = r.process and s.step = r.step))
    order by s.at desc, s.matter_id;
  get diagnostics counted = row_count;
  insert into sealed_read (bureau_id, reader, what, point_id, since, found, at)
  values (plumbline_bureau(), plumbline_person(), 'approvals_at_step', point, first, counted, read_at);
end
$$;
