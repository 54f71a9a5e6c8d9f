-- Documents that the hall gave out (出件, S1-102): one of a kind for a matter, with its number and the text as it was.
create table output_document (
  matter_id text not null references matter,
  kind text not null,
  bureau_id text not null,
  number text not null,
  text_zh text not null,
  text_en text not null,
  pack text not null,
  issued_by text not null,
  issued_at timestamptz not null,
  primary key (matter_id, kind),
  unique (bureau_id, number)
);
revoke update, delete on output_document from plumbline_app;
alter table output_document enable row level security;
create policy output_document_read on output_document for select using (bureau_id = plumbline_bureau()
  and (plumbline_actor() = 'system' or exists (select from matter m where m.id = output_document.matter_id)));
create policy output_document_add on output_document for insert with check (bureau_id = plumbline_bureau()
  and plumbline_actor() = 'person');
