-- Everybody assigned for one cause shares a batch; a cause makes one batch, however often it is told.
create table batch (
  id text primary key,
  bureau_id text not null,
  cause text not null check (cause in ('RISK_POINT_REGRADED', 'INQUIRY_DECIDED', 'ASSIGNED')),
  cause_ref text not null,
  reason text not null,
  opened_by text not null,
  opened_at timestamptz not null,
  unique (bureau_id, cause, cause_ref)
);

create table assignment (
  id text primary key,
  batch_id text not null references batch,
  bureau_id text not null,
  person_id text not null,
  unit_id text not null,
  kind text not null check (kind in ('PLEDGE', 'LESSON')),
  curriculum text not null,
  curriculum_version integer not null,
  point_id text,
  incident_id text,
  assigned_on date not null,
  started_on date not null,
  due_on date not null,
  provisional boolean not null,
  assigned_by text not null,
  unique (batch_id, person_id, curriculum),
  foreign key (curriculum, curriculum_version) references curriculum (code, version)
);
create index assignment_person on assignment (bureau_id, person_id, due_on, id);
create index assignment_unit on assignment (bureau_id, unit_id, due_on, id);
create index assignment_due on assignment (bureau_id, due_on, id);
create index assignment_point on assignment (point_id) where point_id is not null;
create index assignment_batch on assignment (batch_id, due_on);

-- What happened to an assignment: rows are added, never changed.
create table attempt (
  id text primary key,
  assignment_id text not null references assignment,
  bureau_id text not null,
  person_id text not null,
  answers jsonb not null,
  score integer not null check (score between 0 and 100),
  passed boolean not null,
  submitted_at timestamptz not null
);
create index attempt_assignment on attempt (assignment_id, submitted_at);

create table completion (
  assignment_id text primary key references assignment,
  bureau_id text not null,
  score integer check (score between 0 and 100),
  completed_at timestamptz not null
);

create table waiver (
  assignment_id text primary key references assignment,
  bureau_id text not null,
  reason text not null check (reason <> ''),
  waived_by text not null,
  waived_at timestamptz not null
);

-- Alerts of kind EDUCATION_OVERDUE, grade LOW: for the person, the chief of the unit and the education admin.
create table education_alert (
  id text primary key,
  assignment_id text not null unique references assignment,
  bureau_id text not null,
  person_id text not null,
  unit_id text not null,
  kind text not null default 'EDUCATION_OVERDUE',
  grade text not null default 'LOW',
  raised_at timestamptz not null
);
create index education_alert_bureau on education_alert (bureau_id, raised_at, id);

create view assignment_state with (security_invoker = true) as
select a.*, c.completed_at, c.score, w.waived_at
from assignment a
left join completion c on c.assignment_id = a.id
left join waiver w on w.assignment_id = a.id;

revoke update, delete on batch, assignment, attempt, completion, waiver, education_alert from plumbline_app;
