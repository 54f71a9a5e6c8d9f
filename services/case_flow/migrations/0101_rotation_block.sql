-- Holders whose rotation is overdue: no new matter of HIGH grade until they leave the post or the limit is extended.
create table rotation_block (
  rotation_id text primary key,
  bureau_id text not null,
  person_id text not null,
  post_id text not null,
  since date not null,
  cleared_at timestamptz
);
create index rotation_block_open on rotation_block (person_id) where cleared_at is null;
revoke delete on rotation_block from plumbline_app;
alter table rotation_block enable row level security;
create policy rotation_block_read on rotation_block for select using (bureau_id = plumbline_bureau());
create policy rotation_block_write on rotation_block for all
  using (plumbline_actor() = 'system' and bureau_id = plumbline_bureau());
