-- What the special audit found that stands in for a rotation (SoD-12; 财会〔2012〕21号): once, by an auditor.
create table rotation_audit (
  extension_id text primary key references rotation_extension,
  bureau_id text not null,
  result text not null check (result in ('CLEAR', 'FINDINGS')),
  finding text not null check (result = 'CLEAR' or finding <> ''),
  audited_on date not null,
  audited_by text not null,
  recorded_at timestamptz not null
);
alter table rotation_audit enable row level security;
alter table rotation_audit force row level security;

-- Weaknesses: who runs rotation, and audit; not the holder, and not their chief.
create function reads_rotation_audit(bureau text) returns boolean language sql stable as $$
  select bureau = plumbline_bureau() and (
    plumbline_actor() = 'system'
    or (plumbline_actor() = 'person' and (
      plumbline_has_role('BUREAU_HEAD') or plumbline_has_role('DISCIPLINE_LEAD') or plumbline_has_role('HR_OFFICER')
      or plumbline_has_role('INTERNAL_AUDITOR'))))
$$;
create policy read on rotation_audit for select using (reads_rotation_audit(bureau_id));
create policy audit on rotation_audit for insert with check (
  bureau_id = plumbline_bureau() and plumbline_actor() = 'person' and audited_by = plumbline_person()
  and plumbline_has_role('INTERNAL_AUDITOR'));
revoke update, delete on rotation_audit from plumbline_app;
