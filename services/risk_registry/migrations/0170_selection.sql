-- Two-way selection (S1-042): units choose people, people choose posts, in at most two rounds; the head decides.
create table selection_campaign (
  id text primary key,
  bureau_id text not null,
  title text not null,
  effective_from date not null,
  reason text not null,
  post_ids text[] not null check (cardinality(post_ids) > 0),
  unit_ids text[] not null,
  candidate_ids text[] not null check (cardinality(candidate_ids) > 0),
  opened_by text not null,
  opened_at timestamptz not null
);
create index selection_campaign_bureau on selection_campaign (bureau_id, opened_at desc);

-- A ranking, the best first; the last one of a round counts. `subject_id` is the person, or the post that chooses.
create table selection_choice (
  sequence bigint generated always as identity primary key,
  campaign_id text not null references selection_campaign,
  bureau_id text not null,
  round integer not null check (round in (1, 2)),
  side text not null check (side in ('PERSON', 'POST')),
  subject_id text not null,
  ranked text[] not null,
  chosen_by text not null,
  chosen_at timestamptz not null,
  check (side = 'POST' or subject_id = chosen_by)
);
create index selection_choice_last on selection_choice (campaign_id, round, side, subject_id, sequence desc);

-- What a round came to, with the reasons; kept as it was found.
create table selection_round (
  campaign_id text not null references selection_campaign,
  round integer not null check (round in (1, 2)),
  bureau_id text not null,
  outcome jsonb not null,
  closed_by text not null,
  closed_at timestamptz not null,
  primary key (campaign_id, round)
);
create table selection_decision (
  campaign_id text primary key references selection_campaign,
  bureau_id text not null,
  approved boolean not null,
  reason text not null,
  decided_by text not null,
  decided_at timestamptz not null
);

alter table selection_campaign enable row level security;
alter table selection_campaign force row level security;
alter table selection_choice enable row level security;
alter table selection_choice force row level security;
alter table selection_round enable row level security;
alter table selection_round force row level security;
alter table selection_decision enable row level security;
alter table selection_decision force row level security;

create function runs_selection() returns boolean language sql stable as $$
  select plumbline_actor() = 'system' or (plumbline_actor() = 'person' and (
    plumbline_has_role('BUREAU_HEAD') or plumbline_has_role('DISCIPLINE_LEAD') or plumbline_has_role('HR_OFFICER')))
$$;
create policy read on selection_campaign for select using (
  bureau_id = plumbline_bureau() and (
    runs_selection()
    or (plumbline_actor() = 'person' and coalesce(plumbline_person() = any (candidate_ids), false))
    or (reads_units() and unit_ids && plumbline_units()))
);
create policy open on selection_campaign for insert with check (
  bureau_id = plumbline_bureau() and (plumbline_actor() = 'system'
    or (plumbline_actor() = 'person' and plumbline_has_role('HR_OFFICER'))));

-- A ranking is its author's alone: a round is closed by the service, and shown as what came of it.
create policy read on selection_choice for select using (
  bureau_id = plumbline_bureau() and (
    plumbline_actor() = 'system'
    or (plumbline_actor() = 'person' and coalesce(chosen_by = plumbline_person(), false))));
create policy choose on selection_choice for insert with check (
  bureau_id = plumbline_bureau() and (plumbline_actor() = 'system'
    or (plumbline_actor() = 'person' and chosen_by = plumbline_person())));

create policy read on selection_round for select using (bureau_id = plumbline_bureau() and runs_selection());
create policy close on selection_round for insert with check (
  bureau_id = plumbline_bureau() and plumbline_actor() = 'system');
create policy read on selection_decision for select using (
  bureau_id = plumbline_bureau()
  and exists (select from selection_campaign c where c.id = selection_decision.campaign_id));
create policy decide on selection_decision for insert with check (
  bureau_id = plumbline_bureau() and (plumbline_actor() = 'system'
    or (plumbline_actor() = 'person' and plumbline_has_role('BUREAU_HEAD'))));
revoke update, delete on selection_campaign, selection_choice, selection_round, selection_decision from plumbline_app;
