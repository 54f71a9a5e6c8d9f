-- The public view (C-10): frozen snapshots, sealed by a hash. It holds powers, basis, procedure and responsible post.
create table public_snapshot (
  id text primary key,
  sequence bigint generated always as identity,
  bureau_id text not null,
  as_of date not null,
  content text not null,
  sha256 text not null check (sha256 = encode(sha256(convert_to(content, 'UTF8')), 'hex')),
  published_by text not null,
  published_at timestamptz not null
);
create index public_snapshot_latest on public_snapshot (bureau_id, sequence desc);
create table public_withdrawal (
  snapshot_id text primary key references public_snapshot,
  bureau_id text not null,
  reason text not null,
  withdrawn_by text not null,
  withdrawn_at timestamptz not null
);

alter table public_snapshot enable row level security;
alter table public_snapshot force row level security;
alter table public_withdrawal enable row level security;
alter table public_withdrawal force row level security;

-- For everybody, with or without a token, until it is withdrawn; then for the bureau's own.
create policy read on public_withdrawal for select using (true);
create policy read on public_snapshot for select using (
  bureau_id = plumbline_bureau() or not exists (select from public_withdrawal w where w.snapshot_id = id));

create function discloses(bureau text) returns boolean language sql stable as $$
  select bureau = plumbline_bureau() and plumbline_actor() = 'person' and plumbline_has_role('BUREAU_HEAD')
$$;
create policy publish on public_snapshot for insert with check (discloses(bureau_id));
create policy withdraw on public_withdrawal for insert with check (
  discloses(bureau_id) and exists (
    select from public_snapshot s where s.id = snapshot_id and s.bureau_id = public_withdrawal.bureau_id));

revoke update, delete on public_snapshot, public_withdrawal from plumbline_app;
