-- A fourth grain, all that was ever added up: a day is read from the end, so today needs one row for each cell
-- and whatever is planned for later.
alter table register_rollup drop constraint register_rollup_grain_check;
alter table register_rollup add check (grain in ('DAY', 'MONTH', 'YEAR', 'ALL'));
alter table register_rollup no force row level security;
insert into register_rollup (scope_id, grain, from_day, category, grade, points)
select scope_id, 'ALL', '-infinity', category, grade, sum(points)
from register_rollup where grain = 'YEAR' group by scope_id, category, grade;
alter table register_rollup force row level security;

create or replace function register_parts(scope text, day_asked date)
returns table (category text, grade text, points integer) language sql stable as $$
  select category, grade, points from register_rollup where scope_id = scope and grain = 'ALL'
  union all
  select category, grade, -points from register_rollup
  where scope_id = scope and grain = 'YEAR' and from_day > date_trunc('year', day_asked)::date
  union all
  select category, grade, -points from register_rollup
  where scope_id = scope and grain = 'MONTH' and from_day > date_trunc('month', day_asked)::date
    and from_day < (date_trunc('year', day_asked) + interval '1 year')::date
  union all
  select category, grade, -points from register_rollup
  where scope_id = scope and grain = 'DAY' and from_day > day_asked
    and from_day < (date_trunc('month', day_asked) + interval '1 month')::date
  union all
  select category, grade, change from register_delta where scope_id = scope and day <= day_asked
$$;
