-- A bureau's own limits: proposed by HR, approved by the head, never changed (SoD-6). Without an approval they do not count.
alter table rotation_rule add column proposed_by text, add column proposed_at timestamptz;
create table rotation_rule_approval (
  version text primary key references rotation_rule,
  bureau_id text not null,
  approved_by text not null,
  approved_at timestamptz not null
);
grant insert on rotation_rule to plumbline_app;
alter table rotation_rule_approval enable row level security;
alter table rotation_rule_approval force row level security;
create policy propose on rotation_rule for insert with check (
  bureau_id = plumbline_bureau() and (plumbline_actor() = 'system'
    or (plumbline_actor() = 'person' and plumbline_has_role('HR_OFFICER'))));
create policy read on rotation_rule_approval for select using (bureau_id = plumbline_bureau());
create policy approve on rotation_rule_approval for insert with check (
  bureau_id = plumbline_bureau() and (plumbline_actor() = 'system'
    or (plumbline_actor() = 'person' and plumbline_has_role('BUREAU_HEAD'))));
revoke update, delete on rotation_rule_approval from plumbline_app;
