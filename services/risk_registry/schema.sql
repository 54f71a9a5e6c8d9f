CREATE FUNCTION public.approves_rules(bureau text) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
  select bureau = plumbline_bureau() and (
    plumbline_actor() = 'system' or (plumbline_actor() = 'person' and plumbline_has_role('BUREAU_HEAD')))
$$;

CREATE FUNCTION public.audit_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  raise exception 'the audit log is append-only' using errcode = 'insufficient_privilege';
end $$;

CREATE FUNCTION public.audit_entry_guard() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  if (new.id, new.bureau_id, new.action, new.object_type, new.at, new.commitment)
       is distinct from (old.id, old.bureau_id, old.action, old.object_type, old.at, old.commitment)
     or (old.seq is not null and new.seq is distinct from old.seq)
     or ((new.actor, new.object_id, new.salt, new.detail)
           is distinct from (old.actor, old.object_id, old.salt, old.detail)
         and (new.actor, new.object_id, new.salt, new.detail) is distinct from
             (null::text, null::text, null::bytea, null::text))
  then
    raise exception 'an audit entry cannot be changed' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;

CREATE FUNCTION public.counts_for(bureau text) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
  select plumbline_actor() = 'system' and (plumbline_bureau() is null or plumbline_bureau() = bureau)
$$;

CREATE FUNCTION public.discloses(bureau text) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
  select bureau = plumbline_bureau() and plumbline_actor() = 'person' and plumbline_has_role('BUREAU_HEAD')
$$;

CREATE FUNCTION public.drafts_process(bureau text, owner text) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
  select keeps_rules(bureau) or (
    bureau = plumbline_bureau() and (select reads_units()) and owner = any ((select plumbline_units())::text[]))
$$;

CREATE FUNCTION public.entries_on(bureau text, day date) RETURNS TABLE(kind text, code text, body jsonb, urn text, version text, local boolean, sequence bigint)
    LANGUAGE sql STABLE
    AS $$
  with used as (
    select distinct on (u.urn) u.urn, u.version from catalogue_use u
    where u.bureau_id = bureau and u.valid_from <= day
    order by u.urn, u.valid_from desc, u.sequence desc
  ), shared as (
    select e.kind, e.code, e.body, e.urn, e.version from catalogue_entry e join used using (urn, version)
  ), own as (
    select distinct on (b.kind, b.code) b.kind, b.code, b.body, b.retired, b.sequence from bureau_entry b
    where b.bureau_id = bureau and b.valid_from <= day
    order by b.kind, b.code, b.valid_from desc, b.sequence desc
  )
  select kind, code, coalesce(o.body, s.body), coalesce(s.urn, ''), coalesce(s.version, ''), o.body is not null,
         coalesce(o.sequence, 0)
  from shared s full join own o using (kind, code)
  where not coalesce(o.retired, false)
$$;

CREATE FUNCTION public.grants_authority(bureau text, unit text) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
  select bureau = plumbline_bureau() and plumbline_actor() = 'person' and (
    plumbline_has_role('BUREAU_HEAD') or (reads_units() and unit = any (plumbline_units())))
$$;

CREATE FUNCTION public.keeps_register(bureau text) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
  select bureau = plumbline_bureau() and (
    plumbline_actor() = 'system'
    or (plumbline_actor() = 'person'
        and (plumbline_has_role('BUREAU_HEAD') or plumbline_has_role('DISCIPLINE_LEAD')))
  )
$$;

CREATE FUNCTION public.keeps_rules(bureau text) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
  select bureau = plumbline_bureau() and (
    plumbline_actor() = 'system'
    or (plumbline_actor() = 'person' and (
      plumbline_has_role('BUREAU_HEAD') or plumbline_has_role('DISCIPLINE_LEAD') or plumbline_has_role('LEGAL_OFFICER'))))
$$;

CREATE FUNCTION public.ledger_seers() RETURNS text[]
    LANGUAGE sql STABLE
    AS $$
  select case when plumbline_actor() = 'person' then array_remove(array[
    plumbline_person(),
    case when plumbline_has_role('INTERNAL_AUDITOR') then 'role:INTERNAL_AUDITOR' end,
    case when plumbline_has_role('DISCIPLINE_LEAD') then 'role:DISCIPLINE_LEAD' end], null) else '{}' end
$$;

CREATE FUNCTION public.plumbline_actor() RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN NULLIF(current_setting('plumbline.actor'::text, true), ''::text);

CREATE FUNCTION public.plumbline_bureau() RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN NULLIF(current_setting('plumbline.bureau'::text, true), ''::text);

CREATE FUNCTION public.plumbline_has_role(role text) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN COALESCE((role = ANY (string_to_array(NULLIF(current_setting('plumbline.roles'::text, true), ''::text), ','::text))), false);

CREATE FUNCTION public.plumbline_has_scope(scope text) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN COALESCE((scope = ANY (string_to_array(NULLIF(current_setting('plumbline.scopes'::text, true), ''::text), ','::text))), false);

CREATE FUNCTION public.plumbline_person() RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN NULLIF(current_setting('plumbline.person'::text, true), ''::text);

CREATE FUNCTION public.plumbline_posts() RETURNS text[]
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN string_to_array(NULLIF(current_setting('plumbline.posts'::text, true), ''::text), ','::text);

CREATE FUNCTION public.plumbline_units() RETURNS text[]
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN string_to_array(NULLIF(current_setting('plumbline.units'::text, true), ''::text), ','::text);

CREATE FUNCTION public.reads_authority(bureau text) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
  select bureau = plumbline_bureau() and (
    plumbline_actor() in ('system', 'person')
    or (plumbline_actor() = 'client' and plumbline_has_scope('authority:use')))
$$;

CREATE FUNCTION public.reads_bureau() RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
  select plumbline_actor() = 'system' or (plumbline_actor() = 'person' and (
    plumbline_has_role('BUREAU_HEAD') or plumbline_has_role('DISCIPLINE_LEAD')
    or plumbline_has_role('DISCIPLINE_OFFICER') or plumbline_has_role('LEGAL_OFFICER')
    or plumbline_has_role('INTERNAL_AUDITOR')))
$$;

CREATE FUNCTION public.reads_evidence(bureau text, point text) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
  select bureau = plumbline_bureau() and (
    plumbline_actor() = 'system'
    or (plumbline_actor() = 'person'
        and (plumbline_has_role('BUREAU_HEAD') or plumbline_has_role('DISCIPLINE_LEAD'))
        and not exists (
          select from risk_point_description d where d.point_id = point and d.post_ids && plumbline_posts())))
$$;

CREATE FUNCTION public.reads_indicators(bureau text) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
  select bureau = plumbline_bureau() and (reads_bureau() or reads_units())
$$;

CREATE FUNCTION public.reads_kin(bureau text) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
  select bureau = plumbline_bureau() and (
    plumbline_actor() = 'system'
    or (plumbline_actor() = 'person' and (
      plumbline_has_role('BUREAU_HEAD') or plumbline_has_role('DISCIPLINE_LEAD') or plumbline_has_role('HR_OFFICER'))))
$$;

CREATE FUNCTION public.reads_rotation(bureau text, person text, unit text) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
  select bureau = plumbline_bureau() and (
    plumbline_actor() = 'system'
    or (plumbline_actor() = 'person' and (
      plumbline_has_role('BUREAU_HEAD') or plumbline_has_role('DISCIPLINE_LEAD') or plumbline_has_role('HR_OFFICER')
      or person = plumbline_person()
      or (reads_units() and unit = any (plumbline_units())))))
$$;

CREATE FUNCTION public.reads_rotation_audit(bureau text) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
  select bureau = plumbline_bureau() and (
    plumbline_actor() = 'system'
    or (plumbline_actor() = 'person' and (
      plumbline_has_role('BUREAU_HEAD') or plumbline_has_role('DISCIPLINE_LEAD') or plumbline_has_role('HR_OFFICER')
      or plumbline_has_role('INTERNAL_AUDITOR'))))
$$;

CREATE FUNCTION public.reads_units() RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
  select plumbline_actor() = 'person' and (
    plumbline_has_role('DEPUTY_HEAD') or plumbline_has_role('SECTION_CHIEF') or plumbline_has_role('OFFICE_CHIEF'))
$$;

CREATE FUNCTION public.register_append() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.register_on(bureau text, day date, known_at timestamp with time zone) RETURNS TABLE(id text, code text, origin text, category text, state text, grade text, grade_from date, version bigint)
    LANGUAGE sql STABLE
    AS $$
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

CREATE FUNCTION public.register_parts(scope text, day_asked date) RETURNS TABLE(category text, grade text, points integer)
    LANGUAGE sql STABLE
    AS $$
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

CREATE FUNCTION public.register_rescope() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.register_timeline(points text[], no_standings bigint[], no_versions bigint[]) RETURNS TABLE(bureau_id text, day date, category text, grade text, change integer)
    LANGUAGE sql STABLE
    AS $$
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

CREATE FUNCTION public.registry_scopes() RETURNS text[]
    LANGUAGE sql STABLE
    AS $$
  select string_to_array(nullif(current_setting('plumbline.scopes', true), ''), ',')
$$;

CREATE FUNCTION public.runs_selection() RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
  select plumbline_actor() = 'system' or (plumbline_actor() = 'person' and (
    plumbline_has_role('BUREAU_HEAD') or plumbline_has_role('DISCIPLINE_LEAD') or plumbline_has_role('HR_OFFICER')))
$$;

CREATE FUNCTION public.sees_alert(alert text) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
  select plumbline_actor() = 'system'
    or exists (select from alert_seer s where s.alert_id = alert and s.seer = any (ledger_seers()))
$$;

CREATE FUNCTION public.topics_of(process text) RETURNS text[]
    LANGUAGE sql IMMUTABLE
    AS $$
  select array_agg('topic:' || array_to_string(words[1:n], '-'))
  from (select string_to_array(process, '-') as words) p, generate_series(1, cardinality(words)) n
$$;

CREATE FUNCTION public.uses_authority(bureau text, unit text) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
  select bureau = plumbline_bureau() and (
    (plumbline_actor() = 'client' and plumbline_has_scope('authority:use'))
    or (plumbline_actor() = 'person' and unit = any (plumbline_units())))
$$;

CREATE TABLE public.advice_decision (
    advice_id text NOT NULL,
    bureau_id text NOT NULL,
    outcome text NOT NULL,
    reference text NOT NULL,
    reason text NOT NULL,
    decided_by text NOT NULL,
    decided_at timestamp with time zone NOT NULL,
    CONSTRAINT advice_decision_outcome_check CHECK ((outcome = ANY (ARRAY['CONTROL'::text, 'TASK'::text, 'DECLINED'::text])))
);

ALTER TABLE ONLY public.advice_decision FORCE ROW LEVEL SECURITY;

CREATE TABLE public.aggregate_gate (
    stream text NOT NULL,
    aggregate_id text NOT NULL,
    version bigint NOT NULL
);

CREATE TABLE public.aggregate_version (
    aggregate_id text NOT NULL,
    version bigint NOT NULL
);

CREATE TABLE public.alert_entry (
    alert_id text NOT NULL,
    bureau_id text NOT NULL,
    kind text NOT NULL,
    phase text NOT NULL,
    grade text,
    unit_id text NOT NULL,
    unit_ids text[] NOT NULL,
    point_id text NOT NULL,
    matter_id text NOT NULL,
    domain text NOT NULL,
    facts jsonb NOT NULL,
    raised_at timestamp with time zone NOT NULL,
    indicator_version_id text,
    limits text NOT NULL,
    acknowledge_due date NOT NULL,
    verify_due date,
    seers text[] NOT NULL
);

ALTER TABLE ONLY public.alert_entry FORCE ROW LEVEL SECURITY;

CREATE TABLE public.alert_ledger (
    alert_id text NOT NULL,
    point_id text NOT NULL,
    bureau_id text NOT NULL,
    unit_id text NOT NULL,
    matter_id text NOT NULL,
    kind text NOT NULL,
    phase text NOT NULL,
    grade text,
    raised_at timestamp with time zone NOT NULL,
    CONSTRAINT alert_ledger_grade_check CHECK ((grade = ANY (ARRAY['LOW'::text, 'MEDIUM'::text, 'HIGH'::text]))),
    CONSTRAINT alert_ledger_phase_check CHECK ((phase = ANY (ARRAY['EX_ANTE'::text, 'IN_PROCESS'::text, 'EX_POST'::text])))
);

ALTER TABLE ONLY public.alert_ledger FORCE ROW LEVEL SECURITY;

CREATE TABLE public.alert_line (
    alert_id text NOT NULL,
    bureau_id text NOT NULL,
    "position" integer NOT NULL,
    part text NOT NULL,
    person_id text NOT NULL,
    post_id text,
    unit_id text,
    basis text NOT NULL,
    CONSTRAINT alert_line_part_check CHECK ((part = ANY (ARRAY['ANSWERABLE'::text, 'MANAGER'::text, 'MONITOR'::text, 'TRACKER'::text, 'VERIFIER'::text, 'INFORMED'::text])))
);

ALTER TABLE ONLY public.alert_line FORCE ROW LEVEL SECURITY;

CREATE TABLE public.alert_progress (
    alert_id text NOT NULL,
    step text NOT NULL,
    bureau_id text NOT NULL,
    unit_id text NOT NULL,
    at timestamp with time zone NOT NULL,
    outcome text,
    incident_id text,
    CONSTRAINT alert_progress_check CHECK (((step = 'RESOLVED'::text) = (outcome IS NOT NULL))),
    CONSTRAINT alert_progress_outcome_check CHECK ((outcome = ANY (ARRAY['CONFIRMED'::text, 'EXPLAINED'::text, 'FALSE_POSITIVE'::text, 'CORRECTED'::text, 'OVERRIDDEN'::text, 'ABANDONED'::text, 'SETTLED'::text]))),
    CONSTRAINT alert_progress_step_check CHECK ((step = ANY (ARRAY['ACKNOWLEDGED'::text, 'RESOLVED'::text])))
);

ALTER TABLE ONLY public.alert_progress FORCE ROW LEVEL SECURITY;

CREATE TABLE public.alert_seer (
    bureau_id text NOT NULL,
    seer text NOT NULL,
    open boolean NOT NULL,
    raised_at timestamp with time zone NOT NULL,
    alert_id text NOT NULL
);

ALTER TABLE ONLY public.alert_seer FORCE ROW LEVEL SECURITY;

CREATE TABLE public.assessed_grade (
    sequence bigint NOT NULL,
    review_id text NOT NULL,
    bureau_id text NOT NULL,
    grade text NOT NULL,
    by_method text,
    effective_from date NOT NULL,
    reason text NOT NULL,
    upper_opinion text NOT NULL,
    put_up_by text NOT NULL,
    put_up_at timestamp with time zone NOT NULL,
    CONSTRAINT assessed_grade_by_method_check CHECK ((by_method = ANY (ARRAY['LOW'::text, 'MEDIUM'::text, 'HIGH'::text]))),
    CONSTRAINT assessed_grade_grade_check CHECK ((grade = ANY (ARRAY['LOW'::text, 'MEDIUM'::text, 'HIGH'::text])))
);

ALTER TABLE ONLY public.assessed_grade FORCE ROW LEVEL SECURITY;

ALTER TABLE public.assessed_grade ALTER COLUMN sequence ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.assessed_grade_sequence_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.assessment_round (
    review_id text NOT NULL,
    number integer NOT NULL,
    bureau_id text NOT NULL,
    votes jsonb NOT NULL,
    likelihood integer NOT NULL,
    severity integer NOT NULL,
    likelihood_spread double precision NOT NULL,
    severity_spread double precision NOT NULL,
    settled boolean NOT NULL,
    closed_by text NOT NULL,
    closed_at timestamp with time zone NOT NULL,
    CONSTRAINT assessment_round_check CHECK (((number = 1) OR settled)),
    CONSTRAINT assessment_round_likelihood_check CHECK (((likelihood >= 1) AND (likelihood <= 5))),
    CONSTRAINT assessment_round_number_check CHECK ((number = ANY (ARRAY[1, 2]))),
    CONSTRAINT assessment_round_severity_check CHECK (((severity >= 1) AND (severity <= 5)))
);

ALTER TABLE ONLY public.assessment_round FORCE ROW LEVEL SECURITY;

CREATE TABLE public.assessment_vote (
    review_id text NOT NULL,
    round integer NOT NULL,
    person_id text NOT NULL,
    bureau_id text NOT NULL,
    likelihood integer NOT NULL,
    severity integer NOT NULL,
    opinion text NOT NULL,
    cast_at timestamp with time zone NOT NULL,
    CONSTRAINT assessment_vote_likelihood_check CHECK (((likelihood >= 1) AND (likelihood <= 5))),
    CONSTRAINT assessment_vote_round_check CHECK ((round = ANY (ARRAY[1, 2]))),
    CONSTRAINT assessment_vote_severity_check CHECK (((severity >= 1) AND (severity <= 5)))
);

ALTER TABLE ONLY public.assessment_vote FORCE ROW LEVEL SECURITY;

CREATE TABLE public.audit_checkpoint (
    size bigint NOT NULL,
    root bytea NOT NULL,
    note text NOT NULL,
    signed_at timestamp with time zone NOT NULL
);

CREATE TABLE public.audit_entry (
    id text NOT NULL,
    seq bigint,
    bureau_id text NOT NULL,
    actor text,
    action text NOT NULL,
    object_type text NOT NULL,
    object_id text,
    at timestamp with time zone NOT NULL,
    salt bytea,
    detail text,
    commitment bytea NOT NULL
);

ALTER TABLE ONLY public.audit_entry FORCE ROW LEVEL SECURITY;

CREATE TABLE public.audit_node (
    level smallint NOT NULL,
    index bigint NOT NULL,
    hash bytea NOT NULL
);

