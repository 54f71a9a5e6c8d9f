-- Delegated authority (S1-104): the authority of a post, given to a unit for named operations and a time; each use is kept.
create table authority_grant (
  id text primary key,
  bureau_id text not null,
  code text not null,
  grantor_post text not null,
  grantor_unit text not null,
  grantee_unit text not null,
  operations text[] not null check (operations <> '{}'),
  valid_from date not null,
  valid_until date not null,
  reason text not null,
  granted_by text not null,
  granted_at timestamptz not null,
  check (valid_until > valid_from),
  check (grantor_unit <> grantee_unit)
);
create index authority_grant_code on authority_grant (bureau_id, code, valid_from);
create table authority_revocation (
  grant_id text primary key references authority_grant,
  bureau_id text not null,
  revoked_on date not null,
  reason text not null check (reason <> ''),
  revoked_by text not null,
  revoked_at timestamptz not null
);
-- `reference` is the number of the work where it was done: the same work is told once, however often it is sent.
create table authority_use (
  id text primary key,
  bureau_id text not null,
  grant_id text not null references authority_grant,
  operation text not null,
  reference text not null,
  person_id text not null,
  used_at timestamptz not null,
  recorded_by text not null,
  recorded_at timestamptz not null,
  unique (bureau_id, operation, reference)
);
create index authority_use_newest on authority_use (grant_id, used_at desc, id desc);

-- Who may give away the authority of a unit's posts: the head, and who leads the unit.
create function grants_authority(bureau text, unit text) returns boolean language sql stable as $$
  select bureau = plumbline_bureau() and plumbline_actor() = 'person' and (
    plumbline_has_role('BUREAU_HEAD') or (reads_units() and unit = any (plumbline_units())))
$$;
create function uses_authority(bureau text, unit text) returns boolean language sql stable as $$
  select bureau = plumbline_bureau() and (
    (plumbline_actor() = 'client' and plumbline_has_scope('authority:use'))
    or (plumbline_actor() = 'person' and unit = any (plumbline_units())))
$$;
-- Who may do what for whom is for everybody in the bureau, and for programs that record uses.
create function reads_authority(bureau text) returns boolean language sql stable as $$
  select bureau = plumbline_bureau() and (
    plumbline_actor() in ('system', 'person')
    or (plumbline_actor() = 'client' and plumbline_has_scope('authority:use')))
$$;
alter table authority_grant enable row level security;
alter table authority_grant force row level security;
alter table authority_revocation enable row level security;
alter table authority_revocation force row level security;
alter table authority_use enable row level security;
alter table authority_use force row level security;
create policy read on authority_grant for select using (reads_authority(bureau_id));
create policy grant_it on authority_grant for insert with check (grants_authority(bureau_id, grantor_unit));
create policy read on authority_revocation for select using (reads_authority(bureau_id));
create policy revoke_it on authority_revocation for insert with check (exists (
  select from authority_grant g where g.id = grant_id and grants_authority(g.bureau_id, g.grantor_unit)));
-- Uses: those who oversee the bureau, who leads either unit, and each their own.
create policy read on authority_use for select using (bureau_id = plumbline_bureau() and (
  (select reads_bureau())
  or (plumbline_actor() = 'person' and person_id = (select plumbline_person()))
  or ((select reads_units()) and exists (
    select from authority_grant g
    where g.id = grant_id and array[g.grantor_unit, g.grantee_unit] && (select plumbline_units())))));
create policy use_it on authority_use for insert with check (
  (plumbline_actor() = 'client' or person_id = plumbline_person())
  and exists (select from authority_grant g where g.id = grant_id and uses_authority(g.bureau_id, g.grantee_unit)));
revoke update, delete on authority_grant, authority_revocation, authority_use from plumbline_app;
