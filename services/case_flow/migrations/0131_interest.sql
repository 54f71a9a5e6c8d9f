-- An officer's interest in a party or a matter (回避): declared by themselves, or decided on a party's request. Whoever
-- has one keeps off; the reason is for the person, the head and the discipline lead (policies/interest.cedar).
create table recusal_request (
  id text primary key,
  matter_id text not null references matter,
  bureau_id text not null,
  officer text not null,
  grounds text not null,
  asked_by text not null,
  asked_at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  upheld boolean,
  people text[] not null default '{}',
  reason text not null default ''
);
create unique index recusal_request_open on recusal_request (matter_id, officer) where decided_at is null;

create table interest (
  id text primary key,
  bureau_id text not null,
  person_id text not null,
  party text,
  matter_id text references matter,
  relation text not null check (relation in ('KIN', 'FINANCIAL', 'FORMER_WORK', 'OTHER')),
  reason text not null,
  request_id text references recusal_request,
  declared_by text not null,
  declared_at timestamptz not null,
  ended_at timestamptz,
  ended_by text,
  end_reason text not null default '',
  check (num_nonnulls(party, matter_id) = 1)
);
create unique index interest_party on interest (bureau_id, party, person_id) where ended_at is null and party is not null;
create unique index interest_matter on interest (matter_id, person_id) where ended_at is null and matter_id is not null;
revoke delete on interest, recusal_request from plumbline_app;

alter table recusal_request enable row level security;
create policy recusal_request_read on recusal_request for select using (
  bureau_id = plumbline_bureau() and (plumbline_actor() = 'system' or (plumbline_actor() = 'person' and (
    asked_by = plumbline_person() or plumbline_has_role('BUREAU_HEAD') or plumbline_has_role('DISCIPLINE_LEAD')))));
create policy recusal_request_ask on recusal_request for insert with check (bureau_id = plumbline_bureau());
create policy recusal_request_decide on recusal_request for update using (
  bureau_id = plumbline_bureau() and plumbline_actor() = 'person'
  and (plumbline_has_role('BUREAU_HEAD') or plumbline_has_role('DISCIPLINE_LEAD')));

alter table interest enable row level security;
create policy interest_read on interest for select using (
  bureau_id = plumbline_bureau() and (plumbline_actor() = 'system' or (plumbline_actor() = 'person' and (
    person_id = plumbline_person() or plumbline_has_role('BUREAU_HEAD') or plumbline_has_role('DISCIPLINE_LEAD')))));
create policy interest_declare on interest for insert with check (bureau_id = plumbline_bureau());
create policy interest_end on interest for update using (
  bureau_id = plumbline_bureau() and plumbline_actor() = 'person'
  and (plumbline_has_role('BUREAU_HEAD') or plumbline_has_role('DISCIPLINE_LEAD')));

-- How a party is compared: without case and outer blanks.
create function case_flow_party(given text) returns text language sql immutable parallel safe
  return lower(btrim(given));

-- Who keeps off a matter now, for everybody who sees it: the persons, never the reasons.
create function case_flow_recused(matter_id text, bureau text, title text, facts jsonb) returns text[]
language sql stable security definer set search_path = public as $$
  select coalesce(array_agg(distinct i.person_id order by i.person_id), '{}') from interest i
  where i.bureau_id = bureau and bureau = plumbline_bureau() and i.ended_at is null and (
    i.matter_id = case_flow_recused.matter_id
    or i.party in (case_flow_party(title), case_flow_party(facts ->> 'taxpayer_id')))
$$;

-- Whose act counts as somebody else's hands too: a delegate's, for the grantor. Append-only.
create table delegated_act (
  matter_id text not null references matter,
  seq bigint not null,
  bureau_id text not null,
  step text not null,
  person text not null,
  grantor text not null,
  at timestamptz not null,
  primary key (matter_id, seq, grantor)
);
revoke update, delete on delegated_act from plumbline_app;
alter table delegated_act enable row level security;
create policy delegated_act_read on delegated_act for select
  using (exists (select from matter where matter.id = delegated_act.matter_id));
create policy delegated_act_add on delegated_act for insert with check (bureau_id = plumbline_bureau());