CREATE TABLE public.authority_grant (
    id text NOT NULL,
    bureau_id text NOT NULL,
    code text NOT NULL,
    grantor_post text NOT NULL,
    grantor_unit text NOT NULL,
    grantee_unit text NOT NULL,
    operations text[] NOT NULL,
    valid_from date NOT NULL,
    valid_until date NOT NULL,
    reason text NOT NULL,
    granted_by text NOT NULL,
    granted_at timestamp with time zone NOT NULL,
    CONSTRAINT authority_grant_check CHECK ((valid_until > valid_from)),
    CONSTRAINT authority_grant_check1 CHECK ((grantor_unit <> grantee_unit)),
    CONSTRAINT authority_grant_operations_check CHECK ((operations <> '{}'::text[]))
);

ALTER TABLE ONLY public.authority_grant FORCE ROW LEVEL SECURITY;

CREATE TABLE public.authority_revocation (
    grant_id text NOT NULL,
    bureau_id text NOT NULL,
    revoked_on date NOT NULL,
    reason text NOT NULL,
    revoked_by text NOT NULL,
    revoked_at timestamp with time zone NOT NULL,
    CONSTRAINT authority_revocation_reason_check CHECK ((reason <> ''::text))
);

ALTER TABLE ONLY public.authority_revocation FORCE ROW LEVEL SECURITY;

