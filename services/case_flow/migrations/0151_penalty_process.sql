-- What happens to a penalty: notice, statement, hearing, review, service, payment, publication (§6.3). Only added to.
create table penalty_act (
  id text primary key,
  matter_id text not null references matter,
  bureau_id text not null,
  act text not null check (act in ('NOTICE', 'STATEMENT', 'HEARING_REQUESTED', 'HEARING_APPOINTED', 'HEARING_HELD',
    'REVIEW', 'DECISION_SERVED', 'PAID', 'PUBLISHED', 'OVERTURNED', 'WITHDRAWN')),
  "on" date not null,
  by text not null,
  at timestamptz not null,
  note text not null default '',
  amount_fen bigint,
  other_on date,
  person_id text,
  agrees boolean
);
create index penalty_act_matter on penalty_act (matter_id, at, id);
revoke update, delete on penalty_act from plumbline_app;

-- Whoever sees the matter sees its acts; so does whoever is asked to preside over a hearing or to review.
alter table penalty_act enable row level security;
create policy penalty_act_read on penalty_act for select using (
  bureau_id = plumbline_bureau() and (exists (select from matter m where m.id = penalty_act.matter_id)
    or (plumbline_actor() = 'person' and plumbline_has_role('LEGAL_OFFICER'))));
create policy penalty_act_add on penalty_act for insert with check (bureau_id = plumbline_bureau());

-- Of whom a penalty is, for what and when: the same violation is not fined twice (行政处罚法 Art 29).
create table penalty_party (
  matter_id text primary key references matter,
  bureau_id text not null,
  taxpayer_id text not null,
  violation_point text not null,
  occurred_on date not null
);
create index penalty_party_violation on penalty_party (bureau_id, taxpayer_id, violation_point, occurred_on);
revoke delete on penalty_party from plumbline_app;
alter table penalty_party enable row level security;
create policy penalty_party_read on penalty_party for select using (
  bureau_id = plumbline_bureau() and exists (select from matter m where m.id = penalty_party.matter_id));
create policy penalty_party_add on penalty_party for insert with check (bureau_id = plumbline_bureau());
create policy penalty_party_change on penalty_party for update using (bureau_id = plumbline_bureau());

-- The number of a decision that fined the same violation in another case, whoever handled it.
create function fined_before(taxpayer text, point text, occurred date, except_matter text) returns text
language sql stable security definer set search_path = public as $$
  select d.number from penalty_party p join decision_document d on d.matter_id = p.matter_id
  where p.bureau_id = plumbline_bureau() and p.taxpayer_id = taxpayer and p.violation_point = point
    and p.occurred_on = occurred and p.matter_id <> except_matter
    and not exists (select from penalty_act a where a.matter_id = p.matter_id and a.act = 'OVERTURNED')
  order by d.issued_at limit 1
$$;
-- What a legal reviewer needs of a case that is not in the own hands: who worked on it.
create function penalty_people(wanted text) returns text[]
language sql stable security definer set search_path = public as $$
  select m.people from matter m join penalty_assessment p on p.matter_id = m.id
  where m.id = wanted and m.bureau_id = plumbline_bureau()
    and plumbline_actor() = 'person' and plumbline_has_role('LEGAL_OFFICER')
$$;
-- What a cashier needs of a served decision, by its number: the fine, its signers, what was paid (行政处罚法 Art 67).
create function decision_to_collect(wanted text)
returns table (matter_id text, fine_fen bigint, signers text[], served_on date, paid_fen bigint)
language sql stable security definer set search_path = public as $$
  select d.matter_id, p.amount_fen, d.signers,
    (select a."on" from penalty_act a where a.matter_id = d.matter_id and a.act = 'DECISION_SERVED'),
    (select coalesce(sum(a.amount_fen), 0)::bigint from penalty_act a where a.matter_id = d.matter_id and a.act = 'PAID')
  from decision_document d join penalty_assessment p on p.matter_id = d.matter_id
  where d.number = wanted and d.bureau_id = plumbline_bureau()
    and plumbline_actor() = 'person' and plumbline_has_role('WINDOW_CLERK')
$$;
