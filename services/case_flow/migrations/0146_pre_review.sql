-- An application before its acceptance, and each look at it; a look is never changed.
create table pre_review (
  id text primary key,
  bureau_id text not null,
  receipt_no text not null,
  code_hash bytea not null,
  item_code text not null,
  item_version integer not null,
  item_hash text not null,
  step text not null,
  unit_id text not null,
  office_id text,
  title text not null,
  form text not null,
  opened_by text not null,
  opened_at timestamptz not null,
  matter_id text,
  unique (bureau_id, receipt_no)
);
create unique index pre_review_matter on pre_review (matter_id) where matter_id is not null;
create index pre_review_open on pre_review (unit_id, opened_at desc, id desc) where matter_id is null;
create table pre_review_check (
  pre_review_id text not null references pre_review,
  seq integer not null,
  bureau_id text not null,
  at timestamptz not null,
  local_on date not null,
  by_person text not null,
  given jsonb not null,
  missing jsonb not null,
  primary key (pre_review_id, seq)
);
revoke update, delete on pre_review_check from plumbline_app;
revoke update, delete on pre_review from plumbline_app;
grant update (matter_id) on pre_review to plumbline_app;

-- Who guides or accepts in the hall, its chief, the leader in charge, the head; whoever sees the matter that it became.
alter table pre_review enable row level security;
create policy pre_review_read on pre_review for select using (
  bureau_id = plumbline_bureau() and (plumbline_actor() = 'system' or (plumbline_actor() = 'person' and (
    plumbline_person() = opened_by
    or plumbline_has_role('BUREAU_HEAD')
    or plumbline_has_scope('leads:' || unit_id)
    or (unit_id = any(plumbline_units()) and (plumbline_has_role('GUIDE') or plumbline_has_role('WINDOW_CLERK')
        or plumbline_has_role('SECTION_CHIEF') or plumbline_has_role('OFFICE_CHIEF')))
  ))));
create policy pre_review_open on pre_review for insert with check (bureau_id = plumbline_bureau());
create policy pre_review_accept on pre_review for update using (bureau_id = plumbline_bureau());
alter table pre_review_check enable row level security;
create policy pre_review_check_read on pre_review_check for select
  using (exists (select from pre_review p where p.id = pre_review_check.pre_review_id));
create policy pre_review_check_add on pre_review_check for insert with check (bureau_id = plumbline_bureau());

-- Who of the roster was passed over for a sign-off, and why; and to whom it went.
create table sign_off_route (
  id bigint generated always as identity primary key,
  bureau_id text not null,
  matter_id text not null,
  step text not null,
  on_day date not null,
  at timestamptz not null,
  person_id text not null,
  refusal text
);
create index sign_off_route_matter on sign_off_route (matter_id, id);
revoke update, delete on sign_off_route from plumbline_app;
alter table sign_off_route enable row level security;
create policy sign_off_route_read on sign_off_route for select
  using (exists (select from matter where matter.id = sign_off_route.matter_id));
create policy sign_off_route_add on sign_off_route for insert with check (bureau_id = plumbline_bureau());