CREATE TABLE public.authority_use (
    id text NOT NULL,
    bureau_id text NOT NULL,
    grant_id text NOT NULL,
    operation text NOT NULL,
    reference text NOT NULL,
    person_id text NOT NULL,
    used_at timestamp with time zone NOT NULL,
    recorded_by text NOT NULL,
    recorded_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.authority_use FORCE ROW LEVEL SECURITY;

CREATE TABLE public.avoidance_closing (
    finding_id text NOT NULL,
    bureau_id text NOT NULL,
    closed_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.avoidance_closing FORCE ROW LEVEL SECURITY;

CREATE TABLE public.avoidance_finding (
    id text NOT NULL,
    bureau_id text NOT NULL,
    person_id text NOT NULL,
    kin_id text NOT NULL,
    bar text NOT NULL,
    post_id text NOT NULL,
    kin_post_id text NOT NULL,
    found_at timestamp with time zone NOT NULL,
    CONSTRAINT avoidance_finding_bar_check CHECK ((bar = ANY (ARRAY['DIRECT_LINE'::text, 'SAME_LEADER'::text, 'GUARDED_WORK'::text])))
);

ALTER TABLE ONLY public.avoidance_finding FORCE ROW LEVEL SECURITY;

CREATE TABLE public.bureau_display (
    sequence bigint NOT NULL,
    bureau_id text NOT NULL,
    profile text NOT NULL,
    valid_from date NOT NULL,
    recorded_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.bureau_display FORCE ROW LEVEL SECURITY;

ALTER TABLE public.bureau_display ALTER COLUMN sequence ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.bureau_display_sequence_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.bureau_entry (
    sequence bigint NOT NULL,
    bureau_id text NOT NULL,
    kind text NOT NULL,
    code text NOT NULL,
    body jsonb NOT NULL,
    retired boolean NOT NULL,
    valid_from date NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by text NOT NULL
);

ALTER TABLE ONLY public.bureau_entry FORCE ROW LEVEL SECURITY;

ALTER TABLE public.bureau_entry ALTER COLUMN sequence ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.bureau_entry_sequence_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.catalogue (
    urn text NOT NULL,
    version text NOT NULL,
    title_zh text NOT NULL,
    title_en text NOT NULL,
    source text NOT NULL,
    bounds jsonb NOT NULL,
    digest text NOT NULL,
    published_by text,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT catalogue_urn_check CHECK ((urn ~ '^urn:plumbline:[a-z0-9:-]{1,80}$'::text))
);

ALTER TABLE ONLY public.catalogue FORCE ROW LEVEL SECURITY;

CREATE TABLE public.catalogue_entry (
    urn text NOT NULL,
    version text NOT NULL,
    kind text NOT NULL,
    code text NOT NULL,
    body jsonb NOT NULL
);

ALTER TABLE ONLY public.catalogue_entry FORCE ROW LEVEL SECURITY;

CREATE TABLE public.catalogue_use (
    sequence bigint NOT NULL,
    bureau_id text NOT NULL,
    urn text NOT NULL,
    version text NOT NULL,
    valid_from date NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by text NOT NULL
);

ALTER TABLE ONLY public.catalogue_use FORCE ROW LEVEL SECURITY;

ALTER TABLE public.catalogue_use ALTER COLUMN sequence ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.catalogue_use_sequence_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.control_test (
    id text NOT NULL,
    bureau_id text NOT NULL,
    control text NOT NULL,
    aspect text NOT NULL,
    effective boolean NOT NULL,
    deficiency text NOT NULL,
    evidence text NOT NULL,
    tested_by text NOT NULL,
    tested_at timestamp with time zone NOT NULL,
    CONSTRAINT control_test_aspect_check CHECK ((aspect = ANY (ARRAY['DESIGN'::text, 'OPERATING'::text]))),
    CONSTRAINT control_test_check CHECK ((effective = (deficiency = ''::text))),
    CONSTRAINT control_test_deficiency_check CHECK ((deficiency = ANY (ARRAY[''::text, 'DESIGN_DEFECT'::text, 'EXECUTION_DEVIATION'::text])))
);

ALTER TABLE ONLY public.control_test FORCE ROW LEVEL SECURITY;

CREATE TABLE public.cycle_stage (
    sequence bigint NOT NULL,
    cycle_id text NOT NULL,
    bureau_id text NOT NULL,
    stage text NOT NULL,
    recorded_by text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT cycle_stage_stage_check CHECK ((stage = ANY (ARRAY['IDENTIFY'::text, 'ASSESS'::text, 'CONTROL'::text, 'MONITOR'::text, 'ENDED'::text])))
);

ALTER TABLE ONLY public.cycle_stage FORCE ROW LEVEL SECURITY;

ALTER TABLE public.cycle_stage ALTER COLUMN sequence ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.cycle_stage_sequence_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.dead_event (
    stream text NOT NULL,
    seq bigint NOT NULL,
    event_id text NOT NULL,
    subject text NOT NULL,
    aggregate_id text NOT NULL,
    body text NOT NULL,
    error text NOT NULL,
    failed_at timestamp with time zone NOT NULL
);

CREATE TABLE public.dead_timer (
    id text NOT NULL,
    bureau_id text,
    kind text NOT NULL,
    ref text NOT NULL,
    fire_at timestamp with time zone NOT NULL,
    payload jsonb NOT NULL,
    error text NOT NULL,
    failed_at timestamp with time zone NOT NULL
);

CREATE TABLE public.deviation (
    alert_id text NOT NULL,
    bureau_id text NOT NULL,
    process text NOT NULL,
    unit_ids text[] NOT NULL,
    outcome text NOT NULL,
    answerers text[] NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT deviation_outcome_check CHECK ((outcome = ANY (ARRAY['CONFIRMED'::text, 'OVERRIDDEN'::text, 'CORRECTED'::text])))
);

ALTER TABLE ONLY public.deviation FORCE ROW LEVEL SECURITY;

CREATE TABLE public.deviation_answer (
    alert_id text NOT NULL,
    bureau_id text NOT NULL,
    deficiency text NOT NULL,
    correction text NOT NULL,
    answered_by text NOT NULL,
    answered_at timestamp with time zone NOT NULL,
    CONSTRAINT deviation_answer_deficiency_check CHECK ((deficiency = ANY (ARRAY['DESIGN_DEFECT'::text, 'EXECUTION_DEVIATION'::text])))
);

ALTER TABLE ONLY public.deviation_answer FORCE ROW LEVEL SECURITY;

CREATE TABLE public.discretion_publication (
    standard_version_id text NOT NULL,
    bureau_id text NOT NULL,
    effective_from date NOT NULL,
    approver text NOT NULL,
    published_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.discretion_publication FORCE ROW LEVEL SECURITY;

CREATE TABLE public.discretion_standard (
    id text NOT NULL,
    bureau_id text NOT NULL,
    code text NOT NULL,
    version integer NOT NULL,
    body jsonb NOT NULL,
    author text NOT NULL,
    drafted_at timestamp with time zone NOT NULL,
    CONSTRAINT discretion_standard_version_check CHECK ((version > 0))
);

ALTER TABLE ONLY public.discretion_standard FORCE ROW LEVEL SECURITY;

CREATE TABLE public.display_profile (
    profile text NOT NULL,
    grade text NOT NULL,
    colour text NOT NULL,
    word_zh text NOT NULL,
    word_en text NOT NULL,
    citation text NOT NULL,
    CONSTRAINT display_profile_grade_check CHECK ((grade = ANY (ARRAY['LOW'::text, 'MEDIUM'::text, 'HIGH'::text])))
);

CREATE TABLE public.disposition_acceptance (
    disposition bigint NOT NULL,
    bureau_id text NOT NULL,
    accepted_by text NOT NULL,
    accepted_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.disposition_acceptance FORCE ROW LEVEL SECURITY;

CREATE TABLE public.entry_draft (
    id text NOT NULL,
    bureau_id text NOT NULL,
    kind text NOT NULL,
    code text NOT NULL,
    body jsonb NOT NULL,
    retired boolean NOT NULL,
    effective_from date NOT NULL,
    drafted_by text NOT NULL,
    drafted_at timestamp with time zone NOT NULL,
    accepted boolean,
    reason text,
    decided_by text,
    decided_at timestamp with time zone,
    CONSTRAINT entry_draft_check CHECK (((decided_at IS NULL) = (accepted IS NULL))),
    CONSTRAINT entry_draft_check1 CHECK ((decided_by IS DISTINCT FROM drafted_by))
);

ALTER TABLE ONLY public.entry_draft FORCE ROW LEVEL SECURITY;

CREATE TABLE public.evidence (
    effect text NOT NULL,
    event_id text NOT NULL,
    point_id text NOT NULL,
    bureau_id text NOT NULL,
    kind text NOT NULL,
    source_id text NOT NULL,
    occurred_on date NOT NULL,
    known_at timestamp with time zone NOT NULL,
    reverses text,
    CONSTRAINT evidence_kind_check CHECK ((kind = ANY (ARRAY['ALERT'::text, 'INCIDENT'::text, 'COMPLAINT'::text, 'FINDING'::text, 'UNSIGNED_FINDING'::text])))
);

ALTER TABLE ONLY public.evidence FORCE ROW LEVEL SECURITY;

CREATE TABLE public.evidence_answer (
    review_id text NOT NULL,
    proposal_id text NOT NULL,
    point_id text NOT NULL,
    bureau_id text NOT NULL
);

ALTER TABLE ONLY public.evidence_answer FORCE ROW LEVEL SECURITY;

CREATE TABLE public.evidence_proposal (
    id text NOT NULL,
    point_id text NOT NULL,
    bureau_id text NOT NULL,
    standing bigint NOT NULL,
    from_grade text NOT NULL,
    to_grade text NOT NULL,
    probability double precision NOT NULL,
    evidence_scheme text NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    CONSTRAINT evidence_proposal_check CHECK (((from_grade = 'LOW'::text) OR (to_grade = 'HIGH'::text))),
    CONSTRAINT evidence_proposal_from_grade_check CHECK ((from_grade = ANY (ARRAY['LOW'::text, 'MEDIUM'::text]))),
    CONSTRAINT evidence_proposal_to_grade_check CHECK ((to_grade = ANY (ARRAY['MEDIUM'::text, 'HIGH'::text])))
);

ALTER TABLE ONLY public.evidence_proposal FORCE ROW LEVEL SECURITY;

CREATE TABLE public.evidence_scheme (
    version text NOT NULL,
    bands double precision[] NOT NULL,
    means double precision[] NOT NULL,
    assumed_likelihood integer[] NOT NULL,
    assumed_severity integer[] NOT NULL,
    half_life_days double precision NOT NULL,
    unverified_cap double precision NOT NULL,
    propose_at double precision NOT NULL,
    release_at double precision NOT NULL,
    panel_years double precision NOT NULL,
    batch_others integer NOT NULL,
    citation text NOT NULL,
    effective_from date NOT NULL,
    sibling_years double precision DEFAULT 0 NOT NULL,
    min_siblings integer DEFAULT 6 NOT NULL,
    sibling_step double precision DEFAULT 1.25 NOT NULL,
    CONSTRAINT evidence_scheme_assumed_likelihood_check CHECK ((cardinality(assumed_likelihood) = 3)),
    CONSTRAINT evidence_scheme_assumed_severity_check CHECK ((cardinality(assumed_severity) = 3)),
    CONSTRAINT evidence_scheme_bands_check CHECK ((cardinality(bands) = 4)),
    CONSTRAINT evidence_scheme_batch_others_check CHECK ((batch_others >= 1)),
    CONSTRAINT evidence_scheme_check CHECK ((release_at < propose_at)),
    CONSTRAINT evidence_scheme_half_life_days_check CHECK ((half_life_days > (0)::double precision)),
    CONSTRAINT evidence_scheme_means_check CHECK ((cardinality(means) = 5)),
    CONSTRAINT evidence_scheme_min_siblings_check CHECK ((min_siblings >= 6)),
    CONSTRAINT evidence_scheme_panel_years_check CHECK ((panel_years > (0)::double precision)),
    CONSTRAINT evidence_scheme_sibling_step_check CHECK ((sibling_step > (1)::double precision)),
    CONSTRAINT evidence_scheme_sibling_years_check CHECK ((sibling_years >= (0)::double precision)),
    CONSTRAINT evidence_scheme_unverified_cap_check CHECK ((unverified_cap >= (0)::double precision))
);

ALTER TABLE ONLY public.evidence_scheme FORCE ROW LEVEL SECURITY;

CREATE TABLE public.evidence_weight (
    version text NOT NULL,
    kind text NOT NULL,
    weight double precision NOT NULL,
    verified boolean NOT NULL,
    CONSTRAINT evidence_weight_kind_check CHECK ((kind = ANY (ARRAY['ALERT'::text, 'INCIDENT'::text, 'COMPLAINT'::text, 'FINDING'::text, 'UNSIGNED_FINDING'::text, 'SIGNAL'::text]))),
    CONSTRAINT evidence_weight_weight_check CHECK ((weight > (0)::double precision))
);

ALTER TABLE ONLY public.evidence_weight FORCE ROW LEVEL SECURITY;

CREATE TABLE public.grade_dissent (
    review_id text NOT NULL,
    person_id text NOT NULL,
    bureau_id text NOT NULL,
    reason text NOT NULL,
    recorded_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.grade_dissent FORCE ROW LEVEL SECURITY;

CREATE TABLE public.grade_sign_off (
    sequence bigint NOT NULL,
    review_id text NOT NULL,
    bureau_id text NOT NULL,
    seat text NOT NULL,
    person_id text NOT NULL,
    state_hash text NOT NULL,
    state text NOT NULL,
    signed_at timestamp with time zone NOT NULL,
    CONSTRAINT grade_sign_off_check CHECK ((state_hash = encode(sha256(convert_to(state, 'UTF8'::name)), 'hex'::text))),
    CONSTRAINT grade_sign_off_seat_check CHECK ((seat = ANY (ARRAY['HEAD'::text, 'DISCIPLINE'::text])))
);

ALTER TABLE ONLY public.grade_sign_off FORCE ROW LEVEL SECURITY;

ALTER TABLE public.grade_sign_off ALTER COLUMN sequence ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.grade_sign_off_sequence_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.grading_anchor (
    version text NOT NULL,
    factor text NOT NULL,
    value smallint NOT NULL,
    word_zh text NOT NULL,
    word_en text NOT NULL,
    citation text NOT NULL,
    CONSTRAINT grading_anchor_citation_check CHECK ((citation <> ''::text)),
    CONSTRAINT grading_anchor_factor_check CHECK ((factor = ANY (ARRAY['LIKELIHOOD'::text, 'SEVERITY'::text]))),
    CONSTRAINT grading_anchor_value_check CHECK (((value >= 1) AND (value <= 5))),
    CONSTRAINT grading_anchor_word_en_check CHECK ((word_en <> ''::text)),
    CONSTRAINT grading_anchor_word_zh_check CHECK ((word_zh <> ''::text))
);

ALTER TABLE ONLY public.grading_anchor FORCE ROW LEVEL SECURITY;

CREATE TABLE public.grading_decision (
    review_id text NOT NULL,
    bureau_id text NOT NULL,
    grade text,
    proposed text,
    effective_from date NOT NULL,
    reason text NOT NULL,
    closed_by text NOT NULL,
    closed_at timestamp with time zone NOT NULL,
    CONSTRAINT grading_decision_grade_check CHECK ((grade = ANY (ARRAY['LOW'::text, 'MEDIUM'::text, 'HIGH'::text]))),
    CONSTRAINT grading_decision_proposed_check CHECK ((proposed = ANY (ARRAY['LOW'::text, 'MEDIUM'::text, 'HIGH'::text])))
);

ALTER TABLE ONLY public.grading_decision FORCE ROW LEVEL SECURITY;

CREATE TABLE public.grading_review (
    id text NOT NULL,
    point_id text NOT NULL,
    bureau_id text NOT NULL,
    scheme text NOT NULL,
    member_ids text[] NOT NULL,
    recused_ids text[] NOT NULL,
    opened_by text NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    kind text DEFAULT 'GRADE'::text NOT NULL,
    proposal_id text,
    CONSTRAINT grading_review_kind_check CHECK ((kind = ANY (ARRAY['GRADE'::text, 'FACTORS'::text])))
);

ALTER TABLE ONLY public.grading_review FORCE ROW LEVEL SECURITY;

CREATE TABLE public.grading_scheme (
    version text NOT NULL,
    method text NOT NULL,
    medium_from integer NOT NULL,
    high_from integer NOT NULL,
    quorum integer NOT NULL,
    citation text NOT NULL,
    effective_from date NOT NULL,
    family text DEFAULT 'S1_THREE_COLOURS'::text NOT NULL,
    grid text[],
    bureau_id text,
    second_round_over integer DEFAULT 1 NOT NULL,
    factors_only boolean DEFAULT false NOT NULL,
    published_by text,
    CONSTRAINT grading_scheme_check CHECK ((medium_from < high_from)),
    CONSTRAINT grading_scheme_check1 CHECK (((method = 'MATRIX'::text) = (grid IS NOT NULL))),
    CONSTRAINT grading_scheme_check2 CHECK (((bureau_id IS NULL) OR starts_with(version, (bureau_id || '.'::text)))),
    CONSTRAINT grading_scheme_family_check CHECK ((family = ANY (ARRAY['S1_THREE_COLOURS'::text, 'S2_HIGH_MEDIUM_LOW'::text]))),
    CONSTRAINT grading_scheme_high_from_check CHECK (((high_from >= 2) AND (high_from <= 5))),
    CONSTRAINT grading_scheme_medium_from_check CHECK (((medium_from >= 2) AND (medium_from <= 5))),
    CONSTRAINT grading_scheme_method_check CHECK ((method = ANY (ARRAY['MAX'::text, 'MATRIX'::text]))),
    CONSTRAINT grading_scheme_quorum_check CHECK (((quorum >= 5) AND ((quorum % 2) = 1))),
    CONSTRAINT grading_scheme_second_round_over_check CHECK ((second_round_over >= 0))
);

ALTER TABLE ONLY public.grading_scheme FORCE ROW LEVEL SECURITY;

CREATE TABLE public.grading_vote (
    review_id text NOT NULL,
    person_id text NOT NULL,
    bureau_id text NOT NULL,
    grade text NOT NULL,
    likelihood integer,
    severity integer,
    opinion text NOT NULL,
    cast_at timestamp with time zone NOT NULL,
    CONSTRAINT grading_vote_check CHECK (((likelihood IS NULL) = (severity IS NULL))),
    CONSTRAINT grading_vote_grade_check CHECK ((grade = ANY (ARRAY['LOW'::text, 'MEDIUM'::text, 'HIGH'::text]))),
    CONSTRAINT grading_vote_likelihood_check CHECK (((likelihood >= 1) AND (likelihood <= 5))),
    CONSTRAINT grading_vote_severity_check CHECK (((severity >= 1) AND (severity <= 5)))
);

ALTER TABLE ONLY public.grading_vote FORCE ROW LEVEL SECURITY;

CREATE TABLE public.handbook_edition (
    sequence bigint NOT NULL,
    id text NOT NULL,
    bureau_id text NOT NULL,
    scope text NOT NULL,
    subject_id text NOT NULL,
    as_of date NOT NULL,
    sha256 text NOT NULL,
    points integer NOT NULL,
    post_ids text[] NOT NULL,
    unit_ids text[] NOT NULL,
    content bytea NOT NULL,
    issued_by text NOT NULL,
    issued_at timestamp with time zone NOT NULL,
    CONSTRAINT handbook_edition_check CHECK ((sha256 = encode(sha256(content), 'hex'::text))),
    CONSTRAINT handbook_edition_check1 CHECK (((scope = 'BUREAU'::text) OR ((cardinality(post_ids) > 0) AND (cardinality(unit_ids) > 0)))),
    CONSTRAINT handbook_edition_scope_check CHECK ((scope = ANY (ARRAY['POST'::text, 'PERSON'::text, 'BUREAU'::text])))
);

ALTER TABLE ONLY public.handbook_edition FORCE ROW LEVEL SECURITY;

ALTER TABLE public.handbook_edition ALTER COLUMN sequence ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.handbook_edition_sequence_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.handbook_rule (
    version bigint NOT NULL,
    bureau_id text NOT NULL,
    cycle_months integer NOT NULL,
    volume_points integer NOT NULL,
    volume_diagrams integer NOT NULL,
    citation text NOT NULL,
    valid_from date NOT NULL,
    chosen_by text NOT NULL,
    chosen_at timestamp with time zone NOT NULL,
    CONSTRAINT handbook_rule_citation_check CHECK ((citation <> ''::text)),
    CONSTRAINT handbook_rule_cycle_months_check CHECK (((cycle_months >= 1) AND (cycle_months <= 60))),
    CONSTRAINT handbook_rule_volume_diagrams_check CHECK (((volume_diagrams >= 1) AND (volume_diagrams <= 500))),
    CONSTRAINT handbook_rule_volume_points_check CHECK (((volume_points >= 1) AND (volume_points <= 2000)))
);

ALTER TABLE ONLY public.handbook_rule FORCE ROW LEVEL SECURITY;

ALTER TABLE public.handbook_rule ALTER COLUMN version ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.handbook_rule_version_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.handbook_volume (
    edition_id text NOT NULL,
    number integer NOT NULL,
    bureau_id text NOT NULL,
    sha256 text NOT NULL,
    points integer NOT NULL,
    content bytea NOT NULL,
    CONSTRAINT handbook_volume_check CHECK ((sha256 = encode(sha256(content), 'hex'::text))),
    CONSTRAINT handbook_volume_number_check CHECK ((number > 1))
);

ALTER TABLE ONLY public.handbook_volume FORCE ROW LEVEL SECURITY;

CREATE TABLE public.heightened_monitoring (
    signal_id text NOT NULL,
    point_id text NOT NULL,
    bureau_id text NOT NULL,
    since date NOT NULL
);

ALTER TABLE ONLY public.heightened_monitoring FORCE ROW LEVEL SECURITY;

CREATE TABLE public.idempotency (
    actor text NOT NULL,
    bureau_id text NOT NULL,
    key text NOT NULL,
    fingerprint bytea NOT NULL,
    result text NOT NULL,
    created_at timestamp with time zone NOT NULL
);

CREATE TABLE public.identification_cycle (
    id text NOT NULL,
    bureau_id text NOT NULL,
    title text NOT NULL,
    opens_on date NOT NULL,
    due_on date NOT NULL,
    opened_by text NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    CONSTRAINT identification_cycle_check CHECK ((due_on >= opens_on))
);

ALTER TABLE ONLY public.identification_cycle FORCE ROW LEVEL SECURITY;

CREATE TABLE public.identification_step (
    sequence bigint NOT NULL,
    cycle_id text NOT NULL,
    bureau_id text NOT NULL,
    person_id text NOT NULL,
    post_id text NOT NULL,
    unit_id text NOT NULL,
    step text NOT NULL,
    lines jsonb NOT NULL,
    saved_at timestamp with time zone NOT NULL,
    CONSTRAINT identification_step_step_check CHECK ((step = ANY (ARRAY['DUTIES'::text, 'POWERS'::text, 'RISKS'::text])))
);

ALTER TABLE ONLY public.identification_step FORCE ROW LEVEL SECURITY;

ALTER TABLE public.identification_step ALTER COLUMN sequence ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.identification_step_sequence_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.indicator_activation (
    version_id text NOT NULL,
    bureau_id text NOT NULL,
    effective_from date NOT NULL,
    evidence jsonb NOT NULL,
    approver text NOT NULL,
    activated_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.indicator_activation FORCE ROW LEVEL SECURITY;

CREATE TABLE public.indicator_retirement (
    sequence bigint NOT NULL,
    bureau_id text NOT NULL,
    code text NOT NULL,
    retired_from date NOT NULL,
    reason text NOT NULL,
    retired_by text NOT NULL,
    retired_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.indicator_retirement FORCE ROW LEVEL SECURITY;

ALTER TABLE public.indicator_retirement ALTER COLUMN sequence ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.indicator_retirement_sequence_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.indicator_tuning (
    id text NOT NULL,
    bureau_id text NOT NULL,
    from_version_id text NOT NULL,
    draft_version_id text NOT NULL,
    evidence jsonb NOT NULL,
    false_positives text[] NOT NULL,
    reason text NOT NULL,
    proposed_by text NOT NULL,
    proposed_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.indicator_tuning FORCE ROW LEVEL SECURITY;

CREATE TABLE public.indicator_version (
    id text NOT NULL,
    bureau_id text NOT NULL,
    code text NOT NULL,
    version integer NOT NULL,
    alert_kind text NOT NULL,
    body jsonb NOT NULL,
    author text NOT NULL,
    drafted_at timestamp with time zone NOT NULL,
    CONSTRAINT indicator_version_version_check CHECK ((version > 0))
);

ALTER TABLE ONLY public.indicator_version FORCE ROW LEVEL SECURITY;

CREATE TABLE public.kin_declaration (
    id text NOT NULL,
    bureau_id text NOT NULL,
    person_id text NOT NULL,
    kin_id text NOT NULL,
    relation text NOT NULL,
    declared_by text NOT NULL,
    declared_at timestamp with time zone NOT NULL,
    CONSTRAINT kin_declaration_check CHECK ((kin_id <> person_id)),
    CONSTRAINT kin_declaration_relation_check CHECK ((relation = ANY (ARRAY['SPOUSE'::text, 'LINEAL'::text, 'COLLATERAL'::text, 'NEAR_IN_LAW'::text])))
);

ALTER TABLE ONLY public.kin_declaration FORCE ROW LEVEL SECURITY;

CREATE TABLE public.kin_withdrawal (
    declaration_id text NOT NULL,
    bureau_id text NOT NULL,
    reason text NOT NULL,
    withdrawn_by text NOT NULL,
    withdrawn_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.kin_withdrawal FORCE ROW LEVEL SECURITY;

CREATE TABLE public.matter_month (
    bureau_id text NOT NULL,
    unit_id text NOT NULL,
    process text NOT NULL,
    month date NOT NULL,
    accepted integer DEFAULT 0 NOT NULL,
    closed integer DEFAULT 0 NOT NULL,
    CONSTRAINT matter_month_accepted_check CHECK ((accepted >= 0)),
    CONSTRAINT matter_month_closed_check CHECK ((closed >= 0)),
    CONSTRAINT matter_month_month_check CHECK ((month = (date_trunc('month'::text, (month)::timestamp with time zone))::date))
);

ALTER TABLE ONLY public.matter_month FORCE ROW LEVEL SECURITY;

CREATE TABLE public.org_assignment (
    person_id text NOT NULL,
    id text NOT NULL,
    bureau_id text NOT NULL,
    post_id text NOT NULL,
    unit_id text NOT NULL,
    kind text NOT NULL,
    effective_from date,
    effective_to date
);

CREATE TABLE public.org_bureau (
    id text NOT NULL,
    parent_id text,
    name text NOT NULL,
    name_en text NOT NULL,
    level text NOT NULL,
    effective_from date,
    effective_to date
);

CREATE TABLE public.org_calendar (
    bureau_id text NOT NULL,
    version text NOT NULL,
    first_day date NOT NULL,
    horizon date NOT NULL,
    off_days date[] NOT NULL,
    made_up_days date[] NOT NULL
);

CREATE TABLE public.org_delegation (
    id text NOT NULL,
    bureau_id text NOT NULL,
    grantor_person_id text NOT NULL,
    delegate_person_id text NOT NULL,
    authority text NOT NULL,
    unit_id text,
    effective_from date,
    effective_to date,
    revoked boolean NOT NULL
);

CREATE TABLE public.org_duty (
    roster_id text NOT NULL,
    bureau_id text NOT NULL,
    on_day date NOT NULL,
    rank integer NOT NULL,
    person_id text NOT NULL
);

CREATE TABLE public.org_person (
    id text NOT NULL,
    bureau_id text NOT NULL,
    name text NOT NULL,
    name_en text NOT NULL,
    account text,
    managed_by_bureau_id text,
    enforcement_qualified boolean NOT NULL
);

CREATE TABLE public.org_post (
    id text NOT NULL,
    bureau_id text NOT NULL,
    unit_id text NOT NULL,
    title text NOT NULL,
    title_en text NOT NULL,
    kind text NOT NULL,
    effective_from date,
    effective_to date
);

CREATE TABLE public.org_role_grant (
    person_id text NOT NULL,
    id text NOT NULL,
    bureau_id text NOT NULL,
    role text NOT NULL,
    unit_id text,
    domain text,
    effective_from date,
    effective_to date
);

CREATE TABLE public.org_status (
    person_id text NOT NULL,
    ordinal integer NOT NULL,
    bureau_id text NOT NULL,
    status text NOT NULL,
    effective_from date,
    effective_to date
);

CREATE TABLE public.org_unit (
    id text NOT NULL,
    bureau_id text NOT NULL,
    parent_id text,
    name text NOT NULL,
    name_en text NOT NULL,
    kind text NOT NULL,
    functions text[] NOT NULL,
    head_post_id text,
    deputy_in_charge_post_id text,
    effective_from date,
    effective_to date
);

CREATE TABLE public.org_version (
    bureau_id text NOT NULL,
    version uuid NOT NULL
);

CREATE TABLE public.outbox (
    id bigint NOT NULL,
    event_id text NOT NULL,
    subject text NOT NULL,
    aggregate_id text NOT NULL,
    aggregate_version bigint NOT NULL,
    bureau_id text NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    traceparent text,
    data text NOT NULL,
    sent_at timestamp with time zone
);

ALTER TABLE public.outbox ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.outbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.parked_aggregate (
    stream text NOT NULL,
    aggregate_id text NOT NULL,
    since_seq bigint NOT NULL
);

CREATE TABLE public.prevention_advice (
    id text NOT NULL,
    cycle_id text NOT NULL,
    bureau_id text NOT NULL,
    point_ids text[] NOT NULL,
    advice text NOT NULL,
    advised_by text NOT NULL,
    advised_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.prevention_advice FORCE ROW LEVEL SECURITY;

CREATE TABLE public.process_draft (
    sequence bigint NOT NULL,
    version_id text NOT NULL,
    bureau_id text NOT NULL,
    graph jsonb NOT NULL,
    recorded_by text NOT NULL,
    recorded_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.process_draft FORCE ROW LEVEL SECURITY;

ALTER TABLE public.process_draft ALTER COLUMN sequence ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.process_draft_sequence_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.process_publication (
    version_id text NOT NULL,
    bureau_id text NOT NULL,
    process text NOT NULL,
    effective_from date NOT NULL,
    published_by text NOT NULL,
    published_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.process_publication FORCE ROW LEVEL SECURITY;

CREATE TABLE public.process_version (
    id text NOT NULL,
    bureau_id text NOT NULL,
    process text NOT NULL,
    number integer NOT NULL,
    base_id text,
    owner_unit_id text NOT NULL,
    drafted_by text NOT NULL,
    drafted_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.process_version FORCE ROW LEVEL SECURITY;

CREATE TABLE public.public_snapshot (
    id text NOT NULL,
    sequence bigint NOT NULL,
    bureau_id text NOT NULL,
    as_of date NOT NULL,
    content text NOT NULL,
    sha256 text NOT NULL,
    published_by text NOT NULL,
    published_at timestamp with time zone NOT NULL,
    CONSTRAINT public_snapshot_check CHECK ((sha256 = encode(sha256(convert_to(content, 'UTF8'::name)), 'hex'::text)))
);

ALTER TABLE ONLY public.public_snapshot FORCE ROW LEVEL SECURITY;

ALTER TABLE public.public_snapshot ALTER COLUMN sequence ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.public_snapshot_sequence_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.public_withdrawal (
    snapshot_id text NOT NULL,
    bureau_id text NOT NULL,
    reason text NOT NULL,
    withdrawn_by text NOT NULL,
    withdrawn_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.public_withdrawal FORCE ROW LEVEL SECURITY;

CREATE TABLE public.register_delta (
    sequence bigint NOT NULL,
    scope_id text NOT NULL,
    bureau_id text NOT NULL,
    day date NOT NULL,
    category text NOT NULL,
    grade text NOT NULL,
    change integer NOT NULL
);

ALTER TABLE ONLY public.register_delta FORCE ROW LEVEL SECURITY;

ALTER TABLE public.register_delta ALTER COLUMN sequence ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.register_delta_sequence_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.register_rollup (
    scope_id text NOT NULL,
    grain text NOT NULL,
    from_day date NOT NULL,
    category text NOT NULL,
    grade text NOT NULL,
    points integer NOT NULL,
    CONSTRAINT register_rollup_grain_check CHECK ((grain = ANY (ARRAY['DAY'::text, 'MONTH'::text, 'YEAR'::text, 'ALL'::text])))
);

ALTER TABLE ONLY public.register_rollup FORCE ROW LEVEL SECURITY;

CREATE TABLE public.register_scope (
    bureau_id text NOT NULL,
    scope_id text NOT NULL
);

ALTER TABLE ONLY public.register_scope FORCE ROW LEVEL SECURITY;

CREATE TABLE public.regulation_gap (
    id text NOT NULL,
    bureau_id text NOT NULL,
    kind text NOT NULL,
    point_id text NOT NULL,
    opened_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.regulation_gap FORCE ROW LEVEL SECURITY;

CREATE TABLE public.regulation_gap_alert (
    alert_id text NOT NULL,
    gap_id text NOT NULL,
    bureau_id text NOT NULL,
    linked_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.regulation_gap_alert FORCE ROW LEVEL SECURITY;

CREATE TABLE public.regulation_gap_answer (
    gap_id text NOT NULL,
    bureau_id text NOT NULL,
    missing boolean NOT NULL,
    advice text NOT NULL,
    entry_kind text,
    entry_code text,
    entry_body jsonb,
    answered_by text NOT NULL,
    answered_at timestamp with time zone NOT NULL,
    CONSTRAINT regulation_gap_answer_check CHECK (((missing = (entry_kind IS NOT NULL)) AND (missing = (entry_code IS NOT NULL)) AND (missing = (entry_body IS NOT NULL)))),
    CONSTRAINT regulation_gap_answer_entry_kind_check CHECK ((entry_kind = ANY (ARRAY['REGULATION'::text, 'CONTROL'::text])))
);

ALTER TABLE ONLY public.regulation_gap_answer FORCE ROW LEVEL SECURITY;

CREATE TABLE public.regulation_gap_decision (
    gap_id text NOT NULL,
    bureau_id text NOT NULL,
    accepted boolean NOT NULL,
    reason text NOT NULL,
    effective_from date,
    decided_by text NOT NULL,
    decided_at timestamp with time zone NOT NULL,
    CONSTRAINT regulation_gap_decision_check CHECK ((accepted = (effective_from IS NOT NULL)))
);

ALTER TABLE ONLY public.regulation_gap_decision FORCE ROW LEVEL SECURITY;

CREATE TABLE public.risk_disposition (
    sequence bigint NOT NULL,
    version_id text NOT NULL,
    bureau_id text NOT NULL,
    point_id text NOT NULL,
    kind text NOT NULL,
    from_step text NOT NULL,
    to_step text NOT NULL,
    receiver_post_id text NOT NULL,
    tightened text NOT NULL,
    reason text NOT NULL,
    recorded_by text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT risk_disposition_kind_check CHECK ((kind = ANY (ARRAY['TRANSFERRED_TO_POST'::text, 'REDUCED'::text, 'DISSOLVED'::text]))),
    CONSTRAINT risk_disposition_tightened_check CHECK ((tightened = ANY (ARRAY[''::text, 'STEP'::text, 'RESPONSIBLE_PERSON'::text, 'TIME_LIMIT'::text])))
);

ALTER TABLE ONLY public.risk_disposition FORCE ROW LEVEL SECURITY;

ALTER TABLE public.risk_disposition ALTER COLUMN sequence ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.risk_disposition_sequence_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.risk_point (
    id text NOT NULL,
    bureau_id text NOT NULL,
    code text NOT NULL,
    origin text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT risk_point_check CHECK ((id = ((bureau_id || '.'::text) || code))),
    CONSTRAINT risk_point_origin_check CHECK ((origin = ANY (ARRAY['REGISTER'::text, 'PUBLISHED'::text])))
);

ALTER TABLE ONLY public.risk_point FORCE ROW LEVEL SECURITY;

CREATE TABLE public.risk_point_description (
    sequence bigint NOT NULL,
    point_id text NOT NULL,
    bureau_id text NOT NULL,
    scope text NOT NULL,
    title_zh text NOT NULL,
    title_en text NOT NULL,
    post_ids text[] NOT NULL,
    unit_ids text[] NOT NULL,
    owner_unit_id text,
    post_named text NOT NULL,
    process text NOT NULL,
    step text NOT NULL,
    cause text NOT NULL,
    consequence text NOT NULL,
    controls text NOT NULL,
    source_title text NOT NULL,
    source_url text NOT NULL,
    source_locator text NOT NULL,
    traits text DEFAULT ''::text NOT NULL,
    tags text[] DEFAULT '{}'::text[] NOT NULL,
    focus text[] DEFAULT '{}'::text[] NOT NULL,
    item text DEFAULT ''::text NOT NULL,
    power text DEFAULT ''::text NOT NULL,
    CONSTRAINT risk_point_description_focus_check CHECK ((focus <@ ARRAY['POST'::text, 'DOMAIN'::text, 'STEP'::text])),
    CONSTRAINT risk_point_description_scope_check CHECK ((scope = ANY (ARRAY['COMMON'::text, 'INDIVIDUAL'::text]))),
    CONSTRAINT risk_point_description_tags_check CHECK ((tags <@ ARRAY['PROFESSIONAL'::text, 'TEAM'::text, 'TAX_ADMINISTRATION'::text, 'TAXPAYER_COMPLIANCE'::text, 'DISCRETION'::text, 'WORK_LEAD'::text, 'ENFORCEMENT'::text, 'INTEGRITY'::text]))
);

ALTER TABLE ONLY public.risk_point_description FORCE ROW LEVEL SECURITY;

CREATE TABLE public.risk_point_standing (
    sequence bigint NOT NULL,
    point_id text NOT NULL,
    bureau_id text NOT NULL,
    state text NOT NULL,
    grade text,
    valid_from date NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    review_id text,
    scheme text,
    reason text DEFAULT ''::text NOT NULL,
    CONSTRAINT risk_point_standing_check CHECK (((grade IS NOT NULL) OR (state <> ALL (ARRAY['ACTIVE'::text, 'UNDER_REVIEW'::text])))),
    CONSTRAINT risk_point_standing_grade_check CHECK ((grade = ANY (ARRAY['LOW'::text, 'MEDIUM'::text, 'HIGH'::text]))),
    CONSTRAINT risk_point_standing_state_check CHECK ((state = ANY (ARRAY['PROPOSED'::text, 'IN_COLLECTIVE_REVIEW'::text, 'ACTIVE'::text, 'UNDER_REVIEW'::text, 'DISSOLVED'::text])))
);

ALTER TABLE ONLY public.risk_point_standing FORCE ROW LEVEL SECURITY;

ALTER TABLE public.risk_point_standing ALTER COLUMN sequence ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.risk_point_standing_sequence_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.risk_point_version (
    sequence bigint NOT NULL,
    point_id text NOT NULL,
    bureau_id text NOT NULL,
    category text NOT NULL,
    valid_from date NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT risk_point_version_category_check CHECK ((category = ANY (ARRAY['TAX_OPERATIONS'::text, 'ADMINISTRATION'::text, 'PARTY_AFFAIRS'::text])))
);

ALTER TABLE ONLY public.risk_point_version FORCE ROW LEVEL SECURITY;

ALTER TABLE public.risk_point_version ALTER COLUMN sequence ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.risk_point_version_sequence_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.rotation_audit (
    extension_id text NOT NULL,
    bureau_id text NOT NULL,
    result text NOT NULL,
    finding text NOT NULL,
    audited_on date NOT NULL,
    audited_by text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT rotation_audit_check CHECK (((result = 'CLEAR'::text) OR (finding <> ''::text))),
    CONSTRAINT rotation_audit_result_check CHECK ((result = ANY (ARRAY['CLEAR'::text, 'FINDINGS'::text])))
);

ALTER TABLE ONLY public.rotation_audit FORCE ROW LEVEL SECURITY;

CREATE TABLE public.rotation_extension (
    id text NOT NULL,
    bureau_id text NOT NULL,
    rotation_id text NOT NULL,
    person_id text NOT NULL,
    post_id text NOT NULL,
    unit_id text NOT NULL,
    due_on date NOT NULL,
    extended_until date NOT NULL,
    reason text NOT NULL,
    control text NOT NULL,
    audit_on date NOT NULL,
    requested_by text NOT NULL,
    requested_at timestamp with time zone NOT NULL,
    CONSTRAINT rotation_extension_check CHECK ((extended_until > due_on)),
    CONSTRAINT rotation_extension_check1 CHECK ((audit_on <= extended_until))
);

ALTER TABLE ONLY public.rotation_extension FORCE ROW LEVEL SECURITY;

CREATE TABLE public.rotation_extension_decision (
    extension_id text NOT NULL,
    bureau_id text NOT NULL,
    approved boolean NOT NULL,
    reason text NOT NULL,
    decided_by text NOT NULL,
    decided_on date NOT NULL,
    decided_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.rotation_extension_decision FORCE ROW LEVEL SECURITY;

CREATE TABLE public.rotation_notice (
    sequence bigint NOT NULL,
    bureau_id text NOT NULL,
    rotation_id text NOT NULL,
    person_id text NOT NULL,
    post_id text NOT NULL,
    unit_id text NOT NULL,
    held_since date NOT NULL,
    kind text NOT NULL,
    mark text NOT NULL,
    told_on date NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT rotation_notice_kind_check CHECK ((kind = ANY (ARRAY['DUE_SOON'::text, 'OVERDUE'::text, 'RESOLVED'::text, 'EXTENDED'::text])))
);

ALTER TABLE ONLY public.rotation_notice FORCE ROW LEVEL SECURITY;

ALTER TABLE public.rotation_notice ALTER COLUMN sequence ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.rotation_notice_sequence_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.rotation_proposal (
    id text NOT NULL,
    bureau_id text NOT NULL,
    person_id text NOT NULL,
    unit_id text NOT NULL,
    to_post_id text NOT NULL,
    effective_from date NOT NULL,
    reason text NOT NULL,
    proposed_by text NOT NULL,
    proposed_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.rotation_proposal FORCE ROW LEVEL SECURITY;

CREATE TABLE public.rotation_rule (
    version text NOT NULL,
    bureau_id text,
    effective_from date NOT NULL,
    months_high integer NOT NULL,
    months_medium integer NOT NULL,
    months_low integer NOT NULL,
    notice_days integer[] NOT NULL,
    extension_months integer NOT NULL,
    guarded_functions text[] NOT NULL,
    citation text NOT NULL,
    proposed_by text,
    proposed_at timestamp with time zone,
    CONSTRAINT rotation_rule_check CHECK ((months_medium >= months_high)),
    CONSTRAINT rotation_rule_check1 CHECK ((months_low >= months_medium)),
    CONSTRAINT rotation_rule_check2 CHECK (((bureau_id IS NULL) OR starts_with(version, (bureau_id || '.'::text)))),
    CONSTRAINT rotation_rule_extension_months_check CHECK ((extension_months > 0)),
    CONSTRAINT rotation_rule_months_high_check CHECK ((months_high > 0))
);

ALTER TABLE ONLY public.rotation_rule FORCE ROW LEVEL SECURITY;

CREATE TABLE public.rotation_rule_approval (
    version text NOT NULL,
    bureau_id text NOT NULL,
    approved_by text NOT NULL,
    approved_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.rotation_rule_approval FORCE ROW LEVEL SECURITY;

CREATE TABLE public.schema_migration (
    namespace text NOT NULL,
    name text NOT NULL,
    sha256 text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.scheme_adoption (
    sequence bigint NOT NULL,
    bureau_id text NOT NULL,
    version text NOT NULL,
    effective_from date NOT NULL,
    adopted_by text NOT NULL,
    adopted_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.scheme_adoption FORCE ROW LEVEL SECURITY;

ALTER TABLE public.scheme_adoption ALTER COLUMN sequence ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.scheme_adoption_sequence_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.selection_campaign (
    id text NOT NULL,
    bureau_id text NOT NULL,
    title text NOT NULL,
    effective_from date NOT NULL,
    reason text NOT NULL,
    post_ids text[] NOT NULL,
    unit_ids text[] NOT NULL,
    candidate_ids text[] NOT NULL,
    opened_by text NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    CONSTRAINT selection_campaign_candidate_ids_check CHECK ((cardinality(candidate_ids) > 0)),
    CONSTRAINT selection_campaign_post_ids_check CHECK ((cardinality(post_ids) > 0))
);

ALTER TABLE ONLY public.selection_campaign FORCE ROW LEVEL SECURITY;

CREATE TABLE public.selection_choice (
    sequence bigint NOT NULL,
    campaign_id text NOT NULL,
    bureau_id text NOT NULL,
    round integer NOT NULL,
    side text NOT NULL,
    subject_id text NOT NULL,
    ranked text[] NOT NULL,
    chosen_by text NOT NULL,
    chosen_at timestamp with time zone NOT NULL,
    CONSTRAINT selection_choice_check CHECK (((side = 'POST'::text) OR (subject_id = chosen_by))),
    CONSTRAINT selection_choice_round_check CHECK ((round = ANY (ARRAY[1, 2]))),
    CONSTRAINT selection_choice_side_check CHECK ((side = ANY (ARRAY['PERSON'::text, 'POST'::text])))
);

ALTER TABLE ONLY public.selection_choice FORCE ROW LEVEL SECURITY;

ALTER TABLE public.selection_choice ALTER COLUMN sequence ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.selection_choice_sequence_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.selection_decision (
    campaign_id text NOT NULL,
    bureau_id text NOT NULL,
    approved boolean NOT NULL,
    reason text NOT NULL,
    decided_by text NOT NULL,
    decided_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.selection_decision FORCE ROW LEVEL SECURITY;

CREATE TABLE public.selection_round (
    campaign_id text NOT NULL,
    round integer NOT NULL,
    bureau_id text NOT NULL,
    outcome jsonb NOT NULL,
    closed_by text NOT NULL,
    closed_at timestamp with time zone NOT NULL,
    CONSTRAINT selection_round_round_check CHECK ((round = ANY (ARRAY[1, 2])))
);

ALTER TABLE ONLY public.selection_round FORCE ROW LEVEL SECURITY;

CREATE TABLE public.self_check (
    id text NOT NULL,
    cycle_id text NOT NULL,
    bureau_id text NOT NULL,
    person_id text NOT NULL,
    post_id text NOT NULL,
    unit_id text NOT NULL,
    point_ids text[] NOT NULL,
    nothing_found boolean NOT NULL,
    submitted_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.self_check FORCE ROW LEVEL SECURITY;

CREATE TABLE public.sibling_batch (
    day date NOT NULL,
    version text NOT NULL,
    pooled_at timestamp with time zone NOT NULL,
    CONSTRAINT sibling_batch_day_check CHECK ((day = (date_trunc('quarter'::text, (day)::timestamp with time zone))::date))
);

ALTER TABLE ONLY public.sibling_batch FORCE ROW LEVEL SECURITY;

CREATE TABLE public.sibling_prior (
    day date NOT NULL,
    catalogue text NOT NULL,
    code text NOT NULL,
    mean double precision NOT NULL,
    years double precision NOT NULL,
    siblings integer NOT NULL,
    CONSTRAINT sibling_prior_mean_check CHECK ((mean >= (0)::double precision)),
    CONSTRAINT sibling_prior_siblings_check CHECK ((siblings >= 6)),
    CONSTRAINT sibling_prior_years_check CHECK ((years > (0)::double precision))
);

ALTER TABLE ONLY public.sibling_prior FORCE ROW LEVEL SECURITY;

CREATE TABLE public.sod_exception (
    sequence bigint NOT NULL,
    bureau_id text NOT NULL,
    rule text NOT NULL,
    person_id text NOT NULL,
    control text NOT NULL,
    reason text NOT NULL,
    valid_from date NOT NULL,
    expires_on date NOT NULL,
    granted_by text NOT NULL,
    granted_at timestamp with time zone NOT NULL,
    CONSTRAINT sod_exception_check CHECK ((expires_on > valid_from))
);

ALTER TABLE ONLY public.sod_exception FORCE ROW LEVEL SECURITY;

ALTER TABLE public.sod_exception ALTER COLUMN sequence ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.sod_exception_sequence_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.sod_finding (
    id text NOT NULL,
    bureau_id text NOT NULL,
    rule text NOT NULL,
    person_id text NOT NULL,
    post_ids text[] NOT NULL,
    duties text[] NOT NULL,
    found_at timestamp with time zone NOT NULL,
    unit_id text DEFAULT ''::text NOT NULL
);

ALTER TABLE ONLY public.sod_finding FORCE ROW LEVEL SECURITY;

CREATE TABLE public.sod_remediation (
    sequence bigint NOT NULL,
    finding_id text NOT NULL,
    bureau_id text NOT NULL,
    state text NOT NULL,
    note text NOT NULL,
    control text NOT NULL,
    due_on date,
    recorded_by text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT sod_remediation_state_check CHECK ((state = ANY (ARRAY['OPEN'::text, 'ASSIGNED'::text, 'COMPENSATED'::text, 'CLOSED'::text])))
);

ALTER TABLE ONLY public.sod_remediation FORCE ROW LEVEL SECURITY;

ALTER TABLE public.sod_remediation ALTER COLUMN sequence ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.sod_remediation_sequence_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.stream_cursor (
    stream text NOT NULL,
    seq bigint NOT NULL,
    stream_created text NOT NULL
);

CREATE TABLE public.suggested_grade (
    id text NOT NULL,
    point_id text NOT NULL,
    bureau_id text NOT NULL,
    grade text NOT NULL,
    origin text NOT NULL,
    source text NOT NULL,
    reason text NOT NULL,
    proposed_by text NOT NULL,
    proposed_at timestamp with time zone NOT NULL,
    CONSTRAINT suggested_grade_grade_check CHECK ((grade = ANY (ARRAY['LOW'::text, 'MEDIUM'::text, 'HIGH'::text]))),
    CONSTRAINT suggested_grade_origin_check CHECK ((origin = ANY (ARRAY['OFFICER'::text, 'SELF_CHECK'::text, 'EVIDENCE'::text, 'INSPECTION'::text, 'COMPLAINT'::text, 'INCIDENT'::text, 'CONTROL_TEST'::text, 'REFORM'::text])))
);

ALTER TABLE ONLY public.suggested_grade FORCE ROW LEVEL SECURITY;

CREATE TABLE public.timer (
    id text NOT NULL,
    bureau_id text,
    kind text NOT NULL,
    ref text NOT NULL,
    fire_at timestamp with time zone NOT NULL,
    payload jsonb DEFAULT '{}'::jsonb NOT NULL
);

ALTER TABLE ONLY public.advice_decision
    ADD CONSTRAINT advice_decision_pkey PRIMARY KEY (advice_id);

ALTER TABLE ONLY public.aggregate_gate
    ADD CONSTRAINT aggregate_gate_pkey PRIMARY KEY (stream, aggregate_id);

ALTER TABLE ONLY public.aggregate_version
    ADD CONSTRAINT aggregate_version_pkey PRIMARY KEY (aggregate_id);

ALTER TABLE ONLY public.alert_entry
    ADD CONSTRAINT alert_entry_pkey PRIMARY KEY (alert_id);

ALTER TABLE ONLY public.alert_ledger
    ADD CONSTRAINT alert_ledger_pkey PRIMARY KEY (alert_id);

ALTER TABLE ONLY public.alert_line
    ADD CONSTRAINT alert_line_pkey PRIMARY KEY (alert_id, "position");

ALTER TABLE ONLY public.alert_progress
    ADD CONSTRAINT alert_progress_pkey PRIMARY KEY (alert_id, step);

ALTER TABLE ONLY public.alert_seer
    ADD CONSTRAINT alert_seer_pkey PRIMARY KEY (alert_id, seer);

ALTER TABLE ONLY public.assessed_grade
    ADD CONSTRAINT assessed_grade_pkey PRIMARY KEY (sequence);

ALTER TABLE ONLY public.assessment_round
    ADD CONSTRAINT assessment_round_pkey PRIMARY KEY (review_id, number);

ALTER TABLE ONLY public.assessment_vote
    ADD CONSTRAINT assessment_vote_pkey PRIMARY KEY (review_id, round, person_id);

ALTER TABLE ONLY public.audit_checkpoint
    ADD CONSTRAINT audit_checkpoint_pkey PRIMARY KEY (size);

ALTER TABLE ONLY public.audit_entry
    ADD CONSTRAINT audit_entry_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audit_entry
    ADD CONSTRAINT audit_entry_seq_key UNIQUE (seq);

ALTER TABLE ONLY public.audit_node
    ADD CONSTRAINT audit_node_pkey PRIMARY KEY (level, index);

ALTER TABLE ONLY public.authority_grant
    ADD CONSTRAINT authority_grant_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.authority_revocation
    ADD CONSTRAINT authority_revocation_pkey PRIMARY KEY (grant_id);

ALTER TABLE ONLY public.authority_use
    ADD CONSTRAINT authority_use_bureau_id_operation_reference_key UNIQUE (bureau_id, operation, reference);

ALTER TABLE ONLY public.authority_use
    ADD CONSTRAINT authority_use_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.avoidance_closing
    ADD CONSTRAINT avoidance_closing_pkey PRIMARY KEY (finding_id);

ALTER TABLE ONLY public.avoidance_finding
    ADD CONSTRAINT avoidance_finding_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.bureau_display
    ADD CONSTRAINT bureau_display_pkey PRIMARY KEY (sequence);

ALTER TABLE ONLY public.bureau_entry
    ADD CONSTRAINT bureau_entry_pkey PRIMARY KEY (sequence);

ALTER TABLE ONLY public.catalogue_entry
    ADD CONSTRAINT catalogue_entry_pkey PRIMARY KEY (urn, version, kind, code);

ALTER TABLE ONLY public.catalogue
    ADD CONSTRAINT catalogue_pkey PRIMARY KEY (urn, version);

ALTER TABLE ONLY public.catalogue_use
    ADD CONSTRAINT catalogue_use_pkey PRIMARY KEY (sequence);

ALTER TABLE ONLY public.control_test
    ADD CONSTRAINT control_test_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cycle_stage
    ADD CONSTRAINT cycle_stage_pkey PRIMARY KEY (sequence);

ALTER TABLE ONLY public.dead_event
    ADD CONSTRAINT dead_event_pkey PRIMARY KEY (stream, seq);

ALTER TABLE ONLY public.dead_timer
    ADD CONSTRAINT dead_timer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.deviation_answer
    ADD CONSTRAINT deviation_answer_pkey PRIMARY KEY (alert_id);

ALTER TABLE ONLY public.deviation
    ADD CONSTRAINT deviation_pkey PRIMARY KEY (alert_id);

ALTER TABLE ONLY public.discretion_publication
    ADD CONSTRAINT discretion_publication_pkey PRIMARY KEY (standard_version_id);

ALTER TABLE ONLY public.discretion_standard
    ADD CONSTRAINT discretion_standard_bureau_id_code_version_key UNIQUE (bureau_id, code, version);

ALTER TABLE ONLY public.discretion_standard
    ADD CONSTRAINT discretion_standard_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.display_profile
    ADD CONSTRAINT display_profile_pkey PRIMARY KEY (profile, grade);

ALTER TABLE ONLY public.disposition_acceptance
    ADD CONSTRAINT disposition_acceptance_pkey PRIMARY KEY (disposition);

ALTER TABLE ONLY public.entry_draft
    ADD CONSTRAINT entry_draft_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.evidence_answer
    ADD CONSTRAINT evidence_answer_pkey PRIMARY KEY (review_id);

ALTER TABLE ONLY public.evidence
    ADD CONSTRAINT evidence_pkey PRIMARY KEY (effect);

ALTER TABLE ONLY public.evidence_proposal
    ADD CONSTRAINT evidence_proposal_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.evidence_proposal
    ADD CONSTRAINT evidence_proposal_point_id_standing_key UNIQUE (point_id, standing);

ALTER TABLE ONLY public.evidence_scheme
    ADD CONSTRAINT evidence_scheme_pkey PRIMARY KEY (version);

ALTER TABLE ONLY public.evidence_weight
    ADD CONSTRAINT evidence_weight_pkey PRIMARY KEY (version, kind);

ALTER TABLE ONLY public.grade_dissent
    ADD CONSTRAINT grade_dissent_pkey PRIMARY KEY (review_id, person_id);

ALTER TABLE ONLY public.grade_sign_off
    ADD CONSTRAINT grade_sign_off_pkey PRIMARY KEY (review_id, state_hash, seat);

ALTER TABLE ONLY public.grade_sign_off
    ADD CONSTRAINT grade_sign_off_review_id_state_hash_person_id_key UNIQUE (review_id, state_hash, person_id);

ALTER TABLE ONLY public.grading_anchor
    ADD CONSTRAINT grading_anchor_pkey PRIMARY KEY (version, factor, value);

ALTER TABLE ONLY public.grading_decision
    ADD CONSTRAINT grading_decision_pkey PRIMARY KEY (review_id);

ALTER TABLE ONLY public.grading_review
    ADD CONSTRAINT grading_review_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.grading_scheme
    ADD CONSTRAINT grading_scheme_pkey PRIMARY KEY (version);

ALTER TABLE ONLY public.grading_vote
    ADD CONSTRAINT grading_vote_pkey PRIMARY KEY (review_id, person_id);

ALTER TABLE ONLY public.handbook_edition
    ADD CONSTRAINT handbook_edition_bureau_id_scope_subject_id_as_of_sha256_key UNIQUE (bureau_id, scope, subject_id, as_of, sha256);

ALTER TABLE ONLY public.handbook_edition
    ADD CONSTRAINT handbook_edition_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.handbook_rule
    ADD CONSTRAINT handbook_rule_pkey PRIMARY KEY (version);

ALTER TABLE ONLY public.handbook_volume
    ADD CONSTRAINT handbook_volume_pkey PRIMARY KEY (edition_id, number);

ALTER TABLE ONLY public.heightened_monitoring
    ADD CONSTRAINT heightened_monitoring_pkey PRIMARY KEY (signal_id);

ALTER TABLE ONLY public.idempotency
    ADD CONSTRAINT idempotency_pkey PRIMARY KEY (bureau_id, actor, key);

ALTER TABLE ONLY public.identification_cycle
    ADD CONSTRAINT identification_cycle_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.identification_step
    ADD CONSTRAINT identification_step_pkey PRIMARY KEY (sequence);

ALTER TABLE ONLY public.indicator_activation
    ADD CONSTRAINT indicator_activation_pkey PRIMARY KEY (version_id);

ALTER TABLE ONLY public.indicator_retirement
    ADD CONSTRAINT indicator_retirement_pkey PRIMARY KEY (sequence);

ALTER TABLE ONLY public.indicator_tuning
    ADD CONSTRAINT indicator_tuning_draft_version_id_key UNIQUE (draft_version_id);

ALTER TABLE ONLY public.indicator_tuning
    ADD CONSTRAINT indicator_tuning_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.indicator_version
    ADD CONSTRAINT indicator_version_bureau_id_code_version_key UNIQUE (bureau_id, code, version);

ALTER TABLE ONLY public.indicator_version
    ADD CONSTRAINT indicator_version_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.kin_declaration
    ADD CONSTRAINT kin_declaration_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.kin_withdrawal
    ADD CONSTRAINT kin_withdrawal_pkey PRIMARY KEY (declaration_id);

ALTER TABLE ONLY public.matter_month
    ADD CONSTRAINT matter_month_pkey PRIMARY KEY (bureau_id, month, unit_id, process);

ALTER TABLE ONLY public.org_assignment
    ADD CONSTRAINT org_assignment_pkey PRIMARY KEY (person_id, id);

ALTER TABLE ONLY public.org_bureau
    ADD CONSTRAINT org_bureau_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.org_calendar
    ADD CONSTRAINT org_calendar_pkey PRIMARY KEY (bureau_id);

ALTER TABLE ONLY public.org_delegation
    ADD CONSTRAINT org_delegation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.org_duty
    ADD CONSTRAINT org_duty_pkey PRIMARY KEY (roster_id, on_day, rank);

ALTER TABLE ONLY public.org_person
    ADD CONSTRAINT org_person_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.org_post
    ADD CONSTRAINT org_post_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.org_role_grant
    ADD CONSTRAINT org_role_grant_pkey PRIMARY KEY (person_id, id);

ALTER TABLE ONLY public.org_status
    ADD CONSTRAINT org_status_pkey PRIMARY KEY (person_id, ordinal);

ALTER TABLE ONLY public.org_unit
    ADD CONSTRAINT org_unit_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.org_version
    ADD CONSTRAINT org_version_pkey PRIMARY KEY (bureau_id);

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_aggregate_id_aggregate_version_key UNIQUE (aggregate_id, aggregate_version);

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_event_id_key UNIQUE (event_id);

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.parked_aggregate
    ADD CONSTRAINT parked_aggregate_pkey PRIMARY KEY (stream, aggregate_id);

ALTER TABLE ONLY public.prevention_advice
    ADD CONSTRAINT prevention_advice_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.process_draft
    ADD CONSTRAINT process_draft_pkey PRIMARY KEY (sequence);

ALTER TABLE ONLY public.process_publication
    ADD CONSTRAINT process_publication_pkey PRIMARY KEY (version_id);

ALTER TABLE ONLY public.process_version
    ADD CONSTRAINT process_version_bureau_id_process_number_key UNIQUE (bureau_id, process, number);

ALTER TABLE ONLY public.process_version
    ADD CONSTRAINT process_version_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.public_snapshot
    ADD CONSTRAINT public_snapshot_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.public_withdrawal
    ADD CONSTRAINT public_withdrawal_pkey PRIMARY KEY (snapshot_id);

ALTER TABLE ONLY public.register_delta
    ADD CONSTRAINT register_delta_pkey PRIMARY KEY (sequence);

ALTER TABLE ONLY public.register_rollup
    ADD CONSTRAINT register_rollup_pkey PRIMARY KEY (scope_id, grain, from_day, category, grade);

ALTER TABLE ONLY public.register_scope
    ADD CONSTRAINT register_scope_pkey PRIMARY KEY (bureau_id, scope_id);

ALTER TABLE ONLY public.regulation_gap_alert
    ADD CONSTRAINT regulation_gap_alert_pkey PRIMARY KEY (alert_id);

ALTER TABLE ONLY public.regulation_gap_answer
    ADD CONSTRAINT regulation_gap_answer_pkey PRIMARY KEY (gap_id);

ALTER TABLE ONLY public.regulation_gap_decision
    ADD CONSTRAINT regulation_gap_decision_pkey PRIMARY KEY (gap_id);

ALTER TABLE ONLY public.regulation_gap
    ADD CONSTRAINT regulation_gap_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.risk_disposition
    ADD CONSTRAINT risk_disposition_pkey PRIMARY KEY (sequence);

ALTER TABLE ONLY public.risk_point_description
    ADD CONSTRAINT risk_point_description_pkey PRIMARY KEY (sequence);

ALTER TABLE ONLY public.risk_point
    ADD CONSTRAINT risk_point_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.risk_point_standing
    ADD CONSTRAINT risk_point_standing_pkey PRIMARY KEY (sequence);

ALTER TABLE ONLY public.risk_point_version
    ADD CONSTRAINT risk_point_version_pkey PRIMARY KEY (sequence);

ALTER TABLE ONLY public.rotation_audit
    ADD CONSTRAINT rotation_audit_pkey PRIMARY KEY (extension_id);

ALTER TABLE ONLY public.rotation_extension_decision
    ADD CONSTRAINT rotation_extension_decision_pkey PRIMARY KEY (extension_id);

ALTER TABLE ONLY public.rotation_extension
    ADD CONSTRAINT rotation_extension_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.rotation_notice
    ADD CONSTRAINT rotation_notice_pkey PRIMARY KEY (sequence);

ALTER TABLE ONLY public.rotation_notice
    ADD CONSTRAINT rotation_notice_rotation_id_kind_mark_key UNIQUE (rotation_id, kind, mark);

ALTER TABLE ONLY public.rotation_proposal
    ADD CONSTRAINT rotation_proposal_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.rotation_rule_approval
    ADD CONSTRAINT rotation_rule_approval_pkey PRIMARY KEY (version);

ALTER TABLE ONLY public.rotation_rule
    ADD CONSTRAINT rotation_rule_pkey PRIMARY KEY (version);

ALTER TABLE ONLY public.schema_migration
    ADD CONSTRAINT schema_migration_pkey PRIMARY KEY (namespace, name);

ALTER TABLE ONLY public.scheme_adoption
    ADD CONSTRAINT scheme_adoption_pkey PRIMARY KEY (sequence);

ALTER TABLE ONLY public.selection_campaign
    ADD CONSTRAINT selection_campaign_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.selection_choice
    ADD CONSTRAINT selection_choice_pkey PRIMARY KEY (sequence);

ALTER TABLE ONLY public.selection_decision
    ADD CONSTRAINT selection_decision_pkey PRIMARY KEY (campaign_id);

ALTER TABLE ONLY public.selection_round
    ADD CONSTRAINT selection_round_pkey PRIMARY KEY (campaign_id, round);

ALTER TABLE ONLY public.self_check
    ADD CONSTRAINT self_check_cycle_id_person_id_post_id_key UNIQUE (cycle_id, person_id, post_id);

ALTER TABLE ONLY public.self_check
    ADD CONSTRAINT self_check_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sibling_batch
    ADD CONSTRAINT sibling_batch_pkey PRIMARY KEY (day);

ALTER TABLE ONLY public.sibling_prior
    ADD CONSTRAINT sibling_prior_pkey PRIMARY KEY (catalogue, code, day);

ALTER TABLE ONLY public.sod_exception
    ADD CONSTRAINT sod_exception_pkey PRIMARY KEY (sequence);

ALTER TABLE ONLY public.sod_finding
    ADD CONSTRAINT sod_finding_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sod_remediation
    ADD CONSTRAINT sod_remediation_pkey PRIMARY KEY (sequence);

ALTER TABLE ONLY public.stream_cursor
    ADD CONSTRAINT stream_cursor_pkey PRIMARY KEY (stream);

ALTER TABLE ONLY public.suggested_grade
    ADD CONSTRAINT suggested_grade_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.timer
    ADD CONSTRAINT timer_pkey PRIMARY KEY (id);

CREATE INDEX alert_entry_indicator ON public.alert_entry USING btree (indicator_version_id) WHERE (indicator_version_id IS NOT NULL);

CREATE INDEX alert_entry_kind ON public.alert_entry USING btree (bureau_id, kind, raised_at);

CREATE INDEX alert_entry_raised ON public.alert_entry USING btree (bureau_id, raised_at DESC, alert_id DESC);

CREATE INDEX alert_ledger_point ON public.alert_ledger USING btree (bureau_id, point_id, raised_at) INCLUDE (phase);

CREATE INDEX alert_seer_list ON public.alert_seer USING btree (bureau_id, seer, open, raised_at DESC, alert_id DESC);

CREATE INDEX assessed_grade_review ON public.assessed_grade USING btree (review_id, sequence DESC);

CREATE INDEX audit_entry_object ON public.audit_entry USING btree (object_type, object_id);

CREATE INDEX audit_entry_unsequenced ON public.audit_entry USING btree (id) WHERE (seq IS NULL);

CREATE INDEX authority_grant_code ON public.authority_grant USING btree (bureau_id, code, valid_from);

CREATE INDEX authority_use_newest ON public.authority_use USING btree (grant_id, used_at DESC, id DESC);

CREATE INDEX avoidance_finding_of ON public.avoidance_finding USING btree (bureau_id, person_id);

CREATE INDEX bureau_display_as_of ON public.bureau_display USING btree (bureau_id, valid_from DESC, sequence DESC);

CREATE INDEX bureau_entry_as_of ON public.bureau_entry USING btree (bureau_id, kind, code, valid_from DESC, sequence DESC);

CREATE INDEX catalogue_use_as_of ON public.catalogue_use USING btree (bureau_id, urn, valid_from DESC, sequence DESC);

CREATE INDEX control_test_latest ON public.control_test USING btree (bureau_id, control, aspect, tested_at DESC);

CREATE INDEX deviation_process ON public.deviation USING btree (bureau_id, process);

CREATE INDEX discretion_publication_as_of ON public.discretion_publication USING btree (bureau_id, effective_from DESC);

CREATE INDEX entry_draft_open ON public.entry_draft USING btree (bureau_id, drafted_at DESC, id DESC);

CREATE INDEX evidence_answer_proposal ON public.evidence_answer USING btree (proposal_id);

CREATE INDEX evidence_bureau ON public.evidence USING btree (bureau_id, known_at);

CREATE INDEX evidence_point ON public.evidence USING btree (point_id, known_at);

CREATE INDEX grading_review_members ON public.grading_review USING gin (member_ids);

CREATE INDEX grading_review_point ON public.grading_review USING btree (point_id, opened_at DESC);

CREATE INDEX grading_review_proposal ON public.grading_review USING btree (proposal_id) WHERE (proposal_id IS NOT NULL);

CREATE INDEX handbook_edition_latest ON public.handbook_edition USING btree (bureau_id, scope, subject_id, as_of DESC, sequence DESC);

CREATE INDEX handbook_rule_as_of ON public.handbook_rule USING btree (bureau_id, valid_from DESC, version DESC);

CREATE INDEX heightened_monitoring_point ON public.heightened_monitoring USING btree (point_id, since);

CREATE INDEX idempotency_created_at ON public.idempotency USING btree (created_at);

CREATE INDEX identification_step_of ON public.identification_step USING btree (cycle_id, person_id, post_id, sequence);

CREATE INDEX indicator_retirement_code ON public.indicator_retirement USING btree (bureau_id, code);

CREATE INDEX indicator_tuning_from ON public.indicator_tuning USING btree (bureau_id, from_version_id);

CREATE INDEX indicator_version_kind ON public.indicator_version USING btree (bureau_id, alert_kind);

CREATE INDEX kin_declaration_of ON public.kin_declaration USING btree (bureau_id, person_id, kin_id);

CREATE INDEX org_assignment_bureau ON public.org_assignment USING btree (bureau_id);

CREATE INDEX org_assignment_post ON public.org_assignment USING btree (post_id);

CREATE INDEX org_delegation_bureau ON public.org_delegation USING btree (bureau_id);

CREATE INDEX org_duty_bureau ON public.org_duty USING btree (bureau_id);

CREATE INDEX org_person_bureau ON public.org_person USING btree (bureau_id);

CREATE INDEX org_person_subject ON public.org_person USING btree (COALESCE(account, id));

CREATE INDEX org_post_bureau ON public.org_post USING btree (bureau_id);

CREATE INDEX org_role_grant_bureau ON public.org_role_grant USING btree (bureau_id, role);

CREATE INDEX org_status_bureau ON public.org_status USING btree (bureau_id);

CREATE INDEX org_unit_bureau ON public.org_unit USING btree (bureau_id);

CREATE INDEX outbox_sent ON public.outbox USING btree (sent_at) WHERE (sent_at IS NOT NULL);

CREATE INDEX outbox_unsent ON public.outbox USING btree (id) WHERE (sent_at IS NULL);

CREATE INDEX process_draft_latest ON public.process_draft USING btree (version_id, sequence DESC);

CREATE INDEX process_publication_as_of ON public.process_publication USING btree (bureau_id, process, effective_from DESC);

CREATE INDEX public_snapshot_latest ON public.public_snapshot USING btree (bureau_id, sequence DESC);

CREATE INDEX register_delta_scope ON public.register_delta USING btree (scope_id, day);

CREATE INDEX register_scope_below ON public.register_scope USING btree (scope_id);

CREATE INDEX regulation_gap_alert_of ON public.regulation_gap_alert USING btree (gap_id);

CREATE INDEX regulation_gap_opened ON public.regulation_gap USING btree (bureau_id, opened_at DESC, id DESC);

CREATE INDEX risk_disposition_latest ON public.risk_disposition USING btree (version_id, point_id, sequence DESC);

CREATE INDEX risk_point_description_point ON public.risk_point_description USING btree (point_id);

CREATE UNIQUE INDEX risk_point_keyset ON public.risk_point USING btree (bureau_id, code);

CREATE INDEX risk_point_standing_as_of ON public.risk_point_standing USING btree (point_id, valid_from DESC, sequence DESC) INCLUDE (recorded_at, state, grade);

CREATE INDEX risk_point_version_as_of ON public.risk_point_version USING btree (point_id, valid_from DESC, sequence DESC) INCLUDE (recorded_at, category);

CREATE INDEX rotation_extension_of ON public.rotation_extension USING btree (bureau_id, rotation_id);

CREATE INDEX rotation_notice_person ON public.rotation_notice USING btree (bureau_id, person_id, sequence DESC);

CREATE INDEX rotation_proposal_day ON public.rotation_proposal USING btree (bureau_id, effective_from);

CREATE INDEX scheme_adoption_on ON public.scheme_adoption USING btree (bureau_id, effective_from DESC, sequence DESC);

CREATE INDEX selection_campaign_bureau ON public.selection_campaign USING btree (bureau_id, opened_at DESC);

CREATE INDEX selection_choice_last ON public.selection_choice USING btree (campaign_id, round, side, subject_id, sequence DESC);

CREATE INDEX sod_finding_person ON public.sod_finding USING btree (bureau_id, person_id);

CREATE INDEX sod_finding_unit ON public.sod_finding USING btree (bureau_id, unit_id) WHERE (unit_id <> ''::text);

CREATE INDEX sod_remediation_latest ON public.sod_remediation USING btree (finding_id, sequence DESC);

CREATE INDEX suggested_grade_point ON public.suggested_grade USING btree (point_id, proposed_at DESC);

CREATE INDEX timer_fire_at ON public.timer USING btree (fire_at, id);

CREATE INDEX timer_ref ON public.timer USING btree (ref, fire_at, id);

CREATE TRIGGER append_totals AFTER INSERT ON public.risk_point_standing REFERENCING NEW TABLE AS recorded FOR EACH STATEMENT EXECUTE FUNCTION public.register_append();

CREATE TRIGGER append_totals AFTER INSERT ON public.risk_point_version REFERENCING NEW TABLE AS recorded FOR EACH STATEMENT EXECUTE FUNCTION public.register_append();

CREATE TRIGGER audit_checkpoint_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_checkpoint FOR EACH STATEMENT EXECUTE FUNCTION public.audit_append_only();

CREATE TRIGGER audit_entry_append_only BEFORE DELETE OR TRUNCATE ON public.audit_entry FOR EACH STATEMENT EXECUTE FUNCTION public.audit_append_only();

CREATE TRIGGER audit_entry_guard BEFORE UPDATE ON public.audit_entry FOR EACH ROW EXECUTE FUNCTION public.audit_entry_guard();

CREATE TRIGGER audit_node_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_node FOR EACH STATEMENT EXECUTE FUNCTION public.audit_append_only();

CREATE TRIGGER move_totals AFTER UPDATE OF parent_id ON public.org_bureau FOR EACH ROW WHEN ((old.parent_id IS DISTINCT FROM new.parent_id)) EXECUTE FUNCTION public.register_rescope();

CREATE TRIGGER place_totals AFTER INSERT ON public.org_bureau FOR EACH ROW WHEN ((new.parent_id IS NOT NULL)) EXECUTE FUNCTION public.register_rescope();

ALTER TABLE ONLY public.advice_decision
    ADD CONSTRAINT advice_decision_advice_id_fkey FOREIGN KEY (advice_id) REFERENCES public.prevention_advice(id);

ALTER TABLE ONLY public.alert_entry
    ADD CONSTRAINT alert_entry_indicator_version_id_fkey FOREIGN KEY (indicator_version_id) REFERENCES public.indicator_version(id);

ALTER TABLE ONLY public.alert_line
    ADD CONSTRAINT alert_line_alert_id_fkey FOREIGN KEY (alert_id) REFERENCES public.alert_entry(alert_id);

ALTER TABLE ONLY public.alert_seer
    ADD CONSTRAINT alert_seer_alert_id_fkey FOREIGN KEY (alert_id) REFERENCES public.alert_entry(alert_id);

ALTER TABLE ONLY public.assessed_grade
    ADD CONSTRAINT assessed_grade_review_id_fkey FOREIGN KEY (review_id) REFERENCES public.grading_review(id);

ALTER TABLE ONLY public.assessment_round
    ADD CONSTRAINT assessment_round_review_id_fkey FOREIGN KEY (review_id) REFERENCES public.grading_review(id);

ALTER TABLE ONLY public.assessment_vote
    ADD CONSTRAINT assessment_vote_review_id_fkey FOREIGN KEY (review_id) REFERENCES public.grading_review(id);

ALTER TABLE ONLY public.authority_revocation
    ADD CONSTRAINT authority_revocation_grant_id_fkey FOREIGN KEY (grant_id) REFERENCES public.authority_grant(id);

ALTER TABLE ONLY public.authority_use
    ADD CONSTRAINT authority_use_grant_id_fkey FOREIGN KEY (grant_id) REFERENCES public.authority_grant(id);

ALTER TABLE ONLY public.avoidance_closing
    ADD CONSTRAINT avoidance_closing_finding_id_fkey FOREIGN KEY (finding_id) REFERENCES public.avoidance_finding(id);

ALTER TABLE ONLY public.catalogue_entry
    ADD CONSTRAINT catalogue_entry_urn_version_fkey FOREIGN KEY (urn, version) REFERENCES public.catalogue(urn, version);

ALTER TABLE ONLY public.catalogue_use
    ADD CONSTRAINT catalogue_use_urn_version_fkey FOREIGN KEY (urn, version) REFERENCES public.catalogue(urn, version);

ALTER TABLE ONLY public.cycle_stage
    ADD CONSTRAINT cycle_stage_cycle_id_fkey FOREIGN KEY (cycle_id) REFERENCES public.identification_cycle(id);

ALTER TABLE ONLY public.deviation
    ADD CONSTRAINT deviation_alert_id_fkey FOREIGN KEY (alert_id) REFERENCES public.alert_entry(alert_id);

ALTER TABLE ONLY public.deviation_answer
    ADD CONSTRAINT deviation_answer_alert_id_fkey FOREIGN KEY (alert_id) REFERENCES public.deviation(alert_id);

ALTER TABLE ONLY public.discretion_publication
    ADD CONSTRAINT discretion_publication_standard_version_id_fkey FOREIGN KEY (standard_version_id) REFERENCES public.discretion_standard(id);

ALTER TABLE ONLY public.disposition_acceptance
    ADD CONSTRAINT disposition_acceptance_disposition_fkey FOREIGN KEY (disposition) REFERENCES public.risk_disposition(sequence);

ALTER TABLE ONLY public.evidence_answer
    ADD CONSTRAINT evidence_answer_point_id_fkey FOREIGN KEY (point_id) REFERENCES public.risk_point(id);

ALTER TABLE ONLY public.evidence_answer
    ADD CONSTRAINT evidence_answer_proposal_id_fkey FOREIGN KEY (proposal_id) REFERENCES public.evidence_proposal(id);

ALTER TABLE ONLY public.evidence_answer
    ADD CONSTRAINT evidence_answer_review_id_fkey FOREIGN KEY (review_id) REFERENCES public.grading_review(id);

ALTER TABLE ONLY public.evidence_proposal
    ADD CONSTRAINT evidence_proposal_evidence_scheme_fkey FOREIGN KEY (evidence_scheme) REFERENCES public.evidence_scheme(version);

ALTER TABLE ONLY public.evidence_proposal
    ADD CONSTRAINT evidence_proposal_point_id_fkey FOREIGN KEY (point_id) REFERENCES public.risk_point(id);

ALTER TABLE ONLY public.evidence_weight
    ADD CONSTRAINT evidence_weight_version_fkey FOREIGN KEY (version) REFERENCES public.evidence_scheme(version);

ALTER TABLE ONLY public.grade_dissent
    ADD CONSTRAINT grade_dissent_review_id_fkey FOREIGN KEY (review_id) REFERENCES public.grading_review(id);

ALTER TABLE ONLY public.grade_sign_off
    ADD CONSTRAINT grade_sign_off_review_id_fkey FOREIGN KEY (review_id) REFERENCES public.grading_review(id);

ALTER TABLE ONLY public.grading_anchor
    ADD CONSTRAINT grading_anchor_version_fkey FOREIGN KEY (version) REFERENCES public.grading_scheme(version);

ALTER TABLE ONLY public.grading_decision
    ADD CONSTRAINT grading_decision_review_id_fkey FOREIGN KEY (review_id) REFERENCES public.grading_review(id);

ALTER TABLE ONLY public.grading_review
    ADD CONSTRAINT grading_review_point_id_fkey FOREIGN KEY (point_id) REFERENCES public.risk_point(id);

ALTER TABLE ONLY public.grading_review
    ADD CONSTRAINT grading_review_scheme_fkey FOREIGN KEY (scheme) REFERENCES public.grading_scheme(version);

ALTER TABLE ONLY public.grading_vote
    ADD CONSTRAINT grading_vote_review_id_fkey FOREIGN KEY (review_id) REFERENCES public.grading_review(id);

ALTER TABLE ONLY public.handbook_volume
    ADD CONSTRAINT handbook_volume_edition_id_fkey FOREIGN KEY (edition_id) REFERENCES public.handbook_edition(id);

ALTER TABLE ONLY public.identification_step
    ADD CONSTRAINT identification_step_cycle_id_fkey FOREIGN KEY (cycle_id) REFERENCES public.identification_cycle(id);

ALTER TABLE ONLY public.indicator_activation
    ADD CONSTRAINT indicator_activation_version_id_fkey FOREIGN KEY (version_id) REFERENCES public.indicator_version(id);

ALTER TABLE ONLY public.indicator_tuning
    ADD CONSTRAINT indicator_tuning_draft_version_id_fkey FOREIGN KEY (draft_version_id) REFERENCES public.indicator_version(id);

ALTER TABLE ONLY public.indicator_tuning
    ADD CONSTRAINT indicator_tuning_from_version_id_fkey FOREIGN KEY (from_version_id) REFERENCES public.indicator_version(id);

ALTER TABLE ONLY public.kin_withdrawal
    ADD CONSTRAINT kin_withdrawal_declaration_id_fkey FOREIGN KEY (declaration_id) REFERENCES public.kin_declaration(id);

ALTER TABLE ONLY public.org_assignment
    ADD CONSTRAINT org_assignment_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.org_person(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.org_role_grant
    ADD CONSTRAINT org_role_grant_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.org_person(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.org_status
    ADD CONSTRAINT org_status_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.org_person(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.prevention_advice
    ADD CONSTRAINT prevention_advice_cycle_id_fkey FOREIGN KEY (cycle_id) REFERENCES public.identification_cycle(id);

ALTER TABLE ONLY public.process_draft
    ADD CONSTRAINT process_draft_version_id_fkey FOREIGN KEY (version_id) REFERENCES public.process_version(id);

ALTER TABLE ONLY public.process_publication
    ADD CONSTRAINT process_publication_version_id_fkey FOREIGN KEY (version_id) REFERENCES public.process_version(id);

ALTER TABLE ONLY public.process_version
    ADD CONSTRAINT process_version_base_id_fkey FOREIGN KEY (base_id) REFERENCES public.process_version(id);

ALTER TABLE ONLY public.public_withdrawal
    ADD CONSTRAINT public_withdrawal_snapshot_id_fkey FOREIGN KEY (snapshot_id) REFERENCES public.public_snapshot(id);

ALTER TABLE ONLY public.regulation_gap_alert
    ADD CONSTRAINT regulation_gap_alert_gap_id_fkey FOREIGN KEY (gap_id) REFERENCES public.regulation_gap(id);

ALTER TABLE ONLY public.regulation_gap_answer
    ADD CONSTRAINT regulation_gap_answer_gap_id_fkey FOREIGN KEY (gap_id) REFERENCES public.regulation_gap(id);

ALTER TABLE ONLY public.regulation_gap_decision
    ADD CONSTRAINT regulation_gap_decision_gap_id_fkey FOREIGN KEY (gap_id) REFERENCES public.regulation_gap_answer(gap_id);

ALTER TABLE ONLY public.risk_disposition
    ADD CONSTRAINT risk_disposition_point_id_fkey FOREIGN KEY (point_id) REFERENCES public.risk_point(id);

ALTER TABLE ONLY public.risk_disposition
    ADD CONSTRAINT risk_disposition_version_id_fkey FOREIGN KEY (version_id) REFERENCES public.process_version(id);

ALTER TABLE ONLY public.risk_point_description
    ADD CONSTRAINT risk_point_description_point_id_fkey FOREIGN KEY (point_id) REFERENCES public.risk_point(id);

ALTER TABLE ONLY public.risk_point_description
    ADD CONSTRAINT risk_point_description_sequence_fkey FOREIGN KEY (sequence) REFERENCES public.risk_point_version(sequence);

ALTER TABLE ONLY public.risk_point_standing
    ADD CONSTRAINT risk_point_standing_point_id_fkey FOREIGN KEY (point_id) REFERENCES public.risk_point(id);

ALTER TABLE ONLY public.risk_point_version
    ADD CONSTRAINT risk_point_version_point_id_fkey FOREIGN KEY (point_id) REFERENCES public.risk_point(id);

ALTER TABLE ONLY public.rotation_audit
    ADD CONSTRAINT rotation_audit_extension_id_fkey FOREIGN KEY (extension_id) REFERENCES public.rotation_extension(id);

ALTER TABLE ONLY public.rotation_extension_decision
    ADD CONSTRAINT rotation_extension_decision_extension_id_fkey FOREIGN KEY (extension_id) REFERENCES public.rotation_extension(id);

ALTER TABLE ONLY public.rotation_rule_approval
    ADD CONSTRAINT rotation_rule_approval_version_fkey FOREIGN KEY (version) REFERENCES public.rotation_rule(version);

ALTER TABLE ONLY public.scheme_adoption
    ADD CONSTRAINT scheme_adoption_version_fkey FOREIGN KEY (version) REFERENCES public.grading_scheme(version);

ALTER TABLE ONLY public.selection_choice
    ADD CONSTRAINT selection_choice_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES public.selection_campaign(id);

ALTER TABLE ONLY public.selection_decision
    ADD CONSTRAINT selection_decision_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES public.selection_campaign(id);

ALTER TABLE ONLY public.selection_round
    ADD CONSTRAINT selection_round_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES public.selection_campaign(id);

ALTER TABLE ONLY public.self_check
    ADD CONSTRAINT self_check_cycle_id_fkey FOREIGN KEY (cycle_id) REFERENCES public.identification_cycle(id);

ALTER TABLE ONLY public.sibling_batch
    ADD CONSTRAINT sibling_batch_version_fkey FOREIGN KEY (version) REFERENCES public.evidence_scheme(version);

ALTER TABLE ONLY public.sibling_prior
    ADD CONSTRAINT sibling_prior_day_fkey FOREIGN KEY (day) REFERENCES public.sibling_batch(day);

ALTER TABLE ONLY public.sod_remediation
    ADD CONSTRAINT sod_remediation_finding_id_fkey FOREIGN KEY (finding_id) REFERENCES public.sod_finding(id);

ALTER TABLE ONLY public.suggested_grade
    ADD CONSTRAINT suggested_grade_point_id_fkey FOREIGN KEY (point_id) REFERENCES public.risk_point(id);

CREATE POLICY accept ON public.disposition_acceptance FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (EXISTS ( SELECT
   FROM public.risk_disposition d
  WHERE ((d.sequence = disposition_acceptance.disposition) AND (d.receiver_post_id = ANY (( SELECT public.plumbline_posts() AS plumbline_posts)::text[])))))));

CREATE POLICY activate ON public.indicator_activation FOR INSERT WITH CHECK (public.approves_rules(bureau_id));

CREATE POLICY add ON public.register_rollup FOR INSERT WITH CHECK (public.counts_for(split_part(scope_id, '/'::text, 1)));

CREATE POLICY add_up ON public.register_rollup FOR UPDATE USING (public.counts_for(split_part(scope_id, '/'::text, 1)));

CREATE POLICY adopt ON public.catalogue_use FOR INSERT WITH CHECK (public.keeps_rules(bureau_id));

CREATE POLICY adopt ON public.scheme_adoption FOR INSERT WITH CHECK (public.keeps_register(bureau_id));

ALTER TABLE public.advice_decision ENABLE ROW LEVEL SECURITY;

CREATE POLICY advise ON public.prevention_advice FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND ( SELECT public.reads_bureau() AS reads_bureau)));

ALTER TABLE public.alert_entry ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.alert_ledger ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.alert_line ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.alert_progress ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.alert_seer ENABLE ROW LEVEL SECURITY;

CREATE POLICY answer ON public.deviation_answer FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'person'::text) AND (EXISTS ( SELECT
   FROM public.deviation d
  WHERE ((d.alert_id = deviation_answer.alert_id) AND ((public.plumbline_person() = ANY (d.answerers)) OR (public.plumbline_has_role('DISCIPLINE_LEAD'::text) AND (d.outcome = 'CONFIRMED'::text))))))));

CREATE POLICY answer ON public.evidence_answer FOR INSERT WITH CHECK (public.reads_evidence(bureau_id, point_id));

CREATE POLICY answer ON public.regulation_gap_answer FOR INSERT WITH CHECK (public.keeps_rules(bureau_id));

CREATE POLICY append ON public.register_delta FOR INSERT WITH CHECK ((public.keeps_register(bureau_id) OR public.counts_for(bureau_id)));

CREATE POLICY approve ON public.rotation_rule_approval FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR ((public.plumbline_actor() = 'person'::text) AND public.plumbline_has_role('BUREAU_HEAD'::text)))));

CREATE POLICY ask ON public.regulation_gap FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'system'::text)));

CREATE POLICY ask ON public.regulation_gap_alert FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'system'::text)));

CREATE POLICY ask ON public.rotation_extension FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR ((public.plumbline_actor() = 'person'::text) AND public.plumbline_has_role('HR_OFFICER'::text)))));

ALTER TABLE public.assessed_grade ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.assessment_round ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.assessment_vote ENABLE ROW LEVEL SECURITY;

CREATE POLICY audit ON public.rotation_audit FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'person'::text) AND (audited_by = public.plumbline_person()) AND public.plumbline_has_role('INTERNAL_AUDITOR'::text)));

CREATE POLICY audit_append ON public.audit_entry FOR INSERT WITH CHECK (true);

ALTER TABLE public.audit_entry ENABLE ROW LEVEL SECURITY;

CREATE POLICY audit_read ON public.audit_entry FOR SELECT USING (((public.plumbline_actor() = 'system'::text) OR (public.plumbline_has_role('INTERNAL_AUDITOR'::text) AND (bureau_id = public.plumbline_bureau()))));

CREATE POLICY audit_sequence ON public.audit_entry FOR UPDATE USING ((public.plumbline_actor() = 'system'::text));

ALTER TABLE public.authority_grant ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.authority_revocation ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.authority_use ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.avoidance_closing ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.avoidance_finding ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.bureau_display ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.bureau_entry ENABLE ROW LEVEL SECURITY;

CREATE POLICY cast_vote ON public.assessment_vote FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'person'::text) AND (person_id = public.plumbline_person()) AND (EXISTS ( SELECT
   FROM public.grading_review r
  WHERE ((r.id = assessment_vote.review_id) AND (r.kind = 'FACTORS'::text) AND (assessment_vote.person_id = ANY (r.member_ids)) AND (assessment_vote.person_id <> ALL (r.recused_ids))))) AND (NOT (EXISTS ( SELECT
   FROM public.assessment_round c
  WHERE ((c.review_id = assessment_vote.review_id) AND ((c.number >= assessment_vote.round) OR c.settled)))))));

CREATE POLICY cast_vote ON public.grading_vote FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'person'::text) AND (person_id = public.plumbline_person()) AND (EXISTS ( SELECT
   FROM public.grading_review r
  WHERE ((r.id = grading_vote.review_id) AND (grading_vote.person_id = ANY (r.member_ids)) AND (grading_vote.person_id <> ALL (r.recused_ids))))) AND (NOT (EXISTS ( SELECT
   FROM public.assessed_grade a
  WHERE (a.review_id = grading_vote.review_id))))));

