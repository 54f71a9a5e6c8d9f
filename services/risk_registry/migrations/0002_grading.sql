-- Methods of grading are data: versions with thresholds on the scale 1 to 5, the quorum, and the source.
create table grading_scheme (
  version text primary key,
  method text not null check (method in ('MAX')),
  medium_from integer not null check (medium_from between 2 and 5),
  high_from integer not null check (high_from between 2 and 5),
  quorum integer not null check (quorum >= 5 and quorum % 2 = 1),
  citation text not null,
  effective_from date not null,
  check (medium_from < high_from)
);
insert into grading_scheme values
  ('MAX-1', 'MAX', 3, 4, 5, 'S1-052…056: 按照风险发生机率或危害严重程度分级，集体评查确定', '2009-01-01');

-- The panel is fixed when the review opens; recused members are named, not left out.
create table grading_review (
  id text primary key,
  point_id text not null references risk_point,
  bureau_id text not null,
  scheme text not null references grading_scheme,
  member_ids text[] not null,
  recused_ids text[] not null,
  opened_by text not null,
  opened_at timestamptz not null
);
create index grading_review_point on grading_review (point_id, opened_at desc);

create table grading_vote (
  review_id text not null references grading_review,
  person_id text not null,
  bureau_id text not null,
  grade text not null check (grade in ('LOW', 'MEDIUM', 'HIGH')),
  likelihood integer check (likelihood between 1 and 5),
  severity integer check (severity between 1 and 5),
  opinion text not null,
  cast_at timestamptz not null,
  primary key (review_id, person_id),
  check ((likelihood is null) = (severity is null))
);

-- How a review ended; without a grade the panel was split and the grade stands.
create table grading_decision (
  review_id text primary key references grading_review,
  bureau_id text not null,
  grade text check (grade in ('LOW', 'MEDIUM', 'HIGH')),
  proposed text check (proposed in ('LOW', 'MEDIUM', 'HIGH')),
  effective_from date not null,
  reason text not null,
  closed_by text not null,
  closed_at timestamptz not null
);

alter table grading_review enable row level security;
alter table grading_review force row level security;
alter table grading_vote enable row level security;
alter table grading_vote force row level security;
alter table grading_decision enable row level security;
alter table grading_decision force row level security;

create policy read on grading_review for select using (
  bureau_id = plumbline_bureau() and (
    plumbline_actor() = 'system'
    or (plumbline_actor() = 'person' and (
      plumbline_has_role('BUREAU_HEAD') or plumbline_has_role('DISCIPLINE_LEAD')
      or coalesce(plumbline_person() = any (member_ids), false))))
);
create policy open on grading_review for insert with check (keeps_register(bureau_id));

create policy read on grading_decision for select using (
  bureau_id = plumbline_bureau() and exists (select from grading_review r where r.id = review_id)
);
create policy close on grading_decision for insert with check (keeps_register(bureau_id));

-- A vote is its member's alone until the review is closed.
create policy read on grading_vote for select using (
  bureau_id = plumbline_bureau() and exists (select from grading_review r where r.id = review_id) and (
    plumbline_actor() = 'system'
    or person_id = plumbline_person()
    or exists (select from grading_decision d where d.review_id = grading_vote.review_id))
);
create policy cast_vote on grading_vote for insert with check (
  bureau_id = plumbline_bureau() and plumbline_actor() = 'person' and person_id = plumbline_person()
  and exists (
    select from grading_review r
    where r.id = review_id and person_id = any (r.member_ids) and person_id <> all (r.recused_ids))
);

revoke update, delete on grading_scheme, grading_review, grading_vote, grading_decision from plumbline_app;
revoke insert on grading_scheme from plumbline_app;
