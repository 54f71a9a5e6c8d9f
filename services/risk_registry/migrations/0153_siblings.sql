-- The prior of a point is the panel's, and as many years of observation from bureaus with the same catalogue point.
alter table evidence_scheme add column sibling_years double precision not null default 0 check (sibling_years >= 0);
alter table evidence_scheme add column min_siblings integer not null default 6 check (min_siblings >= 6);
alter table evidence_scheme add column sibling_step double precision not null default 1.25 check (sibling_step > 1);
alter table evidence_scheme no force row level security;
alter table evidence_weight no force row level security;
insert into evidence_scheme
select 'EVIDENCE-2', bands, means, assumed_likelihood, assumed_severity, half_life_days, unverified_cap, propose_at,
       release_at, panel_years, batch_others, citation, '2026-01-01', 1.0, 6, 1.25
from evidence_scheme where version = 'EVIDENCE-1';
insert into evidence_weight select 'EVIDENCE-2', kind, weight, verified from evidence_weight where version = 'EVIDENCE-1';
alter table evidence_scheme force row level security;
alter table evidence_weight force row level security;

-- One row a quarter for each catalogue point that enough bureaus have: nothing in it is of one of them.
create table sibling_batch (
  day date primary key check (day = date_trunc('quarter', day)::date),
  version text not null references evidence_scheme,
  pooled_at timestamptz not null
);
create table sibling_prior (
  day date not null references sibling_batch,
  catalogue text not null,
  code text not null,
  mean double precision not null check (mean >= 0),
  years double precision not null check (years > 0),
  siblings integer not null check (siblings >= 6),
  primary key (catalogue, code, day)
);
create index evidence_bureau on evidence (bureau_id, known_at);
alter table sibling_batch enable row level security;
alter table sibling_batch force row level security;
alter table sibling_prior enable row level security;
alter table sibling_prior force row level security;

-- Written by the service of no bureau, read by the service of any: people see it as part of an explanation.
create policy read on sibling_batch for select using (plumbline_actor() = 'system');
create policy pool on sibling_batch for insert with check (
  plumbline_actor() = 'system' and plumbline_bureau() is null);
create policy read on sibling_prior for select using (plumbline_actor() = 'system');
create policy pool on sibling_prior for insert with check (
  plumbline_actor() = 'system' and plumbline_bureau() is null);
revoke update, delete on sibling_batch, sibling_prior from plumbline_app;