ALTER TABLE public.catalogue ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.catalogue_entry ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.catalogue_use ENABLE ROW LEVEL SECURITY;

CREATE POLICY choose ON public.bureau_display FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'person'::text) AND public.plumbline_has_role('BUREAU_HEAD'::text)));

CREATE POLICY choose ON public.handbook_rule FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR ((public.plumbline_actor() = 'person'::text) AND public.plumbline_has_role('BUREAU_HEAD'::text)))));

CREATE POLICY choose ON public.selection_choice FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR ((public.plumbline_actor() = 'person'::text) AND (chosen_by = public.plumbline_person())))));

CREATE POLICY classify ON public.risk_disposition FOR INSERT WITH CHECK ((EXISTS ( SELECT
   FROM public.process_version v
  WHERE ((v.id = risk_disposition.version_id) AND public.drafts_process(v.bureau_id, v.owner_unit_id)))));

CREATE POLICY close ON public.alert_seer FOR UPDATE USING (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'system'::text)));

CREATE POLICY close ON public.assessment_round FOR INSERT WITH CHECK (public.keeps_register(bureau_id));

CREATE POLICY close ON public.avoidance_closing FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'system'::text)));

CREATE POLICY close ON public.grading_decision FOR INSERT WITH CHECK ((public.keeps_register(bureau_id) AND ((grade IS DISTINCT FROM 'HIGH'::text) OR (EXISTS ( SELECT
   FROM public.grade_sign_off s
  WHERE (s.review_id = grading_decision.review_id))))));

