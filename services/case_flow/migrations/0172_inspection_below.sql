-- Inspections of a bureau below (S2-024): which bureau an audit looks at, and the findings handed down to it.
alter table scheduled_audit add column below text;

create table finding_below (
  order_id text primary key,
  audit_id text not null references scheduled_audit,
  bureau_id text not null,
  below text not null,
  to_unit text not null,
  sent_by text not null,
  sent_at timestamptz not null
);
create index finding_below_audit on finding_below (audit_id, sent_at, order_id);
revoke update, delete on finding_below from plumbline_app;

alter table finding_below enable row level security;
create policy finding_below_read on finding_below for select using (
  bureau_id = plumbline_bureau() and exists (select from scheduled_audit a where a.id = audit_id));
create policy finding_below_add on finding_below for insert with check (
  bureau_id = plumbline_bureau() and sent_by = plumbline_person());
