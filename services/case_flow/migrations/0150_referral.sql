-- Paired investigation (S2-056): the case about staff. Whoever hands a lead over cannot read what becomes of it.
create table staff_case (
  id text primary key,
  bureau_id text not null,
  matter_id text not null references matter,
  trigger text not null,
  lead text not null,
  subject_ids text[] not null,
  state text not null check (state in ('LEAD', 'OPENED', 'CONCLUDED', 'DECLINED')),
  handed_by text not null,
  handed_at timestamptz not null,
  investigators text[] not null,
  opened_by text,
  opened_on date,
  outcome text,
  report text,
  closed_by text,
  closed_on date
);
create index staff_case_handed on staff_case (bureau_id, handed_at desc, id desc);
revoke delete on staff_case from plumbline_app;
alter table staff_case enable row level security;
create policy staff_case_read on staff_case for select using (
  bureau_id = plumbline_bureau() and plumbline_actor() = 'person' and plumbline_person() <> all(subject_ids)
  and (plumbline_has_role('DISCIPLINE_LEAD') or plumbline_person() = any(investigators)));
create policy staff_case_hand on staff_case for insert with check (
  bureau_id = plumbline_bureau() and handed_by = plumbline_person() and state = 'LEAD');
create policy staff_case_change on staff_case for update using (bureau_id = plumbline_bureau());
-- The persons of the taxpayer's case, for whoever reads the case about staff: none of them investigates it.
create function paired_people(wanted text) returns text[]
language sql stable security definer set search_path = public as $$
  select m.people from staff_case c join matter m on m.id = c.matter_id
  where c.id = wanted and c.bureau_id = plumbline_bureau() and plumbline_person() <> all(c.subject_ids)
    and (plumbline_has_role('DISCIPLINE_LEAD') or plumbline_person() = any(c.investigators))
$$;

-- What leaves the bureau: with a document, acknowledged by a receipt, answered (S1-045, S2-018, S2-059).
create table referral (
  id text primary key,
  bureau_id text not null,
  kind text not null check (kind in ('MAJOR_CASE', 'MAJOR_MATTER', 'SUSPECTED_CRIME', 'STAFF_CONDUCT')),
  addressee text not null check (addressee in ('SUPERIOR', 'PROCURATORATE')),
  sealed boolean not null,
  unit_id text not null,
  title text not null,
  summary text not null,
  known_on date not null,
  prepared_by text not null,
  prepared_at timestamptz not null,
  pack text not null,
  matter_id text references matter,
  staff_case_id text references staff_case,
  send_by date,
  document text,
  sent_by text,
  sent_on date,
  acknowledge_by date,
  receipt text,
  acknowledged_by text,
  acknowledged_on date,
  answer text,
  carried boolean,
  amount_fen bigint,
  answered_by text,
  answered_on date,
  check ((kind = 'STAFF_CONDUCT') = sealed),
  check (sealed = (staff_case_id is not null)),
  check (acknowledged_on is null or sent_on is not null),
  check (answered_on is null or acknowledged_on is not null)
);
create index referral_known on referral (bureau_id, known_on desc, id desc);
create index referral_matter on referral (matter_id) where matter_id is not null;
revoke delete on referral from plumbline_app;

-- Those who take part and nobody else: no role reads a referral by itself, so a line never reads one about itself.
alter table referral enable row level security;
create policy referral_read on referral for select using (
  bureau_id = plumbline_bureau() and (plumbline_actor() = 'system' or (plumbline_actor() = 'person' and exists (
    select from participant p where p.object_id = referral.id and p.person_id = plumbline_person()))));
create policy referral_add on referral for insert with check (bureau_id = plumbline_bureau());
create policy referral_change on referral for update using (bureau_id = plumbline_bureau());

-- What the gate of a major case asks, whoever handles it: how the bureau above ruled.
create function superior_ruling(wanted text)
returns table (amount_fen bigint, carried boolean, decided_on date)
language sql stable security definer set search_path = public as $$
  select r.amount_fen, r.carried, r.answered_on from referral r
  where r.matter_id = wanted and r.kind = 'MAJOR_CASE' and r.bureau_id = plumbline_bureau()
    and r.answered_on is not null
  order by r.id desc limit 1
$$;
