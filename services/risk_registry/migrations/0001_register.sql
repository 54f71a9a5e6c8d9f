-- A point is only its name; what it says and where it stands are rows of their own, added and never changed.
create table risk_point (
  id text primary key,
  bureau_id text not null,
  code text not null,
  origin text not null check (origin in ('REGISTER', 'PUBLISHED')),
  created_at timestamptz not null,
  check (id = bureau_id || '.' || code)
);
create unique index risk_point_keyset on risk_point (bureau_id, code);

-- From which day a text counts, since when it is known, and its category: enough to count, not to read.
create table risk_point_version (
  sequence bigint generated always as identity primary key,
  point_id text not null references risk_point,
  bureau_id text not null,
  category text not null check (category in ('TAX_OPERATIONS', 'ADMINISTRATION', 'PARTY_AFFAIRS')),
  valid_from date not null,
  recorded_at timestamptz not null
);
create index risk_point_version_as_of on risk_point_version (point_id, valid_from desc, sequence desc)
  include (recorded_at, category);

create table risk_point_description (
  sequence bigint primary key references risk_point_version,
  point_id text not null references risk_point,
  bureau_id text not null,
  scope text not null check (scope in ('COMMON', 'INDIVIDUAL')),
  title_zh text not null,
  title_en text not null,
  post_ids text[] not null,
  unit_ids text[] not null,
  owner_unit_id text,
  post_named text not null,
  process text not null,
  step text not null,
  cause text not null,
  consequence text not null,
  controls text not null,
  source_title text not null,
  source_url text not null,
  source_locator text not null
);
create index risk_point_description_point on risk_point_description (point_id);

-- State and grade in two times: valid from a day, recorded at an instant.
create table risk_point_standing (
  sequence bigint generated always as identity primary key,
  point_id text not null references risk_point,
  bureau_id text not null,
  state text not null check (state in ('PROPOSED', 'IN_COLLECTIVE_REVIEW', 'ACTIVE', 'UNDER_REVIEW', 'DISSOLVED')),
  grade text check (grade in ('LOW', 'MEDIUM', 'HIGH')),
  valid_from date not null,
  recorded_at timestamptz not null,
  review_id text,
  scheme text,
  reason text not null default '',
  check (grade is not null or state not in ('ACTIVE', 'UNDER_REVIEW'))
);
create index risk_point_standing_as_of on risk_point_standing (point_id, valid_from desc, sequence desc)
  include (recorded_at, state, grade);

-- The register of a bureau on a day, as it was known at an instant. Inlined by the planner.
create function register_on(bureau text, day date, known_at timestamptz)
returns table (
  id text, code text, origin text, category text, state text, grade text, grade_from date, version bigint
) language sql stable as $$
  select p.id, p.code, p.origin, v.category, s.state, s.grade, s.valid_from, v.sequence
  from risk_point p
  join lateral (
    select category, sequence from risk_point_version
    where point_id = p.id and valid_from <= day and recorded_at <= known_at
    order by valid_from desc, sequence desc limit 1
  ) v on true
  join lateral (
    select state, grade, valid_from from risk_point_standing
    where point_id = p.id and valid_from <= day and recorded_at <= known_at
    order by valid_from desc, sequence desc limit 1
  ) s on true
  where p.bureau_id = bureau
$$;

alter table risk_point enable row level security;
alter table risk_point force row level security;
alter table risk_point_version enable row level security;
alter table risk_point_version force row level security;
alter table risk_point_description enable row level security;
alter table risk_point_description force row level security;
alter table risk_point_standing enable row level security;
alter table risk_point_standing force row level security;

create policy tenant on risk_point for select using (bureau_id = plumbline_bureau());
create policy tenant on risk_point_version for select using (bureau_id = plumbline_bureau());
create policy tenant on risk_point_standing for select using (bureau_id = plumbline_bureau());

-- Who may write the register: its import, and the review that grades a point.
create function keeps_register(bureau text) returns boolean language sql stable as $$
  select bureau = plumbline_bureau() and (
    plumbline_actor() = 'system'
    or (plumbline_actor() = 'person'
        and (plumbline_has_role('BUREAU_HEAD') or plumbline_has_role('DISCIPLINE_LEAD')))
  )
$$;
create policy keep on risk_point for insert with check (keeps_register(bureau_id));
create policy keep on risk_point_version for insert with check (keeps_register(bureau_id));
create policy keep on risk_point_description for insert with check (keeps_register(bureau_id));
create policy keep on risk_point_standing for insert with check (keeps_register(bureau_id));

-- Who may read a point (requirements 5.3): the whole bureau, the own units and processes, or the own posts.
create function reads_bureau() returns boolean language sql stable as $$
  select plumbline_actor() = 'system' or (plumbline_actor() = 'person' and (
    plumbline_has_role('BUREAU_HEAD') or plumbline_has_role('DISCIPLINE_LEAD')
    or plumbline_has_role('DISCIPLINE_OFFICER') or plumbline_has_role('LEGAL_OFFICER')
    or plumbline_has_role('INTERNAL_AUDITOR')))
$$;
create function reads_units() returns boolean language sql stable as $$
  select plumbline_actor() = 'person' and (
    plumbline_has_role('DEPUTY_HEAD') or plumbline_has_role('SECTION_CHIEF') or plumbline_has_role('OFFICE_CHIEF'))
$$;
create policy read on risk_point_description for select using (
  bureau_id = plumbline_bureau() and (
    (select reads_bureau())
    or ((select reads_units())
        and (unit_ids && (select plumbline_units()) or owner_unit_id = any ((select plumbline_units())::text[])))
    or (plumbline_actor() = 'person' and post_ids && (select plumbline_posts()))
  )
);

revoke update, delete on risk_point, risk_point_version, risk_point_description, risk_point_standing from plumbline_app;
