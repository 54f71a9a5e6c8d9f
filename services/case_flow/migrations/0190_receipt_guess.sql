-- Codes that did not fit a receipt number, whether there is such a number or not: the service alone reads them.
create table receipt_guess (
  bureau_id text not null,
  receipt_no text not null,
  at timestamptz not null
);
create index receipt_guess_of on receipt_guess (receipt_no, at);
create index receipt_guess_old on receipt_guess (at);
revoke update on receipt_guess from plumbline_app;
alter table receipt_guess enable row level security;
create policy receipt_guess_service on receipt_guess
  using (bureau_id = plumbline_bureau() and plumbline_actor() = 'system')
  with check (bureau_id = plumbline_bureau() and plumbline_actor() = 'system');
