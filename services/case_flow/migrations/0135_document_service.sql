-- A document was served (送达): how, on whom, with which receipt, and from which day on it counts (I-015). Append-only.
create table document_service (
  id text primary key,
  matter_id text not null references matter,
  seq bigint not null,
  bureau_id text not null,
  kind text not null,
  document_no text not null,
  manner text not null,
  recipient text not null,
  evidence text not null,
  handed_on date not null,
  served_on date not null,
  clocks jsonb not null,
  pack text not null,
  recorded_by text not null,
  recorded_at timestamptz not null
);
create unique index document_service_once on document_service (matter_id, kind, document_no);
revoke update, delete on document_service from plumbline_app;
alter table document_service enable row level security;
create policy document_service_read on document_service for select
  using (exists (select from matter where matter.id = document_service.matter_id));
create policy document_service_add on document_service for insert with check (bureau_id = plumbline_bureau());
