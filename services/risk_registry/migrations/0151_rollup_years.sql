-- A third grain: a sum up to a day reads whole years, then months of its year, then days of its month.
alter table register_rollup drop constraint register_rollup_grain_check;
alter table register_rollup add check (grain in ('DAY', 'MONTH', 'YEAR'));
alter table register_rollup no force row level security;
insert into register_rollup (scope_id, grain, from_day, category, grade, points)
select scope_id, 'YEAR', date_trunc('year', from_day)::date, category, grade, sum(points)
from register_rollup where grain = 'MONTH'
group by scope_id, date_trunc('year', from_day)::date, category, grade;
alter table register_rollup force row level security;

-- The parts of one scope's totals on a day; `offset 0` where it is called keeps each part a lookup by key.
create function register_parts(scope text, day_asked date)
returns table (category text, grade text, points integer) language sql stable as $$
  select category, grade, points from register_rollup
  where scope_id = scope and grain = 'YEAR' and from_day < date_trunc('year', day_asked)::date
  union all
  select category, grade, points from register_rollup
  where scope_id = scope and grain = 'MONTH'
    and from_day >= date_trunc('year', day_asked)::date and from_day < date_trunc('month', day_asked)::date
  union all
  select category, grade, points from register_rollup
  where scope_id = scope and grain = 'DAY' and from_day between date_trunc('month', day_asked)::date and day_asked
  union all
  select category, grade, change from register_delta where scope_id = scope and day <= day_asked
$$;
create index register_scope_below on register_scope (scope_id);
