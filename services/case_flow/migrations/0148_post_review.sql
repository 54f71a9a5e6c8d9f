-- A day's draw of matters to review afterwards: committed to at the first close, drawn after the day.
create table post_review_draw (
  bureau_id text not null,
  item_code text not null,
  local_on date not null,
  rule jsonb not null,
  commitment text not null,
  committed_at timestamptz not null,
  secret text,
  frame jsonb,
  frame_root text,
  plan_hash text,
  seed text,
  quota integer,
  drawn_at timestamptz,
  primary key (bureau_id, item_code, local_on)
);
-- The secret until then: the service alone reads it, when the day is over.
create table post_review_secret (
  bureau_id text not null,
  item_code text not null,
  local_on date not null,
  secret text not null,
  primary key (bureau_id, item_code, local_on),
  foreign key (bureau_id, item_code, local_on) references post_review_draw
);
create table post_review (
  id text primary key,
  bureau_id text not null,
  item_code text not null,
  local_on date not null,
  matter_id text not null unique,
  case_ref text not null,
  ticket text not null,
  unit_id text not null,
  role text not null,
  point text not null,
  domain text not null,
  people text[] not null,
  units text[] not null,
  due_on date not null,
  drawn_at timestamptz not null,
  finding text check (finding in ('IN_ORDER', 'FAULT')),
  note text not null default '',
  reviewed_by text,
  reviewed_at timestamptz,
  alert_id text
);
create index post_review_open on post_review (unit_id, due_on, id) where finding is null;
revoke delete on post_review_draw, post_review from plumbline_app;
revoke update, delete on post_review_secret from plumbline_app;

-- What was drawn is known to the bureau: anybody may repeat it. Findings are for the reviewers, their chief, head,
-- discipline and audit. The same rule in Cedar: policies/hall.cedar.
alter table post_review_draw enable row level security;
create policy post_review_draw_read on post_review_draw for select
  using (bureau_id = plumbline_bureau() and plumbline_actor() in ('person', 'system'));
create policy post_review_draw_commit on post_review_draw for insert with check (bureau_id = plumbline_bureau());
create policy post_review_draw_draw on post_review_draw for update
  using (bureau_id = plumbline_bureau() and plumbline_actor() = 'system');
alter table post_review_secret enable row level security;
create policy post_review_secret_read on post_review_secret for select
  using (bureau_id = plumbline_bureau() and plumbline_actor() = 'system');
create policy post_review_secret_keep on post_review_secret for insert with check (bureau_id = plumbline_bureau());
alter table post_review enable row level security;
create policy post_review_read on post_review for select using (
  bureau_id = plumbline_bureau() and (plumbline_actor() = 'system' or (plumbline_actor() = 'person' and (
    plumbline_has_role('BUREAU_HEAD') or plumbline_has_role('DISCIPLINE_LEAD') or plumbline_has_role('INTERNAL_AUDITOR')
    or (unit_id = any(plumbline_units()) and (plumbline_has_role(role) or plumbline_has_role('SECTION_CHIEF')
        or plumbline_has_role('OFFICE_CHIEF')))
  ))));
create policy post_review_add on post_review for insert
  with check (bureau_id = plumbline_bureau() and plumbline_actor() = 'system');
create policy post_review_answer on post_review for update using (bureau_id = plumbline_bureau());
