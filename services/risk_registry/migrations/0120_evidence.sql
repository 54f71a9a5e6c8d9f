-- How evidence is weighed: a version with its source. Weights and bands are not calibrated; they are data.
create table evidence_scheme (
  version text primary key,
  bands double precision[] not null check (cardinality(bands) = 4),
  means double precision[] not null check (cardinality(means) = 5),
  assumed_likelihood integer[] not null check (cardinality(assumed_likelihood) = 3),
  assumed_severity integer[] not null check (cardinality(assumed_severity) = 3),
  half_life_days double precision not null check (half_life_days > 0),
  unverified_cap double precision not null check (unverified_cap >= 0),
  propose_at double precision not null,
  release_at double precision not null,
  panel_years double precision not null check (panel_years > 0),
  batch_others integer not null check (batch_others >= 1),
  citation text not null,
  effective_from date not null,
  check (release_at < propose_at)
);
insert into evidence_scheme values
  ('EVIDENCE-1', '{0.25,1,2.5,6}', '{0.12,0.5,1.6,4,9}', '{1,2,4}', '{2,3,4}', 365, 0.27, 0.8, 0.6, 1.5, 3,
   'S1-053…055: 频率与后果；数值为分析者拟定，尚未校准 (analyst''s figures, not calibrated)', '2009-01-01');

create table evidence_weight (
  version text not null references evidence_scheme,
  kind text not null check (kind in ('ALERT', 'INCIDENT', 'COMPLAINT', 'FINDING', 'UNSIGNED_FINDING', 'SIGNAL')),
  weight double precision not null check (weight > 0),
  verified boolean not null,
  primary key (version, kind)
);
insert into evidence_weight values
  ('EVIDENCE-1', 'ALERT', 0.05, false), ('EVIDENCE-1', 'INCIDENT', 1.356, true),
  ('EVIDENCE-1', 'COMPLAINT', 0.6, true), ('EVIDENCE-1', 'FINDING', 0.9, true),
  ('EVIDENCE-1', 'UNSIGNED_FINDING', 0.07, false), ('EVIDENCE-1', 'SIGNAL', 0.07, false);

-- What happened at a point, in two times; one row for one fact. `reverses` takes another row's share back.
-- Sealed signals are not here: they stay in heightened_monitoring.
create table evidence (
  effect text primary key,
  event_id text not null,
  point_id text not null,
  bureau_id text not null,
  kind text not null check (kind in ('ALERT', 'INCIDENT', 'COMPLAINT', 'FINDING', 'UNSIGNED_FINDING')),
  source_id text not null,
  occurred_on date not null,
  known_at timestamptz not null,
  reverses text
);
create index evidence_point on evidence (point_id, known_at);

-- A grade over the present one that evidence proposes, once for each state of a point; never a grade itself.
create table evidence_proposal (
  id text primary key,
  point_id text not null references risk_point,
  bureau_id text not null,
  standing bigint not null,
  from_grade text not null check (from_grade in ('LOW', 'MEDIUM')),
  to_grade text not null check (to_grade in ('MEDIUM', 'HIGH')),
  probability double precision not null,
  evidence_scheme text not null references evidence_scheme,
  opened_at timestamptz not null,
  unique (point_id, standing),
  check (from_grade = 'LOW' or to_grade = 'HIGH')
);

alter table evidence_scheme enable row level security;
alter table evidence_scheme force row level security;
alter table evidence_weight enable row level security;
alter table evidence_weight force row level security;
alter table evidence enable row level security;
alter table evidence force row level security;
alter table evidence_proposal enable row level security;
alter table evidence_proposal force row level security;

create policy read on evidence_scheme for select using (true);
create policy read on evidence_weight for select using (true);

-- Sources and proposals: head and discipline lead, neither of them about a point they hold themselves (C-05).
create function reads_evidence(bureau text, point text) returns boolean language sql stable as $$
  select bureau = plumbline_bureau() and (
    plumbline_actor() = 'system'
    or (plumbline_actor() = 'person'
        and (plumbline_has_role('BUREAU_HEAD') or plumbline_has_role('DISCIPLINE_LEAD'))
        and not exists (
          select from risk_point_description d where d.point_id = point and d.post_ids && plumbline_posts())))
$$;
create policy read on evidence for select using (reads_evidence(bureau_id, point_id));
create policy record on evidence for insert with check (
  bureau_id = plumbline_bureau() and plumbline_actor() = 'system');
create policy read on evidence_proposal for select using (reads_evidence(bureau_id, point_id));
create policy record on evidence_proposal for insert with check (
  bureau_id = plumbline_bureau() and plumbline_actor() = 'system');

revoke insert, update, delete on evidence_scheme, evidence_weight from plumbline_app;
revoke update, delete on evidence, evidence_proposal from plumbline_app;
