-- Collective adjudication of a major case (S2-060): seats of member units, opinions by round, what was decided.
create table adjudication (
  id text primary key,
  bureau_id text not null,
  matter_id text not null references matter,
  state text not null check (state in ('PROPOSED', 'WRITTEN', 'MEETING', 'DECIDED')),
  party text not null,
  amount_fen bigint not null check (amount_fen >= 0),
  dossier text not null,
  proposal text not null,
  proposed_by text not null,
  proposed_on date not null,
  threshold text not null,
  number text,
  chair text,
  convened_on date,
  quorum integer,
  meeting_on date,
  minutes text,
  votes_for integer,
  votes_against integer,
  abstained integer,
  carried boolean,
  decided_on date,
  unique (bureau_id, number),
  check ((state = 'DECIDED') = (carried is not null and decided_on is not null))
);
create unique index adjudication_open on adjudication (matter_id) where decided_on is null;
create index adjudication_proposed on adjudication (bureau_id, proposed_on desc, id desc);

create table adjudication_seat (
  adjudication_id text not null references adjudication,
  person_id text not null,
  bureau_id text not null,
  unit_id text not null,
  recused boolean not null,
  recusal_reason text not null,
  present boolean not null,
  primary key (adjudication_id, person_id),
  unique (adjudication_id, unit_id)
);
create table adjudication_opinion (
  adjudication_id text not null references adjudication,
  round text not null check (round in ('WRITTEN', 'MEETING')),
  person_id text not null,
  bureau_id text not null,
  choice text not null check (choice in ('FOR', 'AGAINST', 'ABSTAIN')),
  text text not null,
  given_at timestamptz not null,
  primary key (adjudication_id, round, person_id),
  check (choice <> 'AGAINST' or text <> '')
);
revoke delete on adjudication, adjudication_seat from plumbline_app;
revoke update, delete on adjudication_opinion from plumbline_app;

-- Those who take part: who proposed it, the committee, its chair and its office, the legal section.
alter table adjudication enable row level security;
create policy adjudication_read on adjudication for select using (
  bureau_id = plumbline_bureau() and (plumbline_actor() = 'system' or (plumbline_actor() = 'person' and exists (
    select from participant p where p.object_id = adjudication.id and p.person_id = plumbline_person()))));
create policy adjudication_add on adjudication for insert with check (bureau_id = plumbline_bureau());
create policy adjudication_change on adjudication for update using (bureau_id = plumbline_bureau());
alter table adjudication_seat enable row level security;
create policy adjudication_seat_read on adjudication_seat for select using (
  bureau_id = plumbline_bureau() and exists (select from adjudication a where a.id = adjudication_id));
create policy adjudication_seat_add on adjudication_seat for insert with check (bureau_id = plumbline_bureau());
create policy adjudication_seat_change on adjudication_seat for update using (bureau_id = plumbline_bureau());
-- Until the case is decided a member reads the own opinion only; then all are in the minutes, by name.
alter table adjudication_opinion enable row level security;
create policy adjudication_opinion_read on adjudication_opinion for select using (
  bureau_id = plumbline_bureau() and exists (
    select from adjudication a where a.id = adjudication_id
      and (a.decided_on is not null or adjudication_opinion.person_id = plumbline_person())));
create policy adjudication_opinion_give on adjudication_opinion for insert with check (
  bureau_id = plumbline_bureau() and person_id = plumbline_person());

create function adjudication_tally(wanted text, in_round text)
returns table (votes_for integer, votes_against integer, abstained integer)
language sql stable security definer set search_path = public as $$
  select count(*) filter (where choice = 'FOR')::integer, count(*) filter (where choice = 'AGAINST')::integer,
         count(*) filter (where choice = 'ABSTAIN')::integer
  from adjudication_opinion
  where adjudication_id = wanted and round = in_round and bureau_id = plumbline_bureau()
$$;
-- What the gate of a case asks, whoever handles it: the latest ruling, and nothing of who said what.
create function adjudication_ruling(wanted text)
returns table (amount_fen bigint, carried boolean, decided_on date)
language sql stable security definer set search_path = public as $$
  select a.amount_fen, a.carried, a.decided_on from adjudication a
  where a.matter_id = wanted and a.bureau_id = plumbline_bureau() and a.decided_on is not null
  order by a.id desc limit 1
$$;
-- Who worked on the case, for whoever seats its committee: they have no vote in it (SoD-4).
create function adjudicated_people(wanted text) returns text[]
language sql stable security definer set search_path = public as $$
  select m.people from adjudication a join matter m on m.id = a.matter_id
  where a.id = wanted and a.bureau_id = plumbline_bureau()
$$;
