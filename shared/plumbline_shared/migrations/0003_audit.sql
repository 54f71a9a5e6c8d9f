-- Written in the transaction of the business change; `seq` is the leaf index once the sequencer has been by.
-- actor, object_id, detail and their salt can be erased together; the commitment stays, so no hash changes.
create table audit_entry (
  id text primary key,
  seq bigint unique,
  bureau_id text not null,
  actor text,
  action text not null,
  object_type text not null,
  object_id text,
  at timestamptz not null,
  salt bytea,
  detail text,
  commitment bytea not null
);
create index audit_entry_unsequenced on audit_entry (id) where seq is null;
create index audit_entry_object on audit_entry (object_type, object_id);

-- Hashes of perfect subtrees (RFC 6962): level 0 are the leaves.
create table audit_node (
  level smallint not null,
  index bigint not null,
  hash bytea not null,
  primary key (level, index)
);

create table audit_checkpoint (
  size bigint primary key,
  root bytea not null,
  note text not null,
  signed_at timestamptz not null
);

create function audit_entry_guard() returns trigger language plpgsql as $$
begin
  if (new.id, new.bureau_id, new.action, new.object_type, new.at, new.commitment)
       is distinct from (old.id, old.bureau_id, old.action, old.object_type, old.at, old.commitment)
     or (old.seq is not null and new.seq is distinct from old.seq)
     or ((new.actor, new.object_id, new.salt, new.detail)
           is distinct from (old.actor, old.object_id, old.salt, old.detail)
         and (new.actor, new.object_id, new.salt, new.detail) is distinct from
             (null::text, null::text, null::bytea, null::text))
  then
    raise exception 'an audit entry cannot be changed' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create function audit_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log is append-only' using errcode = 'insufficient_privilege';
end $$;
create trigger audit_entry_guard before update on audit_entry
  for each row execute function audit_entry_guard();
create trigger audit_entry_append_only before delete or truncate on audit_entry
  for each statement execute function audit_append_only();
create trigger audit_node_append_only before update or delete or truncate on audit_node
  for each statement execute function audit_append_only();
create trigger audit_checkpoint_append_only before update or delete or truncate on audit_checkpoint
  for each statement execute function audit_append_only();

revoke update, delete on audit_entry, audit_node, audit_checkpoint from plumbline_app;
grant update (seq) on audit_entry to plumbline_app;

alter table audit_entry enable row level security;
alter table audit_entry force row level security;
create policy audit_append on audit_entry for insert with check (true);
create policy audit_read on audit_entry for select using (
  plumbline_actor() = 'system'
  or (plumbline_has_role('INTERNAL_AUDITOR') and bureau_id = plumbline_bureau())
);
create policy audit_sequence on audit_entry for update using (plumbline_actor() = 'system');
