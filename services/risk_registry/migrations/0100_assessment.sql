-- A review is voted as a grade, or on likelihood and severity in at most two rounds and then signed.
alter table grading_review add column kind text not null default 'GRADE' check (kind in ('GRADE', 'FACTORS'));
alter table grading_review add column proposal_id text;

-- The spread of a factor over which a panel votes once more.
alter table grading_scheme add column second_round_over integer not null default 1 check (second_round_over >= 0);
-- A version under which nobody votes a bare grade: every review is signed.
alter table grading_scheme add column factors_only boolean not null default false;

-- A grade that somebody would give: a reason to open a review, never a grade by itself (S1-056, C-04).
create table suggested_grade (
  id text primary key,
  point_id text not null references risk_point,
  bureau_id text not null,
  grade text not null check (grade in ('LOW', 'MEDIUM', 'HIGH')),
  origin text not null check (origin in (
    'OFFICER', 'SELF_CHECK', 'EVIDENCE', 'INSPECTION', 'COMPLAINT', 'INCIDENT', 'CONTROL_TEST', 'REFORM')),
  source text not null,
  reason text not null,
  proposed_by text not null,
  proposed_at timestamptz not null
);
create index suggested_grade_point on suggested_grade (point_id, proposed_at desc);

-- `votes` are those of the round without a name, in the order of their values: nothing tells who gave which.
create table assessment_round (
  review_id text not null references grading_review,
  number integer not null check (number in (1, 2)),
  bureau_id text not null,
  votes jsonb not null,
  likelihood integer not null check (likelihood between 1 and 5),
  severity integer not null check (severity between 1 and 5),
  likelihood_spread double precision not null,
  severity_spread double precision not null,
  settled boolean not null,
  closed_by text not null,
  closed_at timestamptz not null,
  primary key (review_id, number),
  check (number = 1 or settled)
);
create table assessment_vote (
  review_id text not null references grading_review,
  round integer not null check (round in (1, 2)),
  person_id text not null,
  bureau_id text not null,
  likelihood integer not null check (likelihood between 1 and 5),
  severity integer not null check (severity between 1 and 5),
  opinion text not null,
  cast_at timestamptz not null,
  primary key (review_id, round, person_id)
);

-- What is put up for signature; the last row speaks, and earlier signatures speak of earlier rows.
create table assessed_grade (
  sequence bigint generated always as identity primary key,
  review_id text not null references grading_review,
  bureau_id text not null,
  grade text not null check (grade in ('LOW', 'MEDIUM', 'HIGH')),
  by_method text not null check (by_method in ('LOW', 'MEDIUM', 'HIGH')),
  effective_from date not null,
  reason text not null,
  upper_opinion text not null,
  put_up_by text not null,
  put_up_at timestamptz not null
);
create index assessed_grade_review on assessed_grade (review_id, sequence desc);
create table grade_dissent (
  review_id text not null references grading_review,
  person_id text not null,
  bureau_id text not null,
  reason text not null,
  recorded_at timestamptz not null,
  primary key (review_id, person_id)
);

-- The signed state is kept word for word, so that its hash can be computed again.
create table grade_sign_off (
  sequence bigint generated always as identity,
  review_id text not null references grading_review,
  bureau_id text not null,
  seat text not null check (seat in ('HEAD', 'DISCIPLINE')),
  person_id text not null,
  state_hash text not null,
  state text not null,
  signed_at timestamptz not null,
  primary key (review_id, state_hash, seat),
  unique (review_id, state_hash, person_id),
  check (state_hash = encode(sha256(convert_to(state, 'UTF8')), 'hex'))
);

alter table suggested_grade enable row level security;
alter table suggested_grade force row level security;
alter table assessment_round enable row level security;
alter table assessment_round force row level security;
alter table assessment_vote enable row level security;
alter table assessment_vote force row level security;
alter table assessed_grade enable row level security;
alter table assessed_grade force row level security;
alter table grade_dissent enable row level security;
alter table grade_dissent force row level security;
alter table grade_sign_off enable row level security;
alter table grade_sign_off force row level security;

-- A proposal is for whoever reads its point, as it is or ever was described.
create policy read on suggested_grade for select using (
  bureau_id = plumbline_bureau() and exists (
    select from risk_point_description d where d.point_id = suggested_grade.point_id));
create policy propose on suggested_grade for insert with check (
  bureau_id = plumbline_bureau()
  and (plumbline_actor() = 'system' or (plumbline_actor() = 'person' and proposed_by = plumbline_person()))
  and exists (select from risk_point_description d where d.point_id = suggested_grade.point_id));

create policy read on assessment_round for select using (
  bureau_id = plumbline_bureau() and exists (select from grading_review r where r.id = review_id));
create policy close on assessment_round for insert with check (keeps_register(bureau_id));

-- A vote is its member's alone, for ever: what the others see is the round.
create policy read on assessment_vote for select using (
  bureau_id = plumbline_bureau() and (
    plumbline_actor() = 'system'
    or (plumbline_actor() = 'person' and coalesce(person_id = plumbline_person(), false))));
create policy cast_vote on assessment_vote for insert with check (
  bureau_id = plumbline_bureau() and plumbline_actor() = 'person' and person_id = plumbline_person()
  and exists (
    select from grading_review r
    where r.id = review_id and r.kind = 'FACTORS'
      and person_id = any (r.member_ids) and person_id <> all (r.recused_ids))
  and not exists (
    select from assessment_round c
    where c.review_id = assessment_vote.review_id and (c.number >= assessment_vote.round or c.settled)));

create policy read on assessed_grade for select using (
  bureau_id = plumbline_bureau() and exists (select from grading_review r where r.id = review_id));
create policy put_up on assessed_grade for insert with check (keeps_register(bureau_id));

create policy read on grade_dissent for select using (
  bureau_id = plumbline_bureau() and exists (select from grading_review r where r.id = review_id));
create policy dissent on grade_dissent for insert with check (
  bureau_id = plumbline_bureau() and plumbline_actor() = 'person' and person_id = plumbline_person()
  and exists (
    select from grading_review r
    where r.id = review_id and person_id = any (r.member_ids) and person_id <> all (r.recused_ids)));

create policy read on grade_sign_off for select using (
  bureau_id = plumbline_bureau() and exists (select from grading_review r where r.id = review_id));
create policy sign on grade_sign_off for insert with check (
  bureau_id = plumbline_bureau() and plumbline_actor() = 'person' and person_id = plumbline_person()
  and plumbline_has_role(case seat when 'HEAD' then 'BUREAU_HEAD' else 'DISCIPLINE_LEAD' end)
  and exists (select from grading_review r where r.id = review_id and person_id <> all (r.recused_ids)));

revoke update, delete on suggested_grade, assessment_round, assessment_vote, assessed_grade, grade_dissent, grade_sign_off
  from plumbline_app;
