-- A step that a control stopped. It ends corrected, overridden collectively or abandoned; it is never deleted.
create table hold (
  id text primary key,
  bureau_id text not null,
  code text not null,
  control text not null,
  matter_id text not null references matter,
  step text not null,
  person_id text not null,
  unit_id text not null,
  point_id text,
  grade text not null,
  alert_id text not null references alert,
  state text not null check (state in
    ('RAISED', 'DEPARTURE_REQUESTED', 'DEPARTURE_GRANTED', 'CORRECTED', 'OVERRIDDEN', 'ABANDONED')),
  ways text[] not null,
  message_zh text not null,
  message_en text not null,
  citation text not null,
  facts jsonb not null,
  pack text not null,
  raised_at timestamptz not null,
  ended_at timestamptz,
  ended_by text,
  note text not null default '',
  check ((ended_at is null) = (state in ('RAISED', 'DEPARTURE_REQUESTED', 'DEPARTURE_GRANTED')))
);
create unique index hold_open on hold (matter_id, step, code, person_id) where ended_at is null;
create index hold_corrected on hold (person_id, ended_at) where state = 'CORRECTED';
create index hold_raised on hold (raised_at desc, id desc);

-- A departure from the benchmark: a legal review and a collective discussion, by different people (§6.3).
create table departure (
  hold_id text primary key references hold,
  bureau_id text not null,
  reason text not null,
  requested_by text not null,
  requested_at timestamptz not null,
  legal_by text,
  legal_opinion text,
  legal_agrees boolean,
  legal_at timestamptz,
  decided_by text,
  members text[],
  votes_for integer,
  votes_against integer,
  decided_at timestamptz
);

-- What a passed penalty control established: the tier, its range and whose authority the fine needs.
create table penalty_assessment (
  matter_id text primary key references matter,
  bureau_id text not null,
  violation_point text not null,
  party text not null,
  tier text not null,
  days_late integer not null,
  min_fen bigint not null,
  max_fen bigint not null,
  amount_fen bigint not null check (amount_fen >= 0),
  procedure text not null,
  authority text not null,
  departed boolean not null,
  pack text not null,
  assessed_at timestamptz not null
);

-- Service of the hearing notice starts the time in which a hearing may be requested.
create table hearing_notice (
  matter_id text primary key references matter,
  bureau_id text not null,
  served_on date not null,
  request_until date not null,
  decide_by date not null,
  served_by text not null,
  requested_on date
);

-- Decisions get their number only when no hold is open and two officers signed.
create table decision_document (
  matter_id text primary key references matter,
  bureau_id text not null,
  number text not null,
  signers text[] not null check (cardinality(signers) >= 2),
  issued_by text not null,
  issued_at timestamptz not null,
  unique (bureau_id, number)
);
create table number_series (
  bureau_id text not null,
  series text not null,
  year integer not null,
  last integer not null,
  primary key (bureau_id, series, year)
);

revoke delete on hold, departure, penalty_assessment, hearing_notice from plumbline_app;
revoke update, delete on decision_document from plumbline_app;
revoke delete on number_series from plumbline_app;

alter table hold enable row level security;
create policy hold_read on hold for select using (
  bureau_id = plumbline_bureau() and (plumbline_actor() = 'system' or exists (
    select from alert_viewer v where v.alert_id = hold.alert_id and v.person_id = plumbline_person())));
create policy hold_raise on hold for insert with check (bureau_id = plumbline_bureau());
create policy hold_change on hold for update using (bureau_id = plumbline_bureau());
alter table departure enable row level security;
create policy departure_read on departure for select using (
  bureau_id = plumbline_bureau() and exists (select from hold h where h.id = departure.hold_id));
create policy departure_add on departure for insert with check (bureau_id = plumbline_bureau());
create policy departure_change on departure for update using (bureau_id = plumbline_bureau());
alter table penalty_assessment enable row level security;
create policy penalty_assessment_read on penalty_assessment for select using (
  bureau_id = plumbline_bureau() and exists (select from matter m where m.id = penalty_assessment.matter_id));
create policy penalty_assessment_add on penalty_assessment for insert with check (bureau_id = plumbline_bureau());
create policy penalty_assessment_change on penalty_assessment for update using (bureau_id = plumbline_bureau());
alter table hearing_notice enable row level security;
create policy hearing_notice_read on hearing_notice for select using (
  bureau_id = plumbline_bureau() and exists (select from matter m where m.id = hearing_notice.matter_id));
create policy hearing_notice_add on hearing_notice for insert with check (bureau_id = plumbline_bureau());
create policy hearing_notice_change on hearing_notice for update using (bureau_id = plumbline_bureau());
alter table decision_document enable row level security;
create policy decision_document_read on decision_document for select using (
  bureau_id = plumbline_bureau() and (plumbline_actor() = 'system'
    or exists (select from matter m where m.id = decision_document.matter_id)));
create policy decision_document_add on decision_document for insert with check (bureau_id = plumbline_bureau());
alter table number_series enable row level security;
create policy number_series_all on number_series for all using (bureau_id = plumbline_bureau());

-- The open holds of a matter, whoever asks: nobody passes a held step because the hold is hidden from them.
create function open_holds(wanted text) returns setof hold
language sql stable security definer set search_path = public as $$
  select * from hold where matter_id = wanted and bureau_id = plumbline_bureau() and ended_at is null order by id
$$;