CREATE POLICY close ON public.selection_round FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'system'::text)));

CREATE POLICY compact ON public.register_delta FOR DELETE USING (public.counts_for(split_part(scope_id, '/'::text, 1)));

ALTER TABLE public.control_test ENABLE ROW LEVEL SECURITY;

CREATE POLICY count ON public.matter_month FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'system'::text)));

CREATE POLICY count_on ON public.matter_month FOR UPDATE USING (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'system'::text)));

ALTER TABLE public.cycle_stage ENABLE ROW LEVEL SECURITY;

CREATE POLICY decide ON public.advice_decision FOR INSERT WITH CHECK (public.keeps_register(bureau_id));

CREATE POLICY decide ON public.entry_draft FOR UPDATE USING ((public.keeps_rules(bureau_id) AND (accepted IS NULL))) WITH CHECK (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR ((public.plumbline_actor() = 'person'::text) AND public.plumbline_has_role('BUREAU_HEAD'::text)))));

CREATE POLICY decide ON public.regulation_gap_decision FOR INSERT WITH CHECK (public.approves_rules(bureau_id));

CREATE POLICY decide ON public.rotation_extension_decision FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR ((public.plumbline_actor() = 'person'::text) AND public.plumbline_has_role('BUREAU_HEAD'::text)))));

