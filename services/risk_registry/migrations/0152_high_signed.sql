-- HIGH is signed by head and discipline lead, however the panel voted: a bare grade is put up as well.
-- Where nobody voted on factors, no method says anything.
alter table assessed_grade alter column by_method drop not null;

-- The ballots of a review are open once a grade of theirs is up for signature, and none is added then.
drop policy read on grading_vote;
create policy read on grading_vote for select using (
  bureau_id = plumbline_bureau() and exists (select from grading_review r where r.id = review_id) and (
    plumbline_actor() = 'system'
    or person_id = plumbline_person()
    or exists (select from grading_decision d where d.review_id = grading_vote.review_id)
    or exists (select from assessed_grade a where a.review_id = grading_vote.review_id))
);
drop policy cast_vote on grading_vote;
create policy cast_vote on grading_vote for insert with check (
  bureau_id = plumbline_bureau() and plumbline_actor() = 'person' and person_id = plumbline_person()
  and exists (
    select from grading_review r
    where r.id = review_id and person_id = any (r.member_ids) and person_id <> all (r.recused_ids))
  and not exists (select from assessed_grade a where a.review_id = grading_vote.review_id)
);

-- No HIGH is decided without a signature, whoever writes it.
drop policy close on grading_decision;
create policy close on grading_decision for insert with check (
  keeps_register(bureau_id)
  and (grade is distinct from 'HIGH'
       or exists (select from grade_sign_off s where s.review_id = grading_decision.review_id))
);

-- Which review answers a proposal of evidence. Apart from the review, whose panel must not learn of sealed evidence.
create table evidence_answer (
  review_id text primary key references grading_review,
  proposal_id text not null references evidence_proposal,
  point_id text not null references risk_point,
  bureau_id text not null
);
create index evidence_answer_proposal on evidence_answer (proposal_id);
create index grading_review_proposal on grading_review (proposal_id) where proposal_id is not null;
alter table evidence_answer enable row level security;
alter table evidence_answer force row level security;
create policy read on evidence_answer for select using (reads_evidence(bureau_id, point_id));
create policy answer on evidence_answer for insert with check (reads_evidence(bureau_id, point_id));
revoke update, delete on evidence_answer from plumbline_app;
