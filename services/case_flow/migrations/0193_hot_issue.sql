-- What taxpayers ask most, answered for everybody (S1-044): the newest version in force on a day holds, or takes it away.
create table hot_issue (
  bureau_id text not null,
  code text not null,
  version integer not null check (version > 0),
  content jsonb not null,
  withdrawn boolean not null,
  from_on date not null,
  published_at timestamptz not null,
  published_by text not null,
  primary key (bureau_id, code, version)
);
revoke update, delete on hot_issue from plumbline_app;

alter table hot_issue enable row level security;
create policy hot_issue_read on hot_issue for select
  using (bureau_id = plumbline_bureau() and plumbline_actor() in ('person', 'system'));
create policy hot_issue_publish on hot_issue for insert with check (bureau_id = plumbline_bureau()
  and plumbline_actor() = 'person'
  and (plumbline_has_role('BUREAU_HEAD') or plumbline_has_role('ROLLOUT_ADMIN')));