CREATE POLICY decide ON public.selection_decision FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR ((public.plumbline_actor() = 'person'::text) AND public.plumbline_has_role('BUREAU_HEAD'::text)))));

CREATE POLICY declare ON public.kin_declaration FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR ((public.plumbline_actor() = 'person'::text) AND ((person_id = public.plumbline_person()) OR public.plumbline_has_role('HR_OFFICER'::text))))));

ALTER TABLE public.deviation ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.deviation_answer ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.discretion_publication ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.discretion_standard ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.disposition_acceptance ENABLE ROW LEVEL SECURITY;

CREATE POLICY dissent ON public.grade_dissent FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'person'::text) AND (person_id = public.plumbline_person()) AND (EXISTS ( SELECT
   FROM public.grading_review r
  WHERE ((r.id = grade_dissent.review_id) AND (grade_dissent.person_id = ANY (r.member_ids)) AND (grade_dissent.person_id <> ALL (r.recused_ids)))))));

CREATE POLICY draft ON public.discretion_standard FOR INSERT WITH CHECK (public.keeps_rules(bureau_id));

CREATE POLICY draft ON public.entry_draft FOR INSERT WITH CHECK ((public.keeps_rules(bureau_id) AND (accepted IS NULL)));

CREATE POLICY draft ON public.indicator_version FOR INSERT WITH CHECK (public.keeps_rules(bureau_id));

