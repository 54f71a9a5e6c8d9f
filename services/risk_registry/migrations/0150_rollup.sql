-- Totals of every bureau (scope D01) and of all below one (scope C01/*), exact on every day as known now. A writer
-- only appends what it changed; the worker adds deltas up later. Reads are compacted rows plus pending deltas.
create table register_scope (
  bureau_id text not null,
  scope_id text not null,
  primary key (bureau_id, scope_id)
);

create table register_delta (
  sequence bigint generated always as identity primary key,
  scope_id text not null,
  bureau_id text not null,
  day date not null,
  category text not null,
  grade text not null,
  change integer not null
);
create index register_delta_scope on register_delta (scope_id, day);

-- DAY holds the changes of a day, MONTH those of a month: a sum up to a day reads whole months, then days.
create table register_rollup (
  scope_id text not null,
  grain text not null check (grain in ('DAY', 'MONTH')),
  from_day date not null,
  category text not null,
  grade text not null,
  points integer not null,
  primary key (scope_id, grain, from_day, category, grade)
);

-- What some points add to the totals, day by day, as if the named standings and versions had not been recorded.
create function register_timeline(points text[], no_standings bigint[], no_versions bigint[])
returns table (bureau_id text, day date, category text, grade text, change integer) language sql stable as $$
  with days as (
    select s.point_id, s.bureau_id, s.valid_from as day from risk_point_standing s
    where s.point_id = any (points) and s.sequence <> all (no_standings)
    union
    select v.point_id, v.bureau_id, v.valid_from from risk_point_version v
    where v.point_id = any (points) and v.sequence <> all (no_versions)
  ), cells as (
    select d.point_id, d.bureau_id, d.day, v.category, s.grade from days d
    left join lateral (
      select category from risk_point_version
      where point_id = d.point_id and valid_from <= d.day and sequence <> all (no_versions)
      order by valid_from desc, sequence desc limit 1
    ) v on true
    left join lateral (
      select case when state in ('ACTIVE', 'UNDER_REVIEW') then grade end as grade from risk_point_standing
      where point_id = d.point_id and valid_from <= d.day and sequence <> all (no_standings)
      order by valid_from desc, sequence desc limit 1
    ) s on true
  ), steps as (
    select c.*, lag(c.category) over past as old_category, lag(c.grade) over past as old_grade
    from cells c window past as (partition by c.point_id order by c.day)
  )
  select e.bureau_id, e.day, t.category, t.grade, t.change from steps e
  cross join lateral (values (e.category, e.grade, 1), (e.old_category, e.old_grade, -1)) t (category, grade, change)
  where t.category is not null and t.grade is not null
    and (e.category, e.grade) is distinct from (e.old_category, e.old_grade)
$$;

-- One writer of a bureau at a time: a delta is the difference that a row makes to all that is known of its point.
create function register_append() returns trigger language plpgsql as $$
declare
  points text[];
  fresh bigint[];
  standing boolean = tg_table_name = 'risk_point_standing';
begin
  select array_agg(distinct point_id), array_agg(sequence) into points, fresh from recorded;
  if points is null then return null; end if;
  perform pg_advisory_xact_lock(hashtextextended('register:' || b.bureau_id, 0))
  from (select distinct bureau_id from recorded order by bureau_id) b;
  insert into register_delta (scope_id, bureau_id, day, category, grade, change)
  select scope.id, c.bureau_id, c.day, c.category, c.grade, c.change
  from (
    select t.bureau_id, t.day, t.category, t.grade, sum(t.change) as change
    from (
      select * from register_timeline(points, '{}', '{}')
      union all
      select b.bureau_id, b.day, b.category, b.grade, -b.change from register_timeline(
        points, case when standing then fresh else '{}' end, case when standing then '{}' else fresh end) b
    ) t
    group by t.bureau_id, t.day, t.category, t.grade having sum(t.change) <> 0
  ) c
  cross join lateral (
    select c.bureau_id as id union select scope_id from register_scope r where r.bureau_id = c.bureau_id
  ) scope;
  return null;
end $$;
create trigger append_totals after insert on risk_point_standing
  referencing new table as recorded for each statement execute function register_append();
create trigger append_totals after insert on risk_point_version
  referencing new table as recorded for each statement execute function register_append();

-- A bureau that gets another place above it takes its totals along, with all bureaus below it.
create function register_rescope() returns trigger language plpgsql as $$
declare
  acting text = current_setting('plumbline.bureau', true);
  moved text;
begin
  perform set_config('plumbline.bureau', '', true);
  for moved in
    with recursive below as (
      select new.id as id union select o.id from org_bureau o join below b on o.parent_id = b.id
    ) select id from below order by id
  loop
    perform pg_advisory_xact_lock(hashtextextended('register:' || moved, 0));
    with recursive chain as (
      select o.parent_id as id from org_bureau o where o.id = moved
      union select o.parent_id from org_bureau o join chain c on o.id = c.id
    ), wanted as (
      select id || '/*' as id from chain where id is not null and id <> moved
    ), gone as (
      delete from register_scope where bureau_id = moved and scope_id not in (select id from wanted) returning scope_id
    ), come as (
      insert into register_scope select moved, id from wanted on conflict do nothing returning scope_id
    ), own as (
      select from_day as day, category, grade, points as change from register_rollup
      where scope_id = moved and grain = 'DAY'
      union all
      select day, category, grade, change from register_delta where scope_id = moved
    )
    insert into register_delta (scope_id, bureau_id, day, category, grade, change)
    select s.id, moved, o.day, o.category, o.grade, o.change * s.sign from own o
    cross join (select scope_id as id, -1 as sign from gone union all select scope_id, 1 from come) s;
  end loop;
  perform set_config('plumbline.bureau', coalesce(acting, ''), true);
  return null;
end $$;
create trigger place_totals after insert on org_bureau
  for each row when (new.parent_id is not null) execute function register_rescope();
create trigger move_totals after update of parent_id on org_bureau
  for each row when (old.parent_id is distinct from new.parent_id) execute function register_rescope();

alter table register_scope enable row level security;
alter table register_scope force row level security;
alter table register_delta enable row level security;
alter table register_delta force row level security;
alter table register_rollup enable row level security;
alter table register_rollup force row level security;

-- Numbers without a name: the service reads them, for one bureau or for all, and hides the small ones itself.
create function counts_for(bureau text) returns boolean language sql stable as $$
  select plumbline_actor() = 'system' and (plumbline_bureau() is null or plumbline_bureau() = bureau)
$$;
create policy read on register_rollup for select using (counts_for(split_part(scope_id, '/', 1)));
create policy add on register_rollup for insert with check (counts_for(split_part(scope_id, '/', 1)));
create policy add_up on register_rollup for update using (counts_for(split_part(scope_id, '/', 1)));
create policy read on register_delta for select using (counts_for(split_part(scope_id, '/', 1)));
create policy append on register_delta for insert with check (keeps_register(bureau_id) or counts_for(bureau_id));
create policy compact on register_delta for delete using (counts_for(split_part(scope_id, '/', 1)));
create policy read on register_scope for select using (bureau_id = plumbline_bureau() or counts_for(bureau_id));
create policy place on register_scope for insert with check (counts_for(bureau_id));
create policy unplace on register_scope for delete using (counts_for(bureau_id));
revoke update, delete on register_rollup, register_delta, register_scope from plumbline_app;
grant update on register_rollup to plumbline_app;
grant delete on register_delta, register_scope to plumbline_app;

-- What was recorded before there were totals.
alter table risk_point no force row level security;
alter table risk_point_version no force row level security;
alter table risk_point_standing no force row level security;
alter table register_scope no force row level security;
alter table register_delta no force row level security;
insert into register_scope
with recursive chain as (
  select o.id as bureau_id, o.parent_id as scope_id from org_bureau o where o.parent_id is not null
  union select c.bureau_id, o.parent_id from chain c join org_bureau o on o.id = c.scope_id where o.parent_id is not null
) select bureau_id, scope_id || '/*' from chain where bureau_id <> scope_id;
insert into register_delta (scope_id, bureau_id, day, category, grade, change)
select scope.id, t.bureau_id, t.day, t.category, t.grade, sum(t.change)
from register_timeline((select coalesce(array_agg(id), '{}') from risk_point), '{}', '{}') t
cross join lateral (
  select t.bureau_id as id union select scope_id from register_scope r where r.bureau_id = t.bureau_id
) scope
group by scope.id, t.bureau_id, t.day, t.category, t.grade having sum(t.change) <> 0;
alter table risk_point force row level security;
alter table risk_point_version force row level security;
alter table risk_point_standing force row level security;
alter table register_scope force row level security;
alter table register_delta force row level security;
