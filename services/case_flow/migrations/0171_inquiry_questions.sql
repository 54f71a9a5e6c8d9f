-- What was asked at a hearing, what was answered, and the evidence shown (S1-147): for those who take part.
create table inquiry_question (
  id text primary key,
  inquiry_id text not null references inquiry,
  bureau_id text not null,
  person_id text not null,
  question text not null,
  answer text not null,
  evidence jsonb not null,
  recorded_by text not null,
  at timestamptz not null
);
create index inquiry_question_inquiry on inquiry_question (inquiry_id, at);

-- The legal review without which a decision is not published outside the bureau (C-11).
create table inquiry_publication_review (
  inquiry_id text primary key references inquiry,
  bureau_id text not null,
  agrees boolean not null,
  opinion text not null,
  reviewed_by text not null,
  at timestamptz not null
);
revoke update, delete on inquiry_question, inquiry_publication_review from plumbline_app;

alter table inquiry_question enable row level security;
create policy inquiry_question_read on inquiry_question for select using (
  bureau_id = plumbline_bureau() and (plumbline_actor() = 'system' or exists (
    select from participant p where p.object_id = inquiry_question.inquiry_id and p.person_id = plumbline_person())));
create policy inquiry_question_add on inquiry_question for insert with check (bureau_id = plumbline_bureau());

alter table inquiry_publication_review enable row level security;
create policy inquiry_publication_review_read on inquiry_publication_review for select using (
  bureau_id = plumbline_bureau() and (plumbline_actor() = 'system' or exists (
    select from participant p
    where p.object_id = inquiry_publication_review.inquiry_id and p.person_id = plumbline_person())));
create policy inquiry_publication_review_add on inquiry_publication_review for insert
  with check (bureau_id = plumbline_bureau());

-- Which of these slips belong to the matter behind an inquiry: whoever shows one as evidence need not see the matter.
create function inquiry_slips(wanted text, given text[]) returns text[]
language sql stable security definer set search_path = public as $$
  select coalesce(array_agg(s.id order by s.id), '{}')
  from inquiry q join incident i on i.id = q.incident_id join slip s on s.matter_id = i.matter_id
  where q.id = wanted and q.bureau_id = plumbline_bureau() and s.id = any(given)
    and exists (select from participant p where p.object_id = q.id and p.person_id = plumbline_person())
$$;

-- Of these persons, who keeps off an incident's matter for an interest in it (I-016); never why.
create function incident_recused(wanted text, given text[]) returns text[]
language sql stable security definer set search_path = public as $$
  select coalesce(array_agg(who order by who), '{}')
  from incident i join matter m on m.id = i.matter_id
  cross join lateral unnest(case_flow_recused(m.id, m.bureau_id, m.title, m.facts)) as who
  where i.id = wanted and i.bureau_id = plumbline_bureau() and who = any(given)
    and exists (select from participant p where p.object_id = i.id and p.person_id = plumbline_person())
$$;

-- Names of a roll call, for the discipline lead while an appeal is open (C-14); no reading without its sealed entry.
alter table sealed_read alter column point_id drop not null, alter column since drop not null, add column object_id text;
create function inquiry_roll_call(wanted text, read_at timestamptz)
returns table (person_id text, choice text, cast_at timestamptz)
language plpgsql volatile security definer set search_path = public as $$
declare
  counted integer;
begin
  if not plumbline_has_role('DISCIPLINE_LEAD') or plumbline_person() is null then return; end if;
  if not exists (select from inquiry q where q.id = wanted and q.bureau_id = plumbline_bureau()
                   and q.state = 'APPEALED'
                   and not exists (select from inquiry_respondent r
                                   where r.inquiry_id = q.id and r.person_id = plumbline_person())) then
    return;
  end if;
  return query select v.person_id, v.choice, v.cast_at from inquiry_vote v where v.inquiry_id = wanted
               order by v.person_id;
  get diagnostics counted = row_count;
  insert into sealed_read (bureau_id, reader, what, object_id, found, at)
  values (plumbline_bureau(), plumbline_person(), 'inquiry_roll_call', wanted, counted, read_at);
end
$$;
