-- Somebody was asked to sign in addition, or no longer (加签, 减签). Append-only; whoever sees the matter sees it.
create table signer_change (
  matter_id text not null references matter,
  seq bigint not null,
  bureau_id text not null,
  step text not null,
  person text not null,
  act text not null check (act in ('ADDED', 'REMOVED')),
  by_person text not null,
  at timestamptz not null,
  reason text not null check (reason <> ''),
  primary key (matter_id, seq)
);
revoke update, delete on signer_change from plumbline_app;

alter table signer_change enable row level security;
create policy signer_change_read on signer_change for select
  using (exists (select from matter where matter.id = signer_change.matter_id));
create policy signer_change_add on signer_change for insert with check (bureau_id = plumbline_bureau());
