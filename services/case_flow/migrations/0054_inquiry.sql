create table inquiry (
  id text primary key,
  bureau_id text not null,
  number text,
  incident_id text not null references incident,
  unit_id text not null,
  state text not null,
  reason text not null,
  proposed_by text not null,
  proposed_on date not null,
  opened_by text,
  opened_on date,
  quorum integer,
  notice_served_on date,
  defence_due_on date,
  hearing_on date,
  decided_by text,
  decided_on date,
  carried boolean,
  publication_scope text,
  appeal_until date,
  in_force_on date,
  unique (bureau_id, number)
);
create unique index inquiry_incident on inquiry (incident_id);

create table inquiry_respondent (
  inquiry_id text not null references inquiry,
  person_id text not null,
  bureau_id text not null,
  unit_id text not null,
  part text,
  form text,
  primary key (inquiry_id, person_id)
);
-- Statements of defence, answers at the hearing and appeals: for those who take part.
create table inquiry_statement (
  id bigint generated always as identity primary key,
  inquiry_id text not null references inquiry,
  bureau_id text not null,
  person_id text not null,
  kind text not null check (kind in ('DEFENCE', 'ANSWER', 'APPEAL', 'APPEAL_DECISION')),
  body text not null,
  at timestamptz not null
);
create table inquiry_seat (
  inquiry_id text not null references inquiry,
  person_id text not null,
  bureau_id text not null,
  recused boolean not null default false,
  recusal_reason text not null default '',
  present boolean not null default false,
  primary key (inquiry_id, person_id)
);
-- Votes by name stay sealed: a member sees the own vote, everybody else the totals (C-14).
create table inquiry_vote (
  inquiry_id text not null references inquiry,
  person_id text not null,
  bureau_id text not null,
  choice text not null check (choice in ('FOR', 'AGAINST', 'ABSTAIN')),
  cast_at timestamptz not null,
  primary key (inquiry_id, person_id)
);
create table inquiry_result (
  inquiry_id text primary key references inquiry,
  bureau_id text not null,
  votes_for integer not null,
  votes_against integer not null,
  abstained integer not null
);
revoke delete on inquiry, inquiry_respondent, inquiry_seat from plumbline_app;
revoke update, delete on inquiry_statement, inquiry_vote, inquiry_result from plumbline_app;

-- Seen by those who take part; once decided, as far as the decision is published (C-11).
alter table inquiry enable row level security;
create policy inquiry_read on inquiry for select using (
  bureau_id = plumbline_bureau() and (plumbline_actor() = 'system'
    or exists (select from participant p where p.object_id = inquiry.id and p.person_id = plumbline_person())
    or (decided_on is not null and plumbline_actor() = 'person' and (
      publication_scope in ('BUREAU', 'PUBLIC')
      or (publication_scope = 'UNIT' and unit_id = any(plumbline_units()))))));
create policy inquiry_add on inquiry for insert with check (bureau_id = plumbline_bureau());
create policy inquiry_change on inquiry for update using (bureau_id = plumbline_bureau());

alter table inquiry_respondent enable row level security;
create policy inquiry_respondent_read on inquiry_respondent for select using (
  bureau_id = plumbline_bureau() and exists (select from inquiry i where i.id = inquiry_respondent.inquiry_id));
create policy inquiry_respondent_add on inquiry_respondent for insert with check (bureau_id = plumbline_bureau());
create policy inquiry_respondent_change on inquiry_respondent for update using (bureau_id = plumbline_bureau());

alter table inquiry_statement enable row level security;
create policy inquiry_statement_read on inquiry_statement for select using (
  bureau_id = plumbline_bureau() and (plumbline_actor() = 'system' or exists (
    select from participant p where p.object_id = inquiry_statement.inquiry_id and p.person_id = plumbline_person())));
create policy inquiry_statement_add on inquiry_statement for insert with check (bureau_id = plumbline_bureau());

alter table inquiry_seat enable row level security;
create policy inquiry_seat_read on inquiry_seat for select using (
  bureau_id = plumbline_bureau() and (plumbline_actor() = 'system' or exists (
    select from participant p where p.object_id = inquiry_seat.inquiry_id and p.person_id = plumbline_person())));
create policy inquiry_seat_add on inquiry_seat for insert with check (bureau_id = plumbline_bureau());
create policy inquiry_seat_change on inquiry_seat for update using (bureau_id = plumbline_bureau());

alter table inquiry_vote enable row level security;
create policy inquiry_vote_read on inquiry_vote for select using (
  bureau_id = plumbline_bureau() and person_id = plumbline_person());
create policy inquiry_vote_cast on inquiry_vote for insert with check (
  bureau_id = plumbline_bureau() and person_id = plumbline_person());

alter table inquiry_result enable row level security;
create policy inquiry_result_read on inquiry_result for select using (
  bureau_id = plumbline_bureau() and (plumbline_actor() = 'system' or exists (
    select from participant p where p.object_id = inquiry_result.inquiry_id and p.person_id = plumbline_person())));
create policy inquiry_result_add on inquiry_result for insert with check (bureau_id = plumbline_bureau());

-- Totals without names: the only way to the votes of others.
create function inquiry_tally(wanted text) returns table (votes_for integer, votes_against integer, abstained integer)
language sql stable security definer set search_path = public as $$
  select count(*) filter (where choice = 'FOR')::integer, count(*) filter (where choice = 'AGAINST')::integer,
         count(*) filter (where choice = 'ABSTAIN')::integer
  from inquiry_vote where inquiry_id = wanted and bureau_id = plumbline_bureau()
$$;