CREATE POLICY draft ON public.process_draft FOR INSERT WITH CHECK ((EXISTS ( SELECT
   FROM public.process_version v
  WHERE ((v.id = process_draft.version_id) AND public.drafts_process(v.bureau_id, v.owner_unit_id)))));

CREATE POLICY draft ON public.process_version FOR INSERT WITH CHECK (public.drafts_process(bureau_id, owner_unit_id));

ALTER TABLE public.entry_draft ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.evidence ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.evidence_answer ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.evidence_proposal ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.evidence_scheme ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.evidence_weight ENABLE ROW LEVEL SECURITY;

CREATE POLICY find ON public.avoidance_finding FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'system'::text)));

CREATE POLICY find ON public.sod_finding FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'system'::text)));

ALTER TABLE public.grade_dissent ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.grade_sign_off ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.grading_anchor ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.grading_decision ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.grading_review ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.grading_scheme ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.grading_vote ENABLE ROW LEVEL SECURITY;

CREATE POLICY grant_it ON public.authority_grant FOR INSERT WITH CHECK (public.grants_authority(bureau_id, grantor_unit));

CREATE POLICY grant_it ON public.sod_exception FOR INSERT WITH CHECK (public.keeps_register(bureau_id));

ALTER TABLE public.handbook_edition ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.handbook_rule ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.handbook_volume ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.heightened_monitoring ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.identification_cycle ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.identification_step ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.indicator_activation ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.indicator_retirement ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.indicator_tuning ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.indicator_version ENABLE ROW LEVEL SECURITY;

CREATE POLICY issue ON public.handbook_edition FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'system'::text)));

CREATE POLICY issue ON public.handbook_volume FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'system'::text)));

CREATE POLICY keep ON public.risk_point FOR INSERT WITH CHECK (public.keeps_register(bureau_id));

CREATE POLICY keep ON public.risk_point_description FOR INSERT WITH CHECK (public.keeps_register(bureau_id));

CREATE POLICY keep ON public.risk_point_standing FOR INSERT WITH CHECK (public.keeps_register(bureau_id));

CREATE POLICY keep ON public.risk_point_version FOR INSERT WITH CHECK (public.keeps_register(bureau_id));

ALTER TABLE public.kin_declaration ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.kin_withdrawal ENABLE ROW LEVEL SECURITY;

CREATE POLICY load ON public.catalogue FOR INSERT WITH CHECK ((public.plumbline_actor() = 'system'::text));

CREATE POLICY load ON public.catalogue_entry FOR INSERT WITH CHECK ((public.plumbline_actor() = 'system'::text));

ALTER TABLE public.matter_month ENABLE ROW LEVEL SECURITY;

CREATE POLICY move ON public.cycle_stage FOR INSERT WITH CHECK (public.keeps_register(bureau_id));

CREATE POLICY open ON public.grading_review FOR INSERT WITH CHECK (public.keeps_register(bureau_id));

CREATE POLICY open ON public.identification_cycle FOR INSERT WITH CHECK (public.keeps_register(bureau_id));

CREATE POLICY open ON public.selection_campaign FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR ((public.plumbline_actor() = 'person'::text) AND public.plumbline_has_role('HR_OFFICER'::text)))));

CREATE POLICY place ON public.register_scope FOR INSERT WITH CHECK (public.counts_for(bureau_id));

CREATE POLICY plan ON public.rotation_proposal FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR ((public.plumbline_actor() = 'person'::text) AND public.plumbline_has_role('HR_OFFICER'::text)))));

CREATE POLICY pool ON public.sibling_batch FOR INSERT WITH CHECK (((public.plumbline_actor() = 'system'::text) AND (public.plumbline_bureau() IS NULL)));

CREATE POLICY pool ON public.sibling_prior FOR INSERT WITH CHECK (((public.plumbline_actor() = 'system'::text) AND (public.plumbline_bureau() IS NULL)));

ALTER TABLE public.prevention_advice ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.process_draft ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.process_publication ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.process_version ENABLE ROW LEVEL SECURITY;

CREATE POLICY propose ON public.indicator_tuning FOR INSERT WITH CHECK (public.keeps_rules(bureau_id));

CREATE POLICY propose ON public.rotation_rule FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR ((public.plumbline_actor() = 'person'::text) AND public.plumbline_has_role('HR_OFFICER'::text)))));

CREATE POLICY propose ON public.suggested_grade FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR ((public.plumbline_actor() = 'person'::text) AND (proposed_by = public.plumbline_person()))) AND (EXISTS ( SELECT
   FROM public.risk_point_description d
  WHERE (d.point_id = suggested_grade.point_id)))));

ALTER TABLE public.public_snapshot ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.public_withdrawal ENABLE ROW LEVEL SECURITY;

CREATE POLICY publish ON public.discretion_publication FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR ((public.plumbline_actor() = 'person'::text) AND public.plumbline_has_role('BUREAU_HEAD'::text)))));

CREATE POLICY publish ON public.grading_anchor FOR INSERT WITH CHECK ((EXISTS ( SELECT
   FROM public.grading_scheme s
  WHERE ((s.version = grading_anchor.version) AND public.keeps_register(s.bureau_id)))));

CREATE POLICY publish ON public.grading_scheme FOR INSERT WITH CHECK (((bureau_id IS NOT NULL) AND public.keeps_register(bureau_id)));

CREATE POLICY publish ON public.process_publication FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'system'::text)));

CREATE POLICY publish ON public.public_snapshot FOR INSERT WITH CHECK (public.discloses(bureau_id));

CREATE POLICY put_up ON public.assessed_grade FOR INSERT WITH CHECK (public.keeps_register(bureau_id));

CREATE POLICY read ON public.advice_decision FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ( SELECT public.reads_bureau() AS reads_bureau)));

CREATE POLICY read ON public.alert_entry FOR SELECT USING (((bureau_id = ( SELECT public.plumbline_bureau() AS plumbline_bureau)) AND ((( SELECT public.plumbline_actor() AS plumbline_actor) = 'system'::text) OR (EXISTS ( SELECT
   FROM public.alert_seer s
  WHERE ((s.alert_id = alert_entry.alert_id) AND (s.seer = ANY (( SELECT public.ledger_seers() AS ledger_seers)::text[]))))))));

CREATE POLICY read ON public.alert_ledger FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (( SELECT public.reads_bureau() AS reads_bureau) OR ((public.plumbline_actor() = 'person'::text) AND public.plumbline_has_role('SUPERVISION_OFFICE'::text)) OR (( SELECT public.reads_units() AS reads_units) AND (unit_id = ANY (( SELECT public.plumbline_units() AS plumbline_units)::text[]))))));

CREATE POLICY read ON public.alert_line FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (EXISTS ( SELECT
   FROM public.alert_entry e
  WHERE (e.alert_id = alert_line.alert_id)))));

CREATE POLICY read ON public.alert_progress FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (( SELECT public.reads_bureau() AS reads_bureau) OR (( SELECT public.reads_units() AS reads_units) AND (unit_id = ANY (( SELECT public.plumbline_units() AS plumbline_units)::text[]))) OR ((( SELECT public.plumbline_actor() AS plumbline_actor) = 'person'::text) AND ( SELECT public.plumbline_has_role('SUPERVISION_OFFICE'::text) AS plumbline_has_role)) OR (EXISTS ( SELECT
   FROM public.alert_seer s
  WHERE ((s.alert_id = alert_progress.alert_id) AND (s.seer = ANY (( SELECT public.ledger_seers() AS ledger_seers)::text[]))))))));

CREATE POLICY read ON public.alert_seer FOR SELECT USING (((bureau_id = ( SELECT public.plumbline_bureau() AS plumbline_bureau)) AND ((( SELECT public.plumbline_actor() AS plumbline_actor) = 'system'::text) OR (seer = ANY (( SELECT public.ledger_seers() AS ledger_seers)::text[])))));

CREATE POLICY read ON public.assessed_grade FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (EXISTS ( SELECT
   FROM public.grading_review r
  WHERE (r.id = assessed_grade.review_id)))));

CREATE POLICY read ON public.assessment_round FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (EXISTS ( SELECT
   FROM public.grading_review r
  WHERE (r.id = assessment_round.review_id)))));

CREATE POLICY read ON public.assessment_vote FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR ((public.plumbline_actor() = 'person'::text) AND COALESCE((person_id = public.plumbline_person()), false)))));

CREATE POLICY read ON public.authority_grant FOR SELECT USING (public.reads_authority(bureau_id));

CREATE POLICY read ON public.authority_revocation FOR SELECT USING (public.reads_authority(bureau_id));

CREATE POLICY read ON public.authority_use FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (( SELECT public.reads_bureau() AS reads_bureau) OR ((public.plumbline_actor() = 'person'::text) AND (person_id = ( SELECT public.plumbline_person() AS plumbline_person))) OR (( SELECT public.reads_units() AS reads_units) AND (EXISTS ( SELECT
   FROM public.authority_grant g
  WHERE ((g.id = authority_use.grant_id) AND (ARRAY[g.grantor_unit, g.grantee_unit] && ( SELECT public.plumbline_units() AS plumbline_units)))))))));

CREATE POLICY read ON public.avoidance_closing FOR SELECT USING (public.reads_kin(bureau_id));

CREATE POLICY read ON public.avoidance_finding FOR SELECT USING (public.reads_kin(bureau_id));

