-- Sealed tip-offs. No column names the subject, the informant, the point or the time of day. `handlers` are those the
-- routing let in; whoever is not named there does not see that the row exists.
create table sealed_report (
  id text primary key,
  bureau_id text not null,
  received_on date not null,
  named boolean not null,
  handlers text[] not null,
  content bytea not null,
  identity bytea,
  repeat_of text references sealed_report,
  notice_due_on date,
  notice_sent_on date,
  disposition text check (disposition in
    ('TALK_OR_LETTER', 'PRELIMINARY_VERIFICATION', 'SUSPENDED', 'TERMINATED')),
  disposed_on date,
  outcome text check (outcome in ('SUBSTANTIATED', 'PARTLY_SUBSTANTIATED', 'UNSUBSTANTIATED')),
  closed_on date,
  result_due_on date,
  result_sent_on date,
  check (named = (identity is not null))
);

-- One key for one part of one case for one officer. CONTENT opens alone; the identity needs both shares.
create table sealed_wrap (
  report_id text not null references sealed_report,
  person_id text not null,
  part text not null check (part in ('CONTENT', 'IDENTITY_FIRST', 'IDENTITY_SECOND')),
  wrapped bytea not null,
  primary key (report_id, person_id, part)
);

-- An officer's own key pair; the private half is sealed under a passphrase that is stored nowhere.
create table officer_key (
  person_id text primary key,
  bureau_id text not null,
  public_key bytea not null,
  salt bytea not null,
  private_sealed bytea not null,
  made_on date not null
);

-- A request for the informant's identity: the second officer hands his share to the requester alone, for one reading.
create table identity_opening (
  id text primary key,
  report_id text not null references sealed_report,
  bureau_id text not null,
  requested_by text not null,
  requested_at timestamptz not null,
  reason bytea not null,
  approved_by text check (approved_by <> requested_by),
  approved_at timestamptz,
  share bytea,
  read_at timestamptz
);
create index identity_opening_report on identity_opening (report_id);

-- Every reading and every step of a sealed case. It is not the audit log that officers may inspect.
create table sealed_log (
  id text primary key,
  report_id text not null references sealed_report,
  bureau_id text not null,
  actor text not null,
  action text not null,
  at timestamptz not null
);
create index sealed_log_report on sealed_log (report_id, at);

-- About a person managed one level up: nothing but this is stored (requirements §6.4, Art 15).
create table handed_report (
  id text primary key,
  bureau_id text not null,
  received_at timestamptz not null,
  handed_to text not null
);

-- Signals that wait for the end of their day. No column leads back to a report.
create table risk_signal (
  id text primary key,
  bureau_id text not null,
  point_id text not null,
  batch_on date not null
);

alter table sealed_report enable row level security;
alter table sealed_report force row level security;
alter table sealed_wrap enable row level security;
alter table sealed_wrap force row level security;
alter table officer_key enable row level security;
alter table officer_key force row level security;
alter table identity_opening enable row level security;
alter table identity_opening force row level security;
alter table sealed_log enable row level security;
alter table sealed_log force row level security;
alter table handed_report enable row level security;
alter table handed_report force row level security;
alter table risk_signal enable row level security;
alter table risk_signal force row level security;

create policy report_read on sealed_report for select using (
  plumbline_actor() = 'system'
  or (plumbline_actor() = 'person' and bureau_id = plumbline_bureau() and plumbline_person() = any (handlers))
);
create policy report_file on sealed_report for insert with check (plumbline_actor() = 'system');
create policy report_handle on sealed_report for update using (
  plumbline_actor() = 'person' and bureau_id = plumbline_bureau() and plumbline_person() = any (handlers)
);
create policy wrap_read on sealed_wrap for select using (
  plumbline_actor() = 'person' and person_id = plumbline_person()
);
create policy wrap_make on sealed_wrap for insert with check (plumbline_actor() = 'system');
create policy key_read on officer_key for select using (
  plumbline_actor() = 'system'
  or (plumbline_actor() = 'person' and bureau_id = plumbline_bureau()
      and (person_id = plumbline_person() or plumbline_has_role('DISCIPLINE_OFFICER')
           or plumbline_has_role('DISCIPLINE_LEAD') or plumbline_has_role('BUREAU_HEAD')))
);
create policy key_make on officer_key for insert with check (
  plumbline_actor() = 'person' and person_id = plumbline_person() and bureau_id = plumbline_bureau()
);
create policy opening_read on identity_opening for select using (
  plumbline_actor() = 'person' and bureau_id = plumbline_bureau() and (
    requested_by = plumbline_person()
    or exists (select from sealed_wrap w where w.report_id = identity_opening.report_id
               and w.person_id = plumbline_person() and w.part = 'IDENTITY_SECOND'))
);
create policy opening_request on identity_opening for insert with check (
  plumbline_actor() = 'person' and bureau_id = plumbline_bureau() and requested_by = plumbline_person()
);
create policy opening_step on identity_opening for update using (
  plumbline_actor() = 'person' and bureau_id = plumbline_bureau()
);
create policy log_read on sealed_log for select using (
  plumbline_actor() = 'person' and bureau_id = plumbline_bureau() and (
    plumbline_has_role('INTERNAL_AUDITOR')
    or exists (select from sealed_report r where r.id = sealed_log.report_id))
);
create policy log_write on sealed_log for insert with check (
  plumbline_actor() = 'person' and bureau_id = plumbline_bureau() and actor = plumbline_person()
);
create policy handed_read on handed_report for select using (
  plumbline_actor() = 'system' or (plumbline_actor() = 'person' and handed_to = plumbline_person())
);
create policy handed_file on handed_report for insert with check (plumbline_actor() = 'system');
create policy signal_queue on risk_signal for insert with check (plumbline_actor() in ('system', 'person'));
create policy signal_send on risk_signal for select using (plumbline_actor() = 'system');
create policy signal_sent on risk_signal for delete using (plumbline_actor() = 'system');

revoke update, delete on sealed_wrap, officer_key, sealed_log, handed_report from plumbline_app;
revoke delete on sealed_report, identity_opening from plumbline_app;
revoke update on risk_signal from plumbline_app;