CREATE POLICY read ON public.bureau_entry FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR ((public.plumbline_actor() = 'person'::text) AND ((kind <> ALL (ARRAY['CONTROL'::text, 'SOD_RULE'::text, 'POINT'::text])) OR ( SELECT public.reads_bureau() AS reads_bureau) OR ( SELECT public.reads_units() AS reads_units))))));

CREATE POLICY read ON public.catalogue FOR SELECT USING ((public.plumbline_actor() = ANY (ARRAY['person'::text, 'system'::text])));

CREATE POLICY read ON public.catalogue_entry FOR SELECT USING ((public.plumbline_actor() = ANY (ARRAY['person'::text, 'system'::text])));

CREATE POLICY read ON public.catalogue_use FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = ANY (ARRAY['person'::text, 'system'::text]))));

CREATE POLICY read ON public.control_test FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ( SELECT public.reads_bureau() AS reads_bureau)));

CREATE POLICY read ON public.cycle_stage FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = ANY (ARRAY['person'::text, 'system'::text]))));

CREATE POLICY read ON public.deviation FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND public.sees_alert(alert_id)));

CREATE POLICY read ON public.deviation_answer FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND public.sees_alert(alert_id)));

CREATE POLICY read ON public.discretion_publication FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = ANY (ARRAY['person'::text, 'system'::text]))));

CREATE POLICY read ON public.discretion_standard FOR SELECT USING ((public.keeps_rules(bureau_id) OR ((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'person'::text) AND (EXISTS ( SELECT
   FROM public.discretion_publication p
  WHERE (p.standard_version_id = discretion_standard.id))))));

CREATE POLICY read ON public.disposition_acceptance FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (EXISTS ( SELECT
   FROM public.risk_disposition d
  WHERE (d.sequence = disposition_acceptance.disposition)))));

CREATE POLICY read ON public.entry_draft FOR SELECT USING (public.keeps_rules(bureau_id));

CREATE POLICY read ON public.evidence FOR SELECT USING (public.reads_evidence(bureau_id, point_id));

CREATE POLICY read ON public.evidence_answer FOR SELECT USING (public.reads_evidence(bureau_id, point_id));

CREATE POLICY read ON public.evidence_proposal FOR SELECT USING (public.reads_evidence(bureau_id, point_id));

CREATE POLICY read ON public.evidence_scheme FOR SELECT USING (true);

CREATE POLICY read ON public.evidence_weight FOR SELECT USING (true);

CREATE POLICY read ON public.grade_dissent FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (EXISTS ( SELECT
   FROM public.grading_review r
  WHERE (r.id = grade_dissent.review_id)))));

CREATE POLICY read ON public.grade_sign_off FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (EXISTS ( SELECT
   FROM public.grading_review r
  WHERE (r.id = grade_sign_off.review_id)))));

CREATE POLICY read ON public.grading_anchor FOR SELECT USING ((EXISTS ( SELECT
   FROM public.grading_scheme s
  WHERE (s.version = grading_anchor.version))));

CREATE POLICY read ON public.grading_decision FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (EXISTS ( SELECT
   FROM public.grading_review r
  WHERE (r.id = grading_decision.review_id)))));

CREATE POLICY read ON public.grading_review FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR ((public.plumbline_actor() = 'person'::text) AND (public.plumbline_has_role('BUREAU_HEAD'::text) OR public.plumbline_has_role('DISCIPLINE_LEAD'::text) OR COALESCE((public.plumbline_person() = ANY (member_ids)), false))))));

CREATE POLICY read ON public.grading_scheme FOR SELECT USING (((bureau_id IS NULL) OR (bureau_id = public.plumbline_bureau())));

CREATE POLICY read ON public.grading_vote FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (EXISTS ( SELECT
   FROM public.grading_review r
  WHERE (r.id = grading_vote.review_id))) AND ((public.plumbline_actor() = 'system'::text) OR (person_id = public.plumbline_person()) OR (EXISTS ( SELECT
   FROM public.grading_decision d
  WHERE (d.review_id = grading_vote.review_id))) OR (EXISTS ( SELECT
   FROM public.assessed_grade a
  WHERE (a.review_id = grading_vote.review_id))))));

CREATE POLICY read ON public.handbook_edition FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (( SELECT public.reads_bureau() AS reads_bureau) OR ((scope <> 'BUREAU'::text) AND ((( SELECT public.reads_units() AS reads_units) AND (unit_ids <@ ( SELECT public.plumbline_units() AS plumbline_units))) OR ((public.plumbline_actor() = 'person'::text) AND (post_ids <@ ( SELECT public.plumbline_posts() AS plumbline_posts))))))));

CREATE POLICY read ON public.handbook_rule FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = ANY (ARRAY['person'::text, 'system'::text]))));

CREATE POLICY read ON public.handbook_volume FOR SELECT USING ((EXISTS ( SELECT
   FROM public.handbook_edition e
  WHERE (e.id = handbook_volume.edition_id))));

CREATE POLICY read ON public.heightened_monitoring FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR ((public.plumbline_actor() = 'person'::text) AND (public.plumbline_has_role('BUREAU_HEAD'::text) OR public.plumbline_has_role('DISCIPLINE_LEAD'::text)) AND (NOT (EXISTS ( SELECT
   FROM public.risk_point_description d
  WHERE ((d.point_id = heightened_monitoring.point_id) AND (d.post_ids && public.plumbline_posts())))))))));

CREATE POLICY read ON public.identification_cycle FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = ANY (ARRAY['person'::text, 'system'::text]))));

CREATE POLICY read ON public.identification_step FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (( SELECT public.reads_bureau() AS reads_bureau) OR ((public.plumbline_actor() = 'person'::text) AND (person_id = public.plumbline_person())) OR (( SELECT public.reads_units() AS reads_units) AND (unit_id = ANY (( SELECT public.plumbline_units() AS plumbline_units)::text[]))))));

CREATE POLICY read ON public.indicator_activation FOR SELECT USING (public.reads_indicators(bureau_id));

CREATE POLICY read ON public.indicator_retirement FOR SELECT USING (public.reads_indicators(bureau_id));

CREATE POLICY read ON public.indicator_tuning FOR SELECT USING ((public.keeps_rules(bureau_id) OR ((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'person'::text) AND public.plumbline_has_role('INTERNAL_AUDITOR'::text))));

CREATE POLICY read ON public.indicator_version FOR SELECT USING ((public.keeps_rules(bureau_id) OR (public.reads_indicators(bureau_id) AND (EXISTS ( SELECT
   FROM public.indicator_activation a
  WHERE (a.version_id = indicator_version.id))))));

CREATE POLICY read ON public.kin_declaration FOR SELECT USING (public.reads_kin(bureau_id));

CREATE POLICY read ON public.kin_withdrawal FOR SELECT USING (public.reads_kin(bureau_id));

CREATE POLICY read ON public.matter_month FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (( SELECT public.reads_bureau() AS reads_bureau) OR (( SELECT public.reads_units() AS reads_units) AND (unit_id = ANY (( SELECT public.plumbline_units() AS plumbline_units)::text[]))))));

CREATE POLICY read ON public.prevention_advice FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ( SELECT public.reads_bureau() AS reads_bureau)));

CREATE POLICY read ON public.process_draft FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (EXISTS ( SELECT
   FROM public.process_version v
  WHERE (v.id = process_draft.version_id)))));

CREATE POLICY read ON public.process_publication FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = ANY (ARRAY['person'::text, 'system'::text]))));

CREATE POLICY read ON public.process_version FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = ANY (ARRAY['person'::text, 'system'::text])) AND (( SELECT public.reads_bureau() AS reads_bureau) OR (( SELECT public.reads_units() AS reads_units) AND (owner_unit_id = ANY (( SELECT public.plumbline_units() AS plumbline_units)::text[]))) OR (EXISTS ( SELECT
   FROM public.process_publication p
  WHERE (p.version_id = process_version.id))))));

CREATE POLICY read ON public.public_snapshot FOR SELECT USING (((bureau_id = public.plumbline_bureau()) OR (NOT (EXISTS ( SELECT
   FROM public.public_withdrawal w
  WHERE (w.snapshot_id = public_snapshot.id))))));

CREATE POLICY read ON public.public_withdrawal FOR SELECT USING (true);

CREATE POLICY read ON public.register_delta FOR SELECT USING (public.counts_for(split_part(scope_id, '/'::text, 1)));

CREATE POLICY read ON public.register_rollup FOR SELECT USING (public.counts_for(split_part(scope_id, '/'::text, 1)));

CREATE POLICY read ON public.register_scope FOR SELECT USING (((bureau_id = public.plumbline_bureau()) OR public.counts_for(bureau_id)));

CREATE POLICY read ON public.regulation_gap FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ( SELECT public.reads_bureau() AS reads_bureau)));

CREATE POLICY read ON public.regulation_gap_alert FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ( SELECT public.reads_bureau() AS reads_bureau)));

CREATE POLICY read ON public.regulation_gap_answer FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ( SELECT public.reads_bureau() AS reads_bureau)));

CREATE POLICY read ON public.regulation_gap_decision FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ( SELECT public.reads_bureau() AS reads_bureau)));

CREATE POLICY read ON public.risk_disposition FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (( SELECT public.reads_bureau() AS reads_bureau) OR ((public.plumbline_actor() = 'person'::text) AND (receiver_post_id = ANY (( SELECT public.plumbline_posts() AS plumbline_posts)::text[]))) OR (( SELECT public.reads_units() AS reads_units) AND (EXISTS ( SELECT
   FROM public.process_version v
  WHERE ((v.id = risk_disposition.version_id) AND (v.owner_unit_id = ANY (( SELECT public.plumbline_units() AS plumbline_units)::text[])))))))));

CREATE POLICY read ON public.risk_point_description FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (( SELECT public.reads_bureau() AS reads_bureau) OR (( SELECT public.reads_units() AS reads_units) AND ((unit_ids && ( SELECT public.plumbline_units() AS plumbline_units)) OR (owner_unit_id = ANY (( SELECT public.plumbline_units() AS plumbline_units)::text[])))) OR ((public.plumbline_actor() = 'person'::text) AND (post_ids && ( SELECT public.plumbline_posts() AS plumbline_posts))) OR ((public.plumbline_actor() = 'person'::text) AND (( SELECT public.registry_scopes() AS registry_scopes) IS NOT NULL) AND ((public.topics_of(process) && ( SELECT public.registry_scopes() AS registry_scopes)) OR (('dossier:'::text || point_id) = ANY (( SELECT public.registry_scopes() AS registry_scopes)::text[])))))));

CREATE POLICY read ON public.rotation_audit FOR SELECT USING (public.reads_rotation_audit(bureau_id));

CREATE POLICY read ON public.rotation_extension FOR SELECT USING (public.reads_rotation(bureau_id, person_id, unit_id));

CREATE POLICY read ON public.rotation_extension_decision FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (EXISTS ( SELECT
   FROM public.rotation_extension e
  WHERE (e.id = rotation_extension_decision.extension_id)))));

CREATE POLICY read ON public.rotation_proposal FOR SELECT USING (public.reads_rotation(bureau_id, person_id, unit_id));

CREATE POLICY read ON public.rotation_rule FOR SELECT USING (((bureau_id IS NULL) OR (bureau_id = public.plumbline_bureau())));

CREATE POLICY read ON public.rotation_rule_approval FOR SELECT USING ((bureau_id = public.plumbline_bureau()));

CREATE POLICY read ON public.selection_campaign FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (public.runs_selection() OR ((public.plumbline_actor() = 'person'::text) AND COALESCE((public.plumbline_person() = ANY (candidate_ids)), false)) OR (public.reads_units() AND (unit_ids && public.plumbline_units())))));

CREATE POLICY read ON public.selection_choice FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR ((public.plumbline_actor() = 'person'::text) AND COALESCE((chosen_by = public.plumbline_person()), false)))));

CREATE POLICY read ON public.selection_decision FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (EXISTS ( SELECT
   FROM public.selection_campaign c
  WHERE (c.id = selection_decision.campaign_id)))));

CREATE POLICY read ON public.selection_round FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND public.runs_selection()));

CREATE POLICY read ON public.self_check FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (( SELECT public.reads_bureau() AS reads_bureau) OR ((public.plumbline_actor() = 'person'::text) AND (person_id = public.plumbline_person())) OR (( SELECT public.reads_units() AS reads_units) AND (unit_id = ANY (( SELECT public.plumbline_units() AS plumbline_units)::text[]))))));

CREATE POLICY read ON public.sibling_batch FOR SELECT USING ((public.plumbline_actor() = 'system'::text));

CREATE POLICY read ON public.sibling_prior FOR SELECT USING ((public.plumbline_actor() = 'system'::text));

CREATE POLICY read ON public.sod_exception FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ( SELECT public.reads_bureau() AS reads_bureau)));

CREATE POLICY read ON public.sod_finding FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ( SELECT public.reads_bureau() AS reads_bureau)));

CREATE POLICY read ON public.sod_remediation FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ( SELECT public.reads_bureau() AS reads_bureau)));

CREATE POLICY read ON public.suggested_grade FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (EXISTS ( SELECT
   FROM public.risk_point_description d
  WHERE (d.point_id = suggested_grade.point_id)))));

CREATE POLICY record ON public.alert_entry FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'system'::text)));

CREATE POLICY record ON public.alert_ledger FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'system'::text)));

CREATE POLICY record ON public.alert_line FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'system'::text)));

CREATE POLICY record ON public.alert_progress FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'system'::text)));

CREATE POLICY record ON public.alert_seer FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'system'::text)));

CREATE POLICY record ON public.bureau_entry FOR INSERT WITH CHECK (public.keeps_rules(bureau_id));

CREATE POLICY record ON public.control_test FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'person'::text) AND (public.plumbline_has_role('INTERNAL_AUDITOR'::text) OR public.plumbline_has_role('DISCIPLINE_OFFICER'::text))));

CREATE POLICY record ON public.deviation FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'system'::text)));

CREATE POLICY record ON public.evidence FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'system'::text)));

CREATE POLICY record ON public.evidence_proposal FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'system'::text)));

CREATE POLICY record ON public.heightened_monitoring FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'system'::text)));

ALTER TABLE public.register_delta ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.register_rollup ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.register_scope ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.regulation_gap ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.regulation_gap_alert ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.regulation_gap_answer ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.regulation_gap_decision ENABLE ROW LEVEL SECURITY;

CREATE POLICY remedy ON public.sod_remediation FOR INSERT WITH CHECK (public.keeps_rules(bureau_id));

CREATE POLICY retire ON public.indicator_retirement FOR INSERT WITH CHECK (public.approves_rules(bureau_id));

CREATE POLICY revoke_it ON public.authority_revocation FOR INSERT WITH CHECK ((EXISTS ( SELECT
   FROM public.authority_grant g
  WHERE ((g.id = authority_revocation.grant_id) AND public.grants_authority(g.bureau_id, g.grantor_unit)))));

ALTER TABLE public.risk_disposition ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.risk_point ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.risk_point_description ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.risk_point_standing ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.risk_point_version ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.rotation_audit ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.rotation_extension ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.rotation_extension_decision ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.rotation_notice ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.rotation_proposal ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.rotation_rule ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.rotation_rule_approval ENABLE ROW LEVEL SECURITY;

CREATE POLICY save ON public.identification_step FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'person'::text) AND (person_id = public.plumbline_person())));

ALTER TABLE public.scheme_adoption ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.selection_campaign ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.selection_choice ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.selection_decision ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.selection_round ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.self_check ENABLE ROW LEVEL SECURITY;

CREATE POLICY service ON public.rotation_notice USING (((public.plumbline_actor() = 'system'::text) AND (bureau_id = public.plumbline_bureau())));

ALTER TABLE public.sibling_batch ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.sibling_prior ENABLE ROW LEVEL SECURITY;

CREATE POLICY sign ON public.grade_sign_off FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'person'::text) AND (person_id = public.plumbline_person()) AND public.plumbline_has_role(
CASE seat
    WHEN 'HEAD'::text THEN 'BUREAU_HEAD'::text
    ELSE 'DISCIPLINE_LEAD'::text
END) AND (EXISTS ( SELECT
   FROM public.grading_review r
  WHERE ((r.id = grade_sign_off.review_id) AND (grade_sign_off.person_id <> ALL (r.recused_ids)))))));

ALTER TABLE public.sod_exception ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.sod_finding ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.sod_remediation ENABLE ROW LEVEL SECURITY;

CREATE POLICY submit ON public.self_check FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'system'::text)));

ALTER TABLE public.suggested_grade ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON public.bureau_display FOR SELECT USING ((bureau_id = public.plumbline_bureau()));

CREATE POLICY tenant ON public.risk_point FOR SELECT USING ((bureau_id = public.plumbline_bureau()));

CREATE POLICY tenant ON public.risk_point_standing FOR SELECT USING ((bureau_id = public.plumbline_bureau()));

CREATE POLICY tenant ON public.risk_point_version FOR SELECT USING ((bureau_id = public.plumbline_bureau()));

CREATE POLICY tenant ON public.scheme_adoption FOR SELECT USING ((bureau_id = public.plumbline_bureau()));

CREATE POLICY unplace ON public.register_scope FOR DELETE USING (public.counts_for(bureau_id));

CREATE POLICY use_it ON public.authority_use FOR INSERT WITH CHECK ((((public.plumbline_actor() = 'client'::text) OR (person_id = public.plumbline_person())) AND (EXISTS ( SELECT
   FROM public.authority_grant g
  WHERE ((g.id = authority_use.grant_id) AND public.uses_authority(g.bureau_id, g.grantee_unit))))));

CREATE POLICY withdraw ON public.kin_withdrawal FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR ((public.plumbline_actor() = 'person'::text) AND public.plumbline_has_role('HR_OFFICER'::text)))));

CREATE POLICY withdraw ON public.public_withdrawal FOR INSERT WITH CHECK ((public.discloses(bureau_id) AND (EXISTS ( SELECT
   FROM public.public_snapshot s
  WHERE ((s.id = public_withdrawal.snapshot_id) AND (s.bureau_id = public_withdrawal.bureau_id))))));
