CREATE FUNCTION public.adjudicated_people(wanted text) RETURNS text[]
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public'
    AS $$
  select m.people from adjudication a join matter m on m.id = a.matter_id
  where a.id = wanted and a.bureau_id = plumbline_bureau()
$$;

CREATE FUNCTION public.adjudication_ruling(wanted text) RETURNS TABLE(amount_fen bigint, carried boolean, decided_on date)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public'
    AS $$
  select a.amount_fen, a.carried, a.decided_on from adjudication a
  where a.matter_id = wanted and a.bureau_id = plumbline_bureau() and a.decided_on is not null
  order by a.id desc limit 1
$$;

CREATE FUNCTION public.adjudication_tally(wanted text, in_round text) RETURNS TABLE(votes_for integer, votes_against integer, abstained integer)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public'
    AS $$
  select count(*) filter (where choice = 'FOR')::integer, count(*) filter (where choice = 'AGAINST')::integer,
         count(*) filter (where choice = 'ABSTAIN')::integer
  from adjudication_opinion
  where adjudication_id = wanted and round = in_round and bureau_id = plumbline_bureau()
$$;

CREATE FUNCTION public.alert_dossier(wanted text) RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public'
    AS $$
  select jsonb_build_object(
    'case_ref', m.case_ref, 'item_code', m.item_code, 'accepted_on', m.accepted_on, 'due_on', m.due_on,
    'closed_on', m.closed_on, 'late_working_days', m.late_working_days,
    'extension_days', a.facts -> 'extension_days', 'extension_due_on', a.facts -> 'extension_due_on',
    'custody', coalesce((
      select jsonb_agg(jsonb_build_object('from_unit', s.from_unit, 'to_unit', s.to_unit, 'sent_at', s.sent_at,
                                          'acknowledged_at', s.acknowledged_at) order by s.sent_at)
      from slip s where s.matter_id = m.id), '[]'))
  from alert a join matter m on m.id = a.matter_id
  where a.id = wanted and a.bureau_id = plumbline_bureau() and (
    plumbline_actor() = 'system'
    or exists (select from alert_viewer v where v.alert_id = a.id and v.person_id = plumbline_person())
    or exists (select from incident i join participant p on p.object_id = i.id
               where i.alert_id = a.id and p.person_id = plumbline_person()))
$$;

CREATE FUNCTION public.alert_viewers(wanted text[]) RETURNS TABLE(alert_id text, person_id text, basis text, since timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public'
    AS $$
  select v.alert_id, v.person_id, v.basis, v.since from alert_viewer v
  where v.alert_id = any(wanted) and v.bureau_id = plumbline_bureau()
    and (plumbline_actor() = 'system' or exists (
      select from alert_viewer me where me.alert_id = v.alert_id and me.person_id = plumbline_person()))
  order by v.alert_id, v.since, v.person_id
$$;

CREATE FUNCTION public.approvals_at_step(point text, first timestamp with time zone, read_at timestamp with time zone) RETURNS TABLE(matter_id text, case_ref text, step text, signers text[], at timestamp with time zone)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public'
    AS $$
declare
  counted integer;
begin
  if not plumbline_has_role('DISCIPLINE_LEAD') or plumbline_person() is null then return; end if;
  return query
    select s.matter_id, m.case_ref, s.step, s.signers, s.at
    from matter_step s
    join matter m on m.id = s.matter_id
    join item_version v on v.bureau_id = m.bureau_id and v.item_code = m.item_code and v.version = m.item_version
    cross join lateral jsonb_array_elements(v.definition -> 'steps') as d
    join risk_point_replica r on r.point_id = point and r.bureau_id = m.bureau_id
    where m.bureau_id = plumbline_bureau() and s.at >= first and d ->> 'code' = s.step
      and (d ->> 'point' = r.code or (v.definition ->> 'process' = r.process and s.step = r.step))
    order by s.at desc, s.matter_id;
  get diagnostics counted = row_count;
  insert into sealed_read (bureau_id, reader, what, point_id, since, found, at)
  values (plumbline_bureau(), plumbline_person(), 'approvals_at_step', point, first, counted, read_at);
end
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

CREATE FUNCTION public.plumbline_actor() RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN NULLIF(current_setting('plumbline.actor'::text, true), ''::text);

CREATE FUNCTION public.plumbline_bureau() RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN NULLIF(current_setting('plumbline.bureau'::text, true), ''::text);

CREATE FUNCTION public.plumbline_has_scope(scope text) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN COALESCE((scope = ANY (string_to_array(NULLIF(current_setting('plumbline.scopes'::text, true), ''::text), ','::text))), false);

CREATE FUNCTION public.case_flow_in_hall(bureau text) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN ((bureau = public.plumbline_bureau()) AND ((public.plumbline_actor() = ANY (ARRAY['person'::text, 'system'::text])) OR ((public.plumbline_actor() = 'client'::text) AND public.plumbline_has_scope('hall:queue'::text))));

CREATE FUNCTION public.plumbline_has_role(role text) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN COALESCE((role = ANY (string_to_array(NULLIF(current_setting('plumbline.roles'::text, true), ''::text), ','::text))), false);

CREATE FUNCTION public.case_flow_migrates(bureau text) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN ((bureau = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR ((public.plumbline_actor() = 'person'::text) AND (public.plumbline_has_role('BUREAU_HEAD'::text) OR public.plumbline_has_role('ROLLOUT_ADMIN'::text)))));

CREATE FUNCTION public.case_flow_open_load(people text[]) RETURNS TABLE(person text, open_steps bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public'
    AS $$
  select w.assignee, count(*) from work w
  where w.assignee = any(people) and w.bureau_id = plumbline_bureau() group by w.assignee
$$;

CREATE FUNCTION public.case_flow_party(given text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN lower(btrim(given));

CREATE FUNCTION public.case_flow_recused(matter_id text, bureau text, title text, facts jsonb) RETURNS text[]
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public'
    AS $$
  select coalesce(array_agg(distinct i.person_id order by i.person_id), '{}') from interest i
  where i.bureau_id = bureau and bureau = plumbline_bureau() and i.ended_at is null and (
    i.matter_id = case_flow_recused.matter_id
    or i.party in (case_flow_party(title), case_flow_party(facts ->> 'taxpayer_id')))
$$;

CREATE FUNCTION public.plumbline_units() RETURNS text[]
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN string_to_array(NULLIF(current_setting('plumbline.units'::text, true), ''::text), ','::text);

CREATE FUNCTION public.case_flow_sees_branch(bureau text, others jsonb) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN ((bureau = public.plumbline_bureau()) AND (public.plumbline_actor() = 'person'::text) AND (EXISTS (SELECT FROM jsonb_array_elements(case_flow_sees_branch.others) one(value) WHERE (((one.value ->> 'queue_unit'::text) = ANY (public.plumbline_units())) AND (EXISTS (SELECT FROM jsonb_array_elements_text((one.value -> 'queue_roles'::text)) role(value) WHERE public.plumbline_has_role(role.value)))))));

CREATE FUNCTION public.plumbline_person() RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN NULLIF(current_setting('plumbline.person'::text, true), ''::text);

CREATE FUNCTION public.case_flow_sees_matter(bureau text, people text[], units text[], queue_unit text, queue_roles text[], domain text) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN ((bureau = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR ((public.plumbline_actor() = 'person'::text) AND ((public.plumbline_person() = ANY (people)) OR ((queue_unit = ANY (public.plumbline_units())) AND (queue_roles && string_to_array(current_setting('plumbline.roles'::text, true), ','::text))) OR public.plumbline_has_role('BUREAU_HEAD'::text) OR ((public.plumbline_has_role('SECTION_CHIEF'::text) OR public.plumbline_has_role('OFFICE_CHIEF'::text)) AND (units && COALESCE(public.plumbline_units(), '{}'::text[]))) OR (string_to_array(('leads:'::text || array_to_string(units, ',leads:'::text)), ','::text) && string_to_array(current_setting('plumbline.scopes'::text, true), ','::text)) OR (public.plumbline_has_role('MATTER_TRACKER'::text) AND (public.plumbline_has_scope(('tracks:'::text || domain)) OR public.plumbline_has_scope('tracks:*'::text)))))));

CREATE FUNCTION public.decision_to_collect(wanted text) RETURNS TABLE(matter_id text, fine_fen bigint, signers text[], served_on date, paid_fen bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public'
    AS $$
  select d.matter_id, p.amount_fen, d.signers,
    (select a."on" from penalty_act a where a.matter_id = d.matter_id and a.act = 'DECISION_SERVED'),
    (select coalesce(sum(a.amount_fen), 0)::bigint from penalty_act a where a.matter_id = d.matter_id and a.act = 'PAID')
  from decision_document d join penalty_assessment p on p.matter_id = d.matter_id
  where d.number = wanted and d.bureau_id = plumbline_bureau()
    and plumbline_actor() = 'person' and plumbline_has_role('WINDOW_CLERK')
$$;

CREATE FUNCTION public.fined_before(taxpayer text, point text, occurred date, except_matter text) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public'
    AS $$
  select d.number from penalty_party p join decision_document d on d.matter_id = p.matter_id
  where p.bureau_id = plumbline_bureau() and p.taxpayer_id = taxpayer and p.violation_point = point
    and p.occurred_on = occurred and p.matter_id <> except_matter
    and not exists (select from penalty_act a where a.matter_id = p.matter_id and a.act = 'OVERTURNED')
  order by d.issued_at limit 1
$$;

CREATE FUNCTION public.hold_ends_once() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public'
    AS $$
begin
  if old.ended_at is not null then
    raise exception 'an ended hold stays as it ended';
  end if;
  if new.ended_at is not null and new.ended_by is null then
    raise exception 'somebody ends a hold';
  end if;
  if new.state = 'ABANDONED' and btrim(new.note) = '' then
    raise exception 'a hold is abandoned with its reason';
  end if;
  if new.state in ('DEPARTURE_GRANTED', 'OVERRIDDEN') and not exists (
    select from departure d where d.hold_id = new.id and d.legal_agrees and d.votes_for > d.votes_against
      and d.co_signed_at is not null)
  then
    raise exception 'a hold is overridden collectively';
  end if;
  return new;
end
$$;

CREATE FUNCTION public.incident_level(wanted text, confirmed text) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO 'public'
    AS $$
  select coalesce((select level from incident_escalation where incident_id = wanted order by id desc limit 1), confirmed)
$$;

CREATE FUNCTION public.incident_of_matter(wanted text) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public'
    AS $$
  select id from incident where matter_id = wanted and bureau_id = plumbline_bureau() order by id desc limit 1
$$;

CREATE FUNCTION public.incident_recused(wanted text, given text[]) RETURNS text[]
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public'
    AS $$
  select coalesce(array_agg(who order by who), '{}')
  from incident i join matter m on m.id = i.matter_id
  cross join lateral unnest(case_flow_recused(m.id, m.bureau_id, m.title, m.facts)) as who
  where i.id = wanted and i.bureau_id = plumbline_bureau() and who = any(given)
    and exists (select from participant p where p.object_id = i.id and p.person_id = plumbline_person())
$$;

CREATE FUNCTION public.incident_under_inquiry(wanted text) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public'
    AS $$
  select exists (select from inquiry where incident_id = wanted and bureau_id = plumbline_bureau())
$$;

CREATE FUNCTION public.inquiry_roll_call(wanted text, read_at timestamp with time zone) RETURNS TABLE(person_id text, choice text, cast_at timestamp with time zone)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public'
    AS $$
declare
  counted integer;
begin
  if not plumbline_has_role('DISCIPLINE_LEAD') or plumbline_person() is null then return; end if;
  if not exists (select from inquiry q where q.id = wanted and q.bureau_id = plumbline_bureau()
                   and q.state = 'APPEALED'
                   and not exists (select from inquiry_respondent r
                                   where r.inquiry_id = q.id and r.person_id = plumbline_person())) then
    return;
  end if;
  return query select v.person_id, v.choice, v.cast_at from inquiry_vote v where v.inquiry_id = wanted
               order by v.person_id;
  get diagnostics counted = row_count;
  insert into sealed_read (bureau_id, reader, what, object_id, found, at)
  values (plumbline_bureau(), plumbline_person(), 'inquiry_roll_call', wanted, counted, read_at);
end
$$;

CREATE FUNCTION public.inquiry_slips(wanted text, given text[]) RETURNS text[]
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public'
    AS $$
  select coalesce(array_agg(s.id order by s.id), '{}')
  from inquiry q join incident i on i.id = q.incident_id join slip s on s.matter_id = i.matter_id
  where q.id = wanted and q.bureau_id = plumbline_bureau() and s.id = any(given)
    and exists (select from participant p where p.object_id = q.id and p.person_id = plumbline_person())
$$;

CREATE FUNCTION public.inquiry_tally(wanted text) RETURNS TABLE(votes_for integer, votes_against integer, abstained integer)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public'
    AS $$
  select count(*) filter (where choice = 'FOR')::integer, count(*) filter (where choice = 'AGAINST')::integer,
         count(*) filter (where choice = 'ABSTAIN')::integer
  from inquiry_vote where inquiry_id = wanted and bureau_id = plumbline_bureau()
$$;

CREATE FUNCTION public.inspection_frame_is_frozen() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ begin
  if exists (select from inspection_run where id = new.run_id and frame_root is not null) then
    raise exception 'the frame of % is frozen', new.run_id;
  end if;
  return new;
end $$;

CREATE TABLE public.hold (
    id text NOT NULL,
    bureau_id text NOT NULL,
    code text NOT NULL,
    control text NOT NULL,
    matter_id text,
    step text NOT NULL,
    person_id text NOT NULL,
    unit_id text NOT NULL,
    point_id text,
    grade text NOT NULL,
    alert_id text NOT NULL,
    state text NOT NULL,
    ways text[] NOT NULL,
    message_zh text NOT NULL,
    message_en text NOT NULL,
    citation text NOT NULL,
    facts jsonb NOT NULL,
    pack text NOT NULL,
    raised_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    ended_by text,
    note text DEFAULT ''::text NOT NULL,
    event_id text,
    CONSTRAINT hold_check CHECK (((ended_at IS NULL) = (state = ANY (ARRAY['RAISED'::text, 'DEPARTURE_REQUESTED'::text, 'DEPARTURE_GRANTED'::text])))),
    CONSTRAINT hold_of_one_thing CHECK ((num_nonnulls(matter_id, event_id) = 1)),
    CONSTRAINT hold_state_check CHECK ((state = ANY (ARRAY['RAISED'::text, 'DEPARTURE_REQUESTED'::text, 'DEPARTURE_GRANTED'::text, 'CORRECTED'::text, 'OVERRIDDEN'::text, 'ABANDONED'::text])))
);

CREATE FUNCTION public.open_holds(wanted text) RETURNS SETOF public.hold
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public'
    AS $$
  select * from hold where matter_id = wanted and bureau_id = plumbline_bureau() and ended_at is null order by id
$$;

CREATE FUNCTION public.open_holds_of_event(wanted text) RETURNS SETOF public.hold
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public'
    AS $$
  select * from hold where event_id = wanted and bureau_id = plumbline_bureau() and ended_at is null order by id
$$;

CREATE FUNCTION public.paired_people(wanted text) RETURNS text[]
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public'
    AS $$
  select m.people from staff_case c join matter m on m.id = c.matter_id
  where c.id = wanted and c.bureau_id = plumbline_bureau() and plumbline_person() <> all(c.subject_ids)
    and (plumbline_has_role('DISCIPLINE_LEAD') or plumbline_person() = any(c.investigators))
$$;

CREATE FUNCTION public.penalty_people(wanted text) RETURNS text[]
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public'
    AS $$
  select m.people from matter m join penalty_assessment p on p.matter_id = m.id
  where m.id = wanted and m.bureau_id = plumbline_bureau()
    and plumbline_actor() = 'person' and plumbline_has_role('LEGAL_OFFICER')
$$;

CREATE FUNCTION public.plumbline_posts() RETURNS text[]
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN string_to_array(NULLIF(current_setting('plumbline.posts'::text, true), ''::text), ','::text);

CREATE FUNCTION public.record_alert(document jsonb, OUT alert_id text, OUT is_new boolean) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public'
    AS $$
declare
  given alert := jsonb_populate_record(null::alert, document);
begin
  if given.bureau_id is distinct from plumbline_bureau() then
    raise exception 'an alert belongs to the bureau of the transaction';
  end if;
  insert into alert select given.* on conflict (bureau_id, dedup_key) do nothing;
  is_new := found;
  if is_new then
    insert into alert_count as c (bureau_id, phase, total) values (given.bureau_id, given.phase, 1)
    on conflict (bureau_id, phase) do update set total = c.total + 1;
  end if;
  select a.id into alert_id from alert a where a.bureau_id = given.bureau_id and a.dedup_key = given.dedup_key;
end
$$;

CREATE FUNCTION public.self_reported(matter text, persons text[], detected timestamp with time zone) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public'
    AS $$
  select exists (select from self_report s where s.matter_id = matter and s.person_id = any(persons)
    and s.bureau_id = plumbline_bureau() and s.reported_at <= detected)
$$;

CREATE FUNCTION public.superior_ruling(wanted text) RETURNS TABLE(amount_fen bigint, carried boolean, decided_on date)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public'
    AS $$
  select r.amount_fen, r.carried, r.answered_on from referral r
  where r.matter_id = wanted and r.kind = 'MAJOR_CASE' and r.bureau_id = plumbline_bureau()
    and r.answered_on is not null
  order by r.id desc limit 1
$$;

CREATE TABLE public.adjudication (
    id text NOT NULL,
    bureau_id text NOT NULL,
    matter_id text NOT NULL,
    state text NOT NULL,
    party text NOT NULL,
    amount_fen bigint NOT NULL,
    dossier text NOT NULL,
    proposal text NOT NULL,
    proposed_by text NOT NULL,
    proposed_on date NOT NULL,
    threshold text NOT NULL,
    number text,
    chair text,
    convened_on date,
    quorum integer,
    meeting_on date,
    minutes text,
    votes_for integer,
    votes_against integer,
    abstained integer,
    carried boolean,
    decided_on date,
    CONSTRAINT adjudication_amount_fen_check CHECK ((amount_fen >= 0)),
    CONSTRAINT adjudication_check CHECK (((state = 'DECIDED'::text) = ((carried IS NOT NULL) AND (decided_on IS NOT NULL)))),
    CONSTRAINT adjudication_state_check CHECK ((state = ANY (ARRAY['PROPOSED'::text, 'WRITTEN'::text, 'MEETING'::text, 'DECIDED'::text])))
);

CREATE TABLE public.adjudication_opinion (
    adjudication_id text NOT NULL,
    round text NOT NULL,
    person_id text NOT NULL,
    bureau_id text NOT NULL,
    choice text NOT NULL,
    text text NOT NULL,
    given_at timestamp with time zone NOT NULL,
    CONSTRAINT adjudication_opinion_check CHECK (((choice <> 'AGAINST'::text) OR (text <> ''::text))),
    CONSTRAINT adjudication_opinion_choice_check CHECK ((choice = ANY (ARRAY['FOR'::text, 'AGAINST'::text, 'ABSTAIN'::text]))),
    CONSTRAINT adjudication_opinion_round_check CHECK ((round = ANY (ARRAY['WRITTEN'::text, 'MEETING'::text])))
);

CREATE TABLE public.adjudication_seat (
    adjudication_id text NOT NULL,
    person_id text NOT NULL,
    bureau_id text NOT NULL,
    unit_id text NOT NULL,
    recused boolean NOT NULL,
    recusal_reason text NOT NULL,
    present boolean NOT NULL
);

CREATE TABLE public.aggregate_gate (
    stream text NOT NULL,
    aggregate_id text NOT NULL,
    version bigint NOT NULL
);

CREATE TABLE public.aggregate_version (
    aggregate_id text NOT NULL,
    version bigint NOT NULL
);

CREATE TABLE public.alert (
    id text NOT NULL,
    bureau_id text NOT NULL,
    dedup_key text NOT NULL,
    kind text NOT NULL,
    phase text NOT NULL,
    state text NOT NULL,
    grade text NOT NULL,
    point_id text,
    matter_id text,
    unit_ids text[] NOT NULL,
    subject_ids text[] NOT NULL,
    domain text NOT NULL,
    facts jsonb NOT NULL,
    pack text NOT NULL,
    raised_at timestamp with time zone NOT NULL,
    acknowledge_due date,
    acknowledged_at timestamp with time zone,
    acknowledged_by text,
    escalated_at timestamp with time zone,
    verifier text,
    verify_due date,
    verdict text,
    evidence text,
    resolved_at timestamp with time zone,
    resolved_by text,
    closed_at timestamp with time zone,
    CONSTRAINT alert_grade_check CHECK ((grade = ANY (ARRAY['LOW'::text, 'MEDIUM'::text, 'HIGH'::text]))),
    CONSTRAINT alert_phase_check CHECK ((phase = ANY (ARRAY['EX_ANTE'::text, 'IN_PROCESS'::text, 'EX_POST'::text])))
);

CREATE TABLE public.alert_act (
    id bigint NOT NULL,
    alert_id text NOT NULL,
    bureau_id text NOT NULL,
    at timestamp with time zone NOT NULL,
    actor text NOT NULL,
    act text NOT NULL,
    state text NOT NULL,
    note text DEFAULT ''::text NOT NULL
);

ALTER TABLE public.alert_act ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.alert_act_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.alert_count (
    bureau_id text NOT NULL,
    phase text NOT NULL,
    total bigint NOT NULL
);

CREATE TABLE public.alert_viewer (
    alert_id text NOT NULL,
    person_id text NOT NULL,
    bureau_id text NOT NULL,
    basis text NOT NULL,
    since timestamp with time zone NOT NULL
);

CREATE TABLE public.assignment_turn (
    bureau_id text NOT NULL,
    item_code text NOT NULL,
    step text NOT NULL,
    person text NOT NULL,
    turn bigint NOT NULL
);

CREATE SEQUENCE public.assignment_turn_next
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

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

CREATE TABLE public.audit_programme (
    bureau_id text NOT NULL,
    code text NOT NULL,
    adopted_by text NOT NULL,
    adopted_on date NOT NULL
);

CREATE TABLE public.audit_workpaper (
    id text NOT NULL,
    audit_id text NOT NULL,
    bureau_id text NOT NULL,
    submission jsonb NOT NULL,
    made_by text NOT NULL,
    made_at timestamp with time zone NOT NULL
);

CREATE TABLE public.circular (
    order_id text NOT NULL,
    bureau_id text NOT NULL,
    unit_id text NOT NULL,
    addressed_to text,
    text_zh text NOT NULL,
    text_en text NOT NULL,
    new_due_on date NOT NULL,
    drafted_at timestamp with time zone NOT NULL,
    issued_by text,
    issued_at timestamp with time zone
);

CREATE TABLE public.clock_event (
    matter_id text NOT NULL,
    seq bigint NOT NULL,
    clock text NOT NULL,
    event text NOT NULL,
    bureau_id text NOT NULL,
    at timestamp with time zone NOT NULL,
    by_person text,
    due_on date,
    days integer DEFAULT 0 NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    rule_id text NOT NULL,
    rule_version text NOT NULL,
    citation text NOT NULL,
    calendar_version text NOT NULL,
    CONSTRAINT clock_event_event_check CHECK ((event = ANY (ARRAY['STARTED'::text, 'EXTENDED'::text, 'PAUSED'::text, 'RESUMED'::text, 'RECOMPUTED'::text, 'STOPPED'::text])))
);

CREATE TABLE public.control_set (
    bureau_id text NOT NULL,
    version integer NOT NULL,
    digest text NOT NULL,
    definition jsonb NOT NULL,
    source text NOT NULL,
    author text NOT NULL,
    drafted_at timestamp with time zone NOT NULL,
    approved_by text,
    approved_at timestamp with time zone,
    effective_from date,
    CONSTRAINT control_set_check CHECK (((approved_by IS NULL) = (effective_from IS NULL))),
    CONSTRAINT control_set_check1 CHECK ((approved_by IS DISTINCT FROM author)),
    CONSTRAINT control_set_version_check CHECK ((version > 0))
);

CREATE TABLE public.control_set_active (
    bureau_id text NOT NULL,
    digest text NOT NULL
);

CREATE TABLE public.control_version (
    bureau_id text NOT NULL,
    code text NOT NULL,
    version integer NOT NULL,
    title text NOT NULL,
    title_en text NOT NULL,
    phase text NOT NULL,
    nodes text[] NOT NULL,
    effective_from date NOT NULL,
    retired boolean NOT NULL
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

CREATE TABLE public.decision_document (
    matter_id text NOT NULL,
    bureau_id text NOT NULL,
    number text NOT NULL,
    signers text[] NOT NULL,
    issued_by text NOT NULL,
    issued_at timestamp with time zone NOT NULL,
    CONSTRAINT decision_document_signers_check CHECK ((cardinality(signers) >= 2))
);

CREATE TABLE public.decision_register (
    bureau_id text NOT NULL,
    decision_no text NOT NULL,
    unit_id text NOT NULL,
    decided_on date NOT NULL,
    matter_id text,
    source text NOT NULL,
    reported_by text NOT NULL,
    reported_at timestamp with time zone NOT NULL
);

CREATE TABLE public.delegated_act (
    matter_id text NOT NULL,
    seq bigint NOT NULL,
    bureau_id text NOT NULL,
    step text NOT NULL,
    person text NOT NULL,
    grantor text NOT NULL,
    at timestamp with time zone NOT NULL
);

CREATE TABLE public.departure (
    hold_id text NOT NULL,
    bureau_id text NOT NULL,
    reason text NOT NULL,
    requested_by text NOT NULL,
    requested_at timestamp with time zone NOT NULL,
    legal_by text,
    legal_opinion text,
    legal_agrees boolean,
    legal_at timestamp with time zone,
    decided_by text,
    members text[],
    votes_for integer,
    votes_against integer,
    decided_at timestamp with time zone,
    co_signed_by text,
    co_signed_at timestamp with time zone,
    CONSTRAINT co_signed_after_the_meeting CHECK (((co_signed_at IS NULL) OR (decided_at IS NOT NULL)))
);

CREATE TABLE public.discretion_standard (
    bureau_id text NOT NULL,
    code text NOT NULL,
    number integer NOT NULL,
    effective_from date NOT NULL,
    pack jsonb NOT NULL
);

CREATE TABLE public.document_service (
    id text NOT NULL,
    matter_id text NOT NULL,
    seq bigint NOT NULL,
    bureau_id text NOT NULL,
    kind text NOT NULL,
    document_no text NOT NULL,
    manner text NOT NULL,
    recipient text NOT NULL,
    evidence text NOT NULL,
    handed_on date NOT NULL,
    served_on date NOT NULL,
    clocks jsonb NOT NULL,
    pack text NOT NULL,
    recorded_by text NOT NULL,
    recorded_at timestamp with time zone NOT NULL
);

CREATE TABLE public.draw_commitment (
    run_id text NOT NULL,
    bureau_id text NOT NULL,
    attempt integer NOT NULL,
    role text NOT NULL,
    person_id text NOT NULL,
    commitment text NOT NULL,
    committed_at timestamp with time zone NOT NULL,
    secret text,
    revealed_at timestamp with time zone
);

CREATE TABLE public.electronic_assessment (
    bureau_id text NOT NULL,
    taxpayer_id text NOT NULL,
    period text NOT NULL,
    assessed_fen bigint NOT NULL,
    imported_at timestamp with time zone NOT NULL,
    CONSTRAINT electronic_assessment_assessed_fen_check CHECK ((assessed_fen >= 0))
);

CREATE TABLE public.eligibility_block (
    assignment_id text NOT NULL,
    bureau_id text NOT NULL,
    person_id text NOT NULL,
    point_id text NOT NULL,
    since date NOT NULL,
    cleared_at timestamp with time zone
);

CREATE TABLE public.extension (
    id text NOT NULL,
    matter_id text NOT NULL,
    bureau_id text NOT NULL,
    days integer NOT NULL,
    reasons text NOT NULL,
    requested_by text NOT NULL,
    requested_at timestamp with time zone NOT NULL,
    decided_by text,
    decided_at timestamp with time zone,
    approved boolean,
    CONSTRAINT extension_days_check CHECK ((days > 0))
);

CREATE TABLE public.finding (
    run_id text NOT NULL,
    case_ref text NOT NULL,
    event_no bigint NOT NULL,
    ordinal smallint NOT NULL,
    bureau_id text NOT NULL,
    check_id text NOT NULL,
    step text NOT NULL,
    people text[] NOT NULL,
    at timestamp with time zone NOT NULL,
    refused boolean NOT NULL
);

CREATE TABLE public.finding_below (
    order_id text NOT NULL,
    audit_id text NOT NULL,
    bureau_id text NOT NULL,
    below text NOT NULL,
    to_unit text NOT NULL,
    sent_by text NOT NULL,
    sent_at timestamp with time zone NOT NULL
);

CREATE TABLE public.form_retirement (
    bureau_id text NOT NULL,
    form_code text NOT NULL,
    version integer NOT NULL,
    effective_from date NOT NULL,
    successor text NOT NULL,
    retired_at timestamp with time zone NOT NULL,
    retired_by text NOT NULL
);

CREATE TABLE public.form_version (
    bureau_id text NOT NULL,
    form_code text NOT NULL,
    version integer NOT NULL,
    definition jsonb NOT NULL,
    source text NOT NULL,
    published_at timestamp with time zone NOT NULL,
    published_by text NOT NULL,
    CONSTRAINT form_version_version_check CHECK ((version > 0))
);

CREATE TABLE public.guidance_act (
    id text NOT NULL,
    bureau_id text NOT NULL,
    unit_id text NOT NULL,
    line text NOT NULL,
    part text NOT NULL,
    visits integer NOT NULL,
    local_on date NOT NULL,
    at timestamp with time zone NOT NULL,
    by_person text NOT NULL,
    CONSTRAINT guidance_act_line_check CHECK ((line = ANY (ARRAY['GUIDANCE'::text, 'ONE_WINDOW'::text, 'TAXPAYER_SCHOOL'::text]))),
    CONSTRAINT guidance_act_part_check CHECK ((part = ANY (ARRAY['RECEIVE'::text, 'LIAISE'::text, 'COORDINATE'::text, 'RESOLVE'::text]))),
    CONSTRAINT guidance_act_visits_check CHECK (((visits >= 1) AND (visits <= 1000)))
);

CREATE TABLE public.hall_ticket (
    bureau_id text NOT NULL,
    local_on date NOT NULL,
    number text NOT NULL,
    queue text NOT NULL,
    window_code text NOT NULL,
    called_at timestamp with time zone NOT NULL,
    called_by text NOT NULL,
    ended_at timestamp with time zone,
    ended_how text,
    drawn_at timestamp with time zone,
    CONSTRAINT hall_ticket_ended_how_check CHECK ((ended_how = ANY (ARRAY['SERVED'::text, 'LEFT'::text])))
);

CREATE TABLE public.hall_window (
    bureau_id text NOT NULL,
    code text NOT NULL,
    unit_id text NOT NULL,
    home text NOT NULL,
    flexible boolean NOT NULL,
    serves text NOT NULL,
    set_up_at timestamp with time zone NOT NULL
);

CREATE TABLE public.hearing_notice (
    matter_id text NOT NULL,
    bureau_id text NOT NULL,
    served_on date NOT NULL,
    request_until date NOT NULL,
    decide_by date NOT NULL,
    served_by text NOT NULL,
    requested_on date
);

CREATE TABLE public.hot_issue (
    bureau_id text NOT NULL,
    code text NOT NULL,
    version integer NOT NULL,
    content jsonb NOT NULL,
    withdrawn boolean NOT NULL,
    from_on date NOT NULL,
    published_at timestamp with time zone NOT NULL,
    published_by text NOT NULL,
    CONSTRAINT hot_issue_version_check CHECK ((version > 0))
);

CREATE TABLE public.idempotency (
    actor text NOT NULL,
    bureau_id text NOT NULL,
    key text NOT NULL,
    fingerprint bytea NOT NULL,
    result text NOT NULL,
    created_at timestamp with time zone NOT NULL
);

CREATE TABLE public.incident (
    id text NOT NULL,
    bureau_id text NOT NULL,
    kind text NOT NULL,
    level text NOT NULL,
    root_cause text NOT NULL,
    alert_id text NOT NULL,
    matter_id text,
    point_id text,
    grade text NOT NULL,
    unit_id text NOT NULL,
    occurred_on date NOT NULL,
    confirmed_on date NOT NULL,
    confirmed_by text NOT NULL,
    late_working_days integer NOT NULL,
    due_on date,
    extension_days integer,
    extension_due_on date,
    findings text NOT NULL,
    self_reported boolean DEFAULT false NOT NULL,
    root text,
    CONSTRAINT incident_level_check CHECK ((level = ANY (ARRAY['PRECURSOR'::text, 'ORDINARY'::text, 'SERIOUS'::text])))
);

CREATE TABLE public.incident_act (
    incident_id text NOT NULL,
    seq integer NOT NULL,
    bureau_id text NOT NULL,
    person_id text NOT NULL,
    unit_id text NOT NULL,
    capacity text NOT NULL,
    fraud boolean NOT NULL,
    dissented boolean NOT NULL
);

CREATE TABLE public.incident_contest (
    id text NOT NULL,
    incident_id text NOT NULL,
    bureau_id text NOT NULL,
    person_id text NOT NULL,
    grounds text NOT NULL,
    contested_at timestamp with time zone NOT NULL,
    decided_by text,
    decided_at timestamp with time zone,
    stands boolean,
    reasons text,
    CONSTRAINT incident_contest_check CHECK (((decided_at IS NULL) = (stands IS NULL))),
    CONSTRAINT incident_contest_check1 CHECK ((decided_by IS DISTINCT FROM person_id))
);

CREATE TABLE public.incident_escalation (
    id bigint NOT NULL,
    incident_id text NOT NULL,
    bureau_id text NOT NULL,
    level text NOT NULL,
    reason text NOT NULL,
    by_person text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT incident_escalation_level_check CHECK ((level = ANY (ARRAY['ORDINARY'::text, 'SERIOUS'::text])))
);

ALTER TABLE public.incident_escalation ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.incident_escalation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.inquiry (
    id text NOT NULL,
    bureau_id text NOT NULL,
    number text,
    incident_id text NOT NULL,
    unit_id text NOT NULL,
    state text NOT NULL,
    reason text NOT NULL,
    proposed_by text NOT NULL,
    proposed_on date NOT NULL,
    opened_by text,
    opened_on date,
    quorum integer,
    notice_served_on date,
    defence_due_on date,
    hearing_on date,
    decided_by text,
    decided_on date,
    carried boolean,
    publication_scope text,
    appeal_until date,
    in_force_on date,
    trigger text,
    scheme text
);

CREATE TABLE public.inquiry_publication_review (
    inquiry_id text NOT NULL,
    bureau_id text NOT NULL,
    agrees boolean NOT NULL,
    opinion text NOT NULL,
    reviewed_by text NOT NULL,
    at timestamp with time zone NOT NULL
);

CREATE TABLE public.inquiry_question (
    id text NOT NULL,
    inquiry_id text NOT NULL,
    bureau_id text NOT NULL,
    person_id text NOT NULL,
    question text NOT NULL,
    answer text NOT NULL,
    evidence jsonb NOT NULL,
    recorded_by text NOT NULL,
    at timestamp with time zone NOT NULL
);

CREATE TABLE public.inquiry_respondent (
    inquiry_id text NOT NULL,
    person_id text NOT NULL,
    bureau_id text NOT NULL,
    unit_id text NOT NULL,
    part text,
    form text
);

CREATE TABLE public.inquiry_result (
    inquiry_id text NOT NULL,
    bureau_id text NOT NULL,
    votes_for integer NOT NULL,
    votes_against integer NOT NULL,
    abstained integer NOT NULL
);

CREATE TABLE public.inquiry_seat (
    inquiry_id text NOT NULL,
    person_id text NOT NULL,
    bureau_id text NOT NULL,
    recused boolean DEFAULT false NOT NULL,
    recusal_reason text DEFAULT ''::text NOT NULL,
    present boolean DEFAULT false NOT NULL
);

CREATE TABLE public.inquiry_statement (
    id bigint NOT NULL,
    inquiry_id text NOT NULL,
    bureau_id text NOT NULL,
    person_id text NOT NULL,
    kind text NOT NULL,
    body text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT inquiry_statement_kind_check CHECK ((kind = ANY (ARRAY['DEFENCE'::text, 'ANSWER'::text, 'APPEAL'::text, 'APPEAL_DECISION'::text])))
);

ALTER TABLE public.inquiry_statement ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.inquiry_statement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.inquiry_vote (
    inquiry_id text NOT NULL,
    person_id text NOT NULL,
    bureau_id text NOT NULL,
    choice text NOT NULL,
    cast_at timestamp with time zone NOT NULL,
    CONSTRAINT inquiry_vote_choice_check CHECK ((choice = ANY (ARRAY['FOR'::text, 'AGAINST'::text, 'ABSTAIN'::text])))
);

CREATE TABLE public.inspected_file (
    run_id text NOT NULL,
    bureau_id text NOT NULL,
    stratum text NOT NULL,
    unit text NOT NULL,
    office_id text NOT NULL,
    ticket text NOT NULL,
    "position" integer NOT NULL,
    inspectors text[] NOT NULL,
    results jsonb,
    findings jsonb DEFAULT '[]'::jsonb NOT NULL,
    reported_by text,
    reported_at timestamp with time zone,
    signed_by text,
    signed_at timestamp with time zone
);

CREATE TABLE public.inspection_act (
    id bigint NOT NULL,
    run_id text NOT NULL,
    bureau_id text NOT NULL,
    at timestamp with time zone NOT NULL,
    actor text NOT NULL,
    act text NOT NULL,
    state text NOT NULL,
    note text DEFAULT ''::text NOT NULL
);

ALTER TABLE public.inspection_act ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.inspection_act_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.inspection_frame (
    run_id text NOT NULL,
    bureau_id text NOT NULL,
    stratum text NOT NULL,
    unit text NOT NULL,
    office_id text NOT NULL,
    touched text[] NOT NULL
);

CREATE TABLE public.inspection_notice (
    run_id text NOT NULL,
    bureau_id text NOT NULL,
    office_id text NOT NULL,
    told_at timestamp with time zone NOT NULL,
    content jsonb NOT NULL
);

CREATE TABLE public.inspection_order (
    run_id text NOT NULL,
    bureau_id text NOT NULL,
    order_id text NOT NULL,
    kind text NOT NULL,
    special boolean NOT NULL
);

CREATE TABLE public.inspection_report (
    run_id text NOT NULL,
    bureau_id text NOT NULL,
    kind text NOT NULL,
    text text NOT NULL,
    submitted_by text NOT NULL,
    submitted_at timestamp with time zone NOT NULL
);

CREATE TABLE public.inspection_run (
    id text NOT NULL,
    bureau_id text NOT NULL,
    code text NOT NULL,
    lead_unit_id text NOT NULL,
    period_from date NOT NULL,
    period_to date NOT NULL,
    report_due_on date NOT NULL,
    strata jsonb NOT NULL,
    aspects jsonb NOT NULL,
    plan_hash text NOT NULL,
    pack text NOT NULL,
    state text NOT NULL,
    planned_by text NOT NULL,
    planned_at timestamp with time zone NOT NULL,
    attempt integer NOT NULL,
    frame_root text,
    frozen_by text,
    frozen_at timestamp with time zone,
    seed text,
    drawn_by text,
    drawn_at timestamp with time zone,
    kind text DEFAULT 'ROUTINE'::text NOT NULL,
    CONSTRAINT inspection_run_kind_check CHECK ((kind = ANY (ARRAY['ROUTINE'::text, 'UNANNOUNCED'::text])))
);

CREATE TABLE public.inspection_squad (
    run_id text NOT NULL,
    person_id text NOT NULL,
    unit_id text NOT NULL,
    bureau_id text NOT NULL
);

CREATE TABLE public.interest (
    id text NOT NULL,
    bureau_id text NOT NULL,
    person_id text NOT NULL,
    party text,
    matter_id text,
    relation text NOT NULL,
    reason text NOT NULL,
    request_id text,
    declared_by text NOT NULL,
    declared_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    ended_by text,
    end_reason text DEFAULT ''::text NOT NULL,
    CONSTRAINT interest_check CHECK ((num_nonnulls(party, matter_id) = 1)),
    CONSTRAINT interest_relation_check CHECK ((relation = ANY (ARRAY['KIN'::text, 'FINANCIAL'::text, 'FORMER_WORK'::text, 'OTHER'::text])))
);

CREATE TABLE public.item_version (
    bureau_id text NOT NULL,
    item_code text NOT NULL,
    version integer NOT NULL,
    content_hash text NOT NULL,
    definition jsonb NOT NULL,
    source text NOT NULL,
    published_at timestamp with time zone NOT NULL,
    published_by text NOT NULL,
    effective_from date DEFAULT '0001-01-01'::date NOT NULL,
    CONSTRAINT item_version_version_check CHECK ((version > 0))
);

CREATE TABLE public.log_export (
    id text NOT NULL,
    bureau_id text NOT NULL,
    person_id text NOT NULL,
    item_code text NOT NULL,
    form text NOT NULL,
    since date,
    until date,
    state text NOT NULL,
    done integer DEFAULT 0 NOT NULL,
    total integer NOT NULL,
    last_id text DEFAULT ''::text NOT NULL,
    requested_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT log_export_form_check CHECK ((form = ANY (ARRAY['XES'::text, 'OCEL'::text]))),
    CONSTRAINT log_export_state_check CHECK ((state = ANY (ARRAY['RUNNING'::text, 'READY'::text, 'FAILED'::text])))
);

CREATE TABLE public.log_export_part (
    export_id text NOT NULL,
    seq integer NOT NULL,
    matters text NOT NULL,
    events text NOT NULL,
    persons text[] NOT NULL,
    units text[] NOT NULL,
    steps text[] NOT NULL
);

CREATE TABLE public.manual_assessment (
    id text NOT NULL,
    bureau_id text NOT NULL,
    taxpayer_id text NOT NULL,
    period text NOT NULL,
    assessed_fen bigint NOT NULL,
    reason text NOT NULL,
    assessed_by text NOT NULL,
    assessed_at timestamp with time zone NOT NULL,
    departs_percent integer,
    alert_id text,
    CONSTRAINT manual_assessment_assessed_fen_check CHECK ((assessed_fen >= 0))
);

CREATE TABLE public.matter (
    id text NOT NULL,
    bureau_id text NOT NULL,
    run_id text,
    regime text DEFAULT 'LIVE'::text NOT NULL,
    case_ref text NOT NULL,
    item_code text NOT NULL,
    item_version integer NOT NULL,
    item_hash text NOT NULL,
    domain text NOT NULL,
    state text NOT NULL,
    outcome text,
    reason text,
    title text NOT NULL,
    facts jsonb DEFAULT '{}'::jsonb NOT NULL,
    office_id text,
    unit_id text NOT NULL,
    step text,
    handlers text[] DEFAULT '{}'::text[] NOT NULL,
    queue_unit text,
    queue_roles text[] DEFAULT '{}'::text[] NOT NULL,
    people text[] NOT NULL,
    units text[] NOT NULL,
    trail jsonb DEFAULT '{}'::jsonb NOT NULL,
    pending jsonb,
    slip_id text,
    accepted_at timestamp with time zone NOT NULL,
    accepted_on date NOT NULL,
    due_on date,
    due_provisional boolean DEFAULT false NOT NULL,
    stage_due_on date,
    extension_days integer DEFAULT 0 NOT NULL,
    late_working_days integer,
    closed_at timestamp with time zone,
    closed_on date,
    row_version bigint DEFAULT 1 NOT NULL,
    code_hash bytea,
    pauses jsonb DEFAULT '[]'::jsonb NOT NULL,
    suspension jsonb,
    others jsonb DEFAULT '[]'::jsonb NOT NULL,
    CONSTRAINT matter_regime_check CHECK ((regime = ANY (ARRAY['LIVE'::text, 'OBSERVE'::text, 'ENFORCE'::text])))
);

CREATE TABLE public.matter_migration (
    id text NOT NULL,
    bureau_id text NOT NULL,
    item_code text NOT NULL,
    to_version integer NOT NULL,
    total integer NOT NULL,
    started_by text NOT NULL,
    started_at timestamp with time zone NOT NULL
);

CREATE TABLE public.matter_migration_result (
    migration_id text NOT NULL,
    matter_id text NOT NULL,
    bureau_id text NOT NULL,
    from_version integer NOT NULL,
    kept text[] NOT NULL,
    step text,
    due_before date,
    due_on date,
    refusal text,
    at timestamp with time zone NOT NULL
);

CREATE TABLE public.matter_note (
    id text NOT NULL,
    matter_id text NOT NULL,
    bureau_id text NOT NULL,
    step text NOT NULL,
    author text NOT NULL,
    at timestamp with time zone NOT NULL,
    text text NOT NULL
);

CREATE TABLE public.matter_step (
    matter_id text NOT NULL,
    seq bigint NOT NULL,
    bureau_id text NOT NULL,
    run_id text,
    step text NOT NULL,
    signers text[] NOT NULL,
    unit_id text,
    at timestamp with time zone NOT NULL,
    local_on date NOT NULL,
    due_on date,
    payload jsonb DEFAULT '{}'::jsonb NOT NULL
);

CREATE TABLE public.number_series (
    bureau_id text NOT NULL,
    series text NOT NULL,
    year integer NOT NULL,
    last integer NOT NULL
);

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

CREATE TABLE public.output_document (
    matter_id text NOT NULL,
    kind text NOT NULL,
    bureau_id text NOT NULL,
    number text NOT NULL,
    text_zh text NOT NULL,
    text_en text NOT NULL,
    pack text NOT NULL,
    issued_by text NOT NULL,
    issued_at timestamp with time zone NOT NULL
);

CREATE TABLE public.parked_aggregate (
    stream text NOT NULL,
    aggregate_id text NOT NULL,
    since_seq bigint NOT NULL
);

CREATE TABLE public.participant (
    object_id text NOT NULL,
    person_id text NOT NULL,
    bureau_id text NOT NULL,
    basis text NOT NULL,
    since timestamp with time zone NOT NULL
);

CREATE TABLE public.penalty_act (
    id text NOT NULL,
    matter_id text NOT NULL,
    bureau_id text NOT NULL,
    act text NOT NULL,
    "on" date NOT NULL,
    by text NOT NULL,
    at timestamp with time zone NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    amount_fen bigint,
    other_on date,
    person_id text,
    agrees boolean,
    CONSTRAINT penalty_act_act_check CHECK ((act = ANY (ARRAY['NOTICE'::text, 'STATEMENT'::text, 'HEARING_REQUESTED'::text, 'HEARING_APPOINTED'::text, 'HEARING_HELD'::text, 'REVIEW'::text, 'DECISION_SERVED'::text, 'PAID'::text, 'PUBLISHED'::text, 'OVERTURNED'::text, 'WITHDRAWN'::text])))
);

CREATE TABLE public.penalty_assessment (
    matter_id text NOT NULL,
    bureau_id text NOT NULL,
    violation_point text NOT NULL,
    party text NOT NULL,
    tier text NOT NULL,
    days_late integer NOT NULL,
    min_fen bigint NOT NULL,
    max_fen bigint NOT NULL,
    amount_fen bigint NOT NULL,
    procedure text NOT NULL,
    authority text NOT NULL,
    departed boolean NOT NULL,
    pack text NOT NULL,
    assessed_at timestamp with time zone NOT NULL,
    CONSTRAINT penalty_assessment_amount_fen_check CHECK ((amount_fen >= 0))
);

CREATE TABLE public.penalty_party (
    matter_id text NOT NULL,
    bureau_id text NOT NULL,
    taxpayer_id text NOT NULL,
    violation_point text NOT NULL,
    occurred_on date NOT NULL
);

CREATE TABLE public.post_review (
    id text NOT NULL,
    bureau_id text NOT NULL,
    item_code text NOT NULL,
    local_on date NOT NULL,
    matter_id text NOT NULL,
    case_ref text NOT NULL,
    ticket text NOT NULL,
    unit_id text NOT NULL,
    role text NOT NULL,
    point text NOT NULL,
    domain text NOT NULL,
    people text[] NOT NULL,
    units text[] NOT NULL,
    due_on date NOT NULL,
    drawn_at timestamp with time zone NOT NULL,
    finding text,
    note text DEFAULT ''::text NOT NULL,
    reviewed_by text,
    reviewed_at timestamp with time zone,
    alert_id text,
    CONSTRAINT post_review_finding_check CHECK ((finding = ANY (ARRAY['IN_ORDER'::text, 'FAULT'::text])))
);

CREATE TABLE public.post_review_draw (
    bureau_id text NOT NULL,
    item_code text NOT NULL,
    local_on date NOT NULL,
    rule jsonb NOT NULL,
    commitment text NOT NULL,
    committed_at timestamp with time zone NOT NULL,
    secret text,
    frame jsonb,
    frame_root text,
    plan_hash text,
    seed text,
    quota integer,
    drawn_at timestamp with time zone
);

CREATE TABLE public.post_review_secret (
    bureau_id text NOT NULL,
    item_code text NOT NULL,
    local_on date NOT NULL,
    secret text NOT NULL
);

CREATE TABLE public.pre_review (
    id text NOT NULL,
    bureau_id text NOT NULL,
    receipt_no text NOT NULL,
    code_hash bytea NOT NULL,
    item_code text NOT NULL,
    item_version integer NOT NULL,
    item_hash text NOT NULL,
    step text NOT NULL,
    unit_id text NOT NULL,
    office_id text,
    title text NOT NULL,
    form text NOT NULL,
    opened_by text NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    matter_id text
);

CREATE TABLE public.pre_review_check (
    pre_review_id text NOT NULL,
    seq integer NOT NULL,
    bureau_id text NOT NULL,
    at timestamp with time zone NOT NULL,
    local_on date NOT NULL,
    by_person text NOT NULL,
    given jsonb NOT NULL,
    missing jsonb NOT NULL
);

CREATE TABLE public.process_version (
    version_id text NOT NULL,
    bureau_id text NOT NULL,
    process text NOT NULL,
    number integer NOT NULL,
    owner_unit_id text NOT NULL,
    effective_from date NOT NULL,
    limit_days integer NOT NULL,
    limit_unit text NOT NULL,
    step_count integer NOT NULL,
    previous_step_count integer NOT NULL,
    removed_steps text[] NOT NULL
);

CREATE TABLE public.queue_report (
    id bigint NOT NULL,
    bureau_id text NOT NULL,
    queue text NOT NULL,
    waiting integer NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT queue_report_waiting_check CHECK ((waiting >= 0))
);

ALTER TABLE public.queue_report ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.queue_report_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.receipt_guess (
    bureau_id text NOT NULL,
    receipt_no text NOT NULL,
    at timestamp with time zone NOT NULL
);

CREATE TABLE public.rectification_act (
    id bigint NOT NULL,
    order_id text NOT NULL,
    bureau_id text NOT NULL,
    at timestamp with time zone NOT NULL,
    actor text NOT NULL,
    act text NOT NULL,
    state text NOT NULL,
    note text DEFAULT ''::text NOT NULL
);

ALTER TABLE public.rectification_act ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.rectification_act_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.rectification_order (
    id text NOT NULL,
    bureau_id text NOT NULL,
    incident_id text,
    unit_id text NOT NULL,
    subject text NOT NULL,
    demand text NOT NULL,
    state text NOT NULL,
    issued_by text NOT NULL,
    issued_on date NOT NULL,
    due_on date NOT NULL,
    provisional boolean NOT NULL,
    accepted_by text,
    submitted_by text,
    submitted_at timestamp with time zone,
    evidence text,
    verified_by text,
    verified_at timestamp with time zone,
    overdue_from timestamp with time zone,
    blocks integer,
    renewed_due_on date
);

CREATE TABLE public.recusal_request (
    id text NOT NULL,
    matter_id text NOT NULL,
    bureau_id text NOT NULL,
    officer text NOT NULL,
    grounds text NOT NULL,
    asked_by text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    decided_by text,
    decided_at timestamp with time zone,
    upheld boolean,
    people text[] DEFAULT '{}'::text[] NOT NULL,
    reason text DEFAULT ''::text NOT NULL
);

CREATE TABLE public.referral (
    id text NOT NULL,
    bureau_id text NOT NULL,
    kind text NOT NULL,
    addressee text NOT NULL,
    sealed boolean NOT NULL,
    unit_id text NOT NULL,
    title text NOT NULL,
    summary text NOT NULL,
    known_on date NOT NULL,
    prepared_by text NOT NULL,
    prepared_at timestamp with time zone NOT NULL,
    pack text NOT NULL,
    matter_id text,
    staff_case_id text,
    send_by date,
    document text,
    sent_by text,
    sent_on date,
    acknowledge_by date,
    receipt text,
    acknowledged_by text,
    acknowledged_on date,
    answer text,
    carried boolean,
    amount_fen bigint,
    answered_by text,
    answered_on date,
    CONSTRAINT referral_addressee_check CHECK ((addressee = ANY (ARRAY['SUPERIOR'::text, 'PROCURATORATE'::text]))),
    CONSTRAINT referral_check CHECK (((kind = 'STAFF_CONDUCT'::text) = sealed)),
    CONSTRAINT referral_check1 CHECK ((sealed = (staff_case_id IS NOT NULL))),
    CONSTRAINT referral_check2 CHECK (((acknowledged_on IS NULL) OR (sent_on IS NOT NULL))),
    CONSTRAINT referral_check3 CHECK (((answered_on IS NULL) OR (acknowledged_on IS NOT NULL))),
    CONSTRAINT referral_kind_check CHECK ((kind = ANY (ARRAY['MAJOR_CASE'::text, 'MAJOR_MATTER'::text, 'SUSPECTED_CRIME'::text, 'STAFF_CONDUCT'::text])))
);

CREATE TABLE public.replay_run (
    id text NOT NULL,
    bureau_id text NOT NULL,
    log_name text NOT NULL,
    log_sha256 text NOT NULL,
    item_code text NOT NULL,
    item_version integer NOT NULL,
    regime text NOT NULL,
    cases bigint NOT NULL,
    events bigint NOT NULL,
    empty_cases bigint NOT NULL,
    duplicates bigint NOT NULL,
    "position" bigint DEFAULT 0 NOT NULL,
    started_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    CONSTRAINT replay_run_regime_check CHECK ((regime = ANY (ARRAY['OBSERVE'::text, 'ENFORCE'::text])))
);

CREATE TABLE public.risk_point_grade (
    point_id text NOT NULL,
    bureau_id text NOT NULL,
    effective_from date NOT NULL,
    grade text NOT NULL,
    CONSTRAINT risk_point_grade_grade_check CHECK ((grade = ANY (ARRAY['LOW'::text, 'MEDIUM'::text, 'HIGH'::text])))
);

CREATE TABLE public.risk_point_replica (
    point_id text NOT NULL,
    bureau_id text NOT NULL,
    code text NOT NULL,
    title text NOT NULL,
    title_en text DEFAULT ''::text NOT NULL,
    unit_id text NOT NULL,
    owner_unit_id text,
    process text DEFAULT ''::text NOT NULL,
    step text DEFAULT ''::text NOT NULL
);

CREATE TABLE public.rotation_block (
    rotation_id text NOT NULL,
    bureau_id text NOT NULL,
    person_id text NOT NULL,
    post_id text NOT NULL,
    since date NOT NULL,
    cleared_at timestamp with time zone
);

CREATE TABLE public.rule_version (
    bureau_id text NOT NULL,
    kind text NOT NULL,
    version integer NOT NULL,
    digest text NOT NULL,
    source text NOT NULL,
    author text NOT NULL,
    drafted_at timestamp with time zone NOT NULL,
    approved_by text,
    approved_at timestamp with time zone,
    effective_from date,
    CONSTRAINT rule_version_check CHECK (((approved_by IS NULL) = (effective_from IS NULL))),
    CONSTRAINT rule_version_check1 CHECK ((approved_by IS DISTINCT FROM author)),
    CONSTRAINT rule_version_version_check CHECK ((version > 0))
);

CREATE TABLE public.scheduled_audit (
    id text NOT NULL,
    bureau_id text NOT NULL,
    code text NOT NULL,
    period_from date NOT NULL,
    period_to date NOT NULL,
    scope_units text[] NOT NULL,
    scope text NOT NULL,
    team text[] NOT NULL,
    opened_by text NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    report text,
    closed_by text,
    closed_at timestamp with time zone,
    below text,
    CONSTRAINT scheduled_audit_scope_units_check CHECK ((cardinality(scope_units) > 0)),
    CONSTRAINT scheduled_audit_team_check CHECK ((cardinality(team) >= 2))
);

CREATE TABLE public.schema_migration (
    namespace text NOT NULL,
    name text NOT NULL,
    sha256 text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.sealed_read (
    id bigint NOT NULL,
    bureau_id text NOT NULL,
    reader text NOT NULL,
    what text NOT NULL,
    point_id text,
    since timestamp with time zone,
    found integer NOT NULL,
    at timestamp with time zone NOT NULL,
    object_id text
);

ALTER TABLE public.sealed_read ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.sealed_read_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.second_review (
    matter_id text NOT NULL,
    point_id text NOT NULL,
    bureau_id text NOT NULL,
    imposed_at timestamp with time zone NOT NULL,
    after_seq bigint NOT NULL
);

CREATE TABLE public.self_report (
    id text NOT NULL,
    bureau_id text NOT NULL,
    person_id text NOT NULL,
    matter_id text NOT NULL,
    fault text NOT NULL,
    corrected boolean NOT NULL,
    alert_id text NOT NULL,
    reported_at timestamp with time zone NOT NULL
);

CREATE TABLE public.sign_off_route (
    id bigint NOT NULL,
    bureau_id text NOT NULL,
    matter_id text NOT NULL,
    step text NOT NULL,
    on_day date NOT NULL,
    at timestamp with time zone NOT NULL,
    person_id text NOT NULL,
    refusal text
);

ALTER TABLE public.sign_off_route ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.sign_off_route_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.signature (
    matter_id text NOT NULL,
    seq bigint NOT NULL,
    bureau_id text NOT NULL,
    step text NOT NULL,
    person text NOT NULL,
    at timestamp with time zone NOT NULL
);

CREATE TABLE public.signer_change (
    matter_id text NOT NULL,
    seq bigint NOT NULL,
    bureau_id text NOT NULL,
    step text NOT NULL,
    person text NOT NULL,
    act text NOT NULL,
    by_person text NOT NULL,
    at timestamp with time zone NOT NULL,
    reason text NOT NULL,
    CONSTRAINT signer_change_act_check CHECK ((act = ANY (ARRAY['ADDED'::text, 'REMOVED'::text]))),
    CONSTRAINT signer_change_reason_check CHECK ((reason <> ''::text))
);

CREATE TABLE public.slip (
    id text NOT NULL,
    matter_id text NOT NULL,
    bureau_id text NOT NULL,
    from_unit text NOT NULL,
    to_unit text NOT NULL,
    point text NOT NULL,
    sent_by text NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    barcode_hash bytea NOT NULL,
    due_on date NOT NULL,
    acknowledged_by text,
    acknowledged_at timestamp with time zone,
    document_hash bytea,
    CONSTRAINT slip_document_hash_check CHECK ((octet_length(document_hash) = 32))
);

CREATE TABLE public.staff_case (
    id text NOT NULL,
    bureau_id text NOT NULL,
    matter_id text NOT NULL,
    trigger text NOT NULL,
    lead text NOT NULL,
    subject_ids text[] NOT NULL,
    state text NOT NULL,
    handed_by text NOT NULL,
    handed_at timestamp with time zone NOT NULL,
    investigators text[] NOT NULL,
    opened_by text,
    opened_on date,
    outcome text,
    report text,
    closed_by text,
    closed_on date,
    CONSTRAINT staff_case_state_check CHECK ((state = ANY (ARRAY['LEAD'::text, 'OPENED'::text, 'CONCLUDED'::text, 'DECLINED'::text])))
);

CREATE TABLE public.stream_cursor (
    stream text NOT NULL,
    seq bigint NOT NULL,
    stream_created text NOT NULL
);

CREATE TABLE public.supervised_event (
    id text NOT NULL,
    bureau_id text NOT NULL,
    domain text NOT NULL,
    title text NOT NULL,
    unit_id text NOT NULL,
    planned_on date NOT NULL,
    planned_by text NOT NULL,
    planned_at timestamp with time zone NOT NULL,
    pack text NOT NULL,
    notice text,
    noticed_by text,
    noticed_at timestamp with time zone,
    held_by text,
    held_at timestamp with time zone,
    report text,
    reported_by text,
    reported_at timestamp with time zone,
    cancelled_by text,
    cancelled_at timestamp with time zone,
    reason text DEFAULT ''::text NOT NULL,
    CONSTRAINT supervised_event_check CHECK (((held_at IS NULL) OR (noticed_at IS NOT NULL)))
);

CREATE TABLE public.supervised_event_act (
    id bigint NOT NULL,
    event_id text NOT NULL,
    bureau_id text NOT NULL,
    at timestamp with time zone NOT NULL,
    actor text NOT NULL,
    act text NOT NULL,
    note text DEFAULT ''::text NOT NULL
);

ALTER TABLE public.supervised_event_act ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.supervised_event_act_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.supervision_group (
    bureau_id text NOT NULL,
    domain text NOT NULL,
    version integer NOT NULL,
    members jsonb NOT NULL,
    effective_from date NOT NULL,
    formed_by text NOT NULL,
    formed_at timestamp with time zone NOT NULL
);

CREATE TABLE public.supervision_record (
    event_id text NOT NULL,
    bureau_id text NOT NULL,
    person_id text NOT NULL,
    observation text NOT NULL,
    concern boolean NOT NULL,
    recorded_at timestamp with time zone NOT NULL
);

CREATE TABLE public.timer (
    id text NOT NULL,
    bureau_id text,
    kind text NOT NULL,
    ref text NOT NULL,
    fire_at timestamp with time zone NOT NULL,
    payload jsonb DEFAULT '{}'::jsonb NOT NULL
);

CREATE TABLE public.urge (
    matter_id text NOT NULL,
    bureau_id text NOT NULL,
    urged_by text NOT NULL,
    on_day date NOT NULL,
    at timestamp with time zone NOT NULL,
    steps text[] NOT NULL,
    told text[] NOT NULL,
    note text DEFAULT ''::text NOT NULL
);

CREATE TABLE public.warning_case (
    id text NOT NULL,
    bureau_id text NOT NULL,
    content jsonb NOT NULL,
    kind text NOT NULL,
    root_cause text NOT NULL,
    root text NOT NULL,
    process text NOT NULL,
    level text NOT NULL,
    grade text NOT NULL,
    year integer NOT NULL,
    released_on date NOT NULL
);

CREATE TABLE public.warning_draft (
    id text NOT NULL,
    bureau_id text NOT NULL,
    inquiry_id text NOT NULL,
    case_id text NOT NULL,
    content jsonb NOT NULL,
    drafted_by text NOT NULL,
    drafted_at timestamp with time zone NOT NULL,
    state text NOT NULL,
    decided_by text,
    note text DEFAULT ''::text NOT NULL,
    CONSTRAINT warning_draft_state_check CHECK ((state = ANY (ARRAY['DRAFT'::text, 'RETURNED'::text, 'RELEASED'::text])))
);

CREATE TABLE public.window_proposal (
    id text NOT NULL,
    bureau_id text NOT NULL,
    unit_id text NOT NULL,
    windows text[] NOT NULL,
    queue text NOT NULL,
    waiting integer NOT NULL,
    threshold integer NOT NULL,
    pack text NOT NULL,
    proposed_by text NOT NULL,
    proposed_at timestamp with time zone NOT NULL,
    decision text,
    decided_by text,
    decided_at timestamp with time zone,
    until timestamp with time zone,
    CONSTRAINT window_proposal_decision_check CHECK ((decision = ANY (ARRAY['CONFIRMED'::text, 'DECLINED'::text])))
);

CREATE TABLE public.window_switch (
    id bigint NOT NULL,
    bureau_id text NOT NULL,
    window_code text NOT NULL,
    from_class text NOT NULL,
    to_class text NOT NULL,
    at timestamp with time zone NOT NULL,
    by_actor text NOT NULL,
    proposal_id text NOT NULL,
    until timestamp with time zone
);

ALTER TABLE public.window_switch ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.window_switch_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.work (
    matter_id text NOT NULL,
    seq bigint NOT NULL,
    step text NOT NULL,
    assignee text NOT NULL,
    bureau_id text NOT NULL,
    due_on date NOT NULL,
    roles text[] DEFAULT '{}'::text[] NOT NULL
);

CREATE TABLE public.work_assignment (
    id bigint NOT NULL,
    matter_id text NOT NULL,
    bureau_id text NOT NULL,
    step text NOT NULL,
    rule text NOT NULL,
    citation text NOT NULL,
    chosen text[] NOT NULL,
    considered jsonb NOT NULL,
    by_person text,
    reason text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT work_assignment_rule_check CHECK ((rule = ANY (ARRAY['LEAST_LOAD'::text, 'ROUND_ROBIN'::text, 'TERRITORY'::text, 'DISPATCHED'::text, 'HANDED_OVER'::text, 'CLAIMED'::text])))
);

ALTER TABLE public.work_assignment ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.work_assignment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.work_order (
    id text NOT NULL,
    bureau_id text NOT NULL,
    kind text NOT NULL,
    title text NOT NULL,
    demand text NOT NULL,
    from_unit text NOT NULL,
    to_unit text NOT NULL,
    issued_by text NOT NULL,
    issued_at timestamp with time zone NOT NULL,
    accept_by date NOT NULL,
    due_on date NOT NULL,
    source text,
    document text,
    form text,
    plan_id text,
    object text,
    accepted_by text,
    accepted_at timestamp with time zone,
    feedback text,
    submission jsonb,
    agrees boolean,
    fed_back_by text,
    fed_back_at timestamp with time zone,
    returned integer DEFAULT 0 NOT NULL,
    return_reason text,
    closing text,
    closed_by text,
    closed_at timestamp with time zone,
    rectification_id text,
    CONSTRAINT work_order_check CHECK (((kind = 'FINDING'::text) = (source IS NOT NULL))),
    CONSTRAINT work_order_check1 CHECK (((closing IS NULL) = (closed_at IS NULL))),
    CONSTRAINT work_order_closing_check CHECK ((closing = ANY (ARRAY['CONFIRMED'::text, 'WITHDRAWN'::text]))),
    CONSTRAINT work_order_kind_check CHECK ((kind = ANY (ARRAY['TASK'::text, 'FINDING'::text])))
);

CREATE TABLE public.work_order_act (
    id bigint NOT NULL,
    order_id text NOT NULL,
    bureau_id text NOT NULL,
    at timestamp with time zone NOT NULL,
    actor text NOT NULL,
    act text NOT NULL,
    note text DEFAULT ''::text NOT NULL
);

ALTER TABLE public.work_order_act ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.work_order_act_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.work_plan (
    id text NOT NULL,
    bureau_id text NOT NULL,
    title text NOT NULL,
    unit_id text NOT NULL,
    issued_by text NOT NULL,
    issued_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.adjudication
    ADD CONSTRAINT adjudication_bureau_id_number_key UNIQUE (bureau_id, number);

ALTER TABLE ONLY public.adjudication_opinion
    ADD CONSTRAINT adjudication_opinion_pkey PRIMARY KEY (adjudication_id, round, person_id);

ALTER TABLE ONLY public.adjudication
    ADD CONSTRAINT adjudication_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.adjudication_seat
    ADD CONSTRAINT adjudication_seat_adjudication_id_unit_id_key UNIQUE (adjudication_id, unit_id);

ALTER TABLE ONLY public.adjudication_seat
    ADD CONSTRAINT adjudication_seat_pkey PRIMARY KEY (adjudication_id, person_id);

ALTER TABLE ONLY public.aggregate_gate
    ADD CONSTRAINT aggregate_gate_pkey PRIMARY KEY (stream, aggregate_id);

ALTER TABLE ONLY public.aggregate_version
    ADD CONSTRAINT aggregate_version_pkey PRIMARY KEY (aggregate_id);

ALTER TABLE ONLY public.alert_act
    ADD CONSTRAINT alert_act_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.alert_count
    ADD CONSTRAINT alert_count_pkey PRIMARY KEY (bureau_id, phase);

ALTER TABLE ONLY public.alert
    ADD CONSTRAINT alert_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.alert_viewer
    ADD CONSTRAINT alert_viewer_pkey PRIMARY KEY (alert_id, person_id);

ALTER TABLE ONLY public.assignment_turn
    ADD CONSTRAINT assignment_turn_pkey PRIMARY KEY (bureau_id, item_code, step, person);

ALTER TABLE ONLY public.audit_checkpoint
    ADD CONSTRAINT audit_checkpoint_pkey PRIMARY KEY (size);

ALTER TABLE ONLY public.audit_entry
    ADD CONSTRAINT audit_entry_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audit_entry
    ADD CONSTRAINT audit_entry_seq_key UNIQUE (seq);

ALTER TABLE ONLY public.audit_node
    ADD CONSTRAINT audit_node_pkey PRIMARY KEY (level, index);

ALTER TABLE ONLY public.audit_programme
    ADD CONSTRAINT audit_programme_pkey PRIMARY KEY (bureau_id, code);

ALTER TABLE ONLY public.audit_workpaper
    ADD CONSTRAINT audit_workpaper_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.circular
    ADD CONSTRAINT circular_pkey PRIMARY KEY (order_id);

ALTER TABLE ONLY public.clock_event
    ADD CONSTRAINT clock_event_pkey PRIMARY KEY (matter_id, seq, clock, event);

ALTER TABLE ONLY public.control_set_active
    ADD CONSTRAINT control_set_active_pkey PRIMARY KEY (bureau_id);

ALTER TABLE ONLY public.control_set
    ADD CONSTRAINT control_set_pkey PRIMARY KEY (bureau_id, version);

ALTER TABLE ONLY public.control_version
    ADD CONSTRAINT control_version_pkey PRIMARY KEY (bureau_id, code, version);

ALTER TABLE ONLY public.dead_event
    ADD CONSTRAINT dead_event_pkey PRIMARY KEY (stream, seq);

ALTER TABLE ONLY public.dead_timer
    ADD CONSTRAINT dead_timer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.decision_document
    ADD CONSTRAINT decision_document_bureau_id_number_key UNIQUE (bureau_id, number);

ALTER TABLE ONLY public.decision_document
    ADD CONSTRAINT decision_document_pkey PRIMARY KEY (matter_id);

ALTER TABLE ONLY public.decision_register
    ADD CONSTRAINT decision_register_pkey PRIMARY KEY (bureau_id, decision_no);

ALTER TABLE ONLY public.delegated_act
    ADD CONSTRAINT delegated_act_pkey PRIMARY KEY (matter_id, seq, grantor);

ALTER TABLE ONLY public.departure
    ADD CONSTRAINT departure_pkey PRIMARY KEY (hold_id);

ALTER TABLE ONLY public.discretion_standard
    ADD CONSTRAINT discretion_standard_pkey PRIMARY KEY (bureau_id, code, number);

ALTER TABLE ONLY public.document_service
    ADD CONSTRAINT document_service_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.draw_commitment
    ADD CONSTRAINT draw_commitment_pkey PRIMARY KEY (run_id, attempt, role);

ALTER TABLE ONLY public.electronic_assessment
    ADD CONSTRAINT electronic_assessment_pkey PRIMARY KEY (bureau_id, taxpayer_id, period);

ALTER TABLE ONLY public.eligibility_block
    ADD CONSTRAINT eligibility_block_pkey PRIMARY KEY (assignment_id);

ALTER TABLE ONLY public.extension
    ADD CONSTRAINT extension_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.finding_below
    ADD CONSTRAINT finding_below_pkey PRIMARY KEY (order_id);

ALTER TABLE ONLY public.finding
    ADD CONSTRAINT finding_pkey PRIMARY KEY (run_id, case_ref, event_no, ordinal);

ALTER TABLE ONLY public.form_retirement
    ADD CONSTRAINT form_retirement_pkey PRIMARY KEY (bureau_id, form_code, version);

ALTER TABLE ONLY public.form_version
    ADD CONSTRAINT form_version_pkey PRIMARY KEY (bureau_id, form_code, version);

ALTER TABLE ONLY public.guidance_act
    ADD CONSTRAINT guidance_act_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.hall_ticket
    ADD CONSTRAINT hall_ticket_pkey PRIMARY KEY (bureau_id, local_on, number);

ALTER TABLE ONLY public.hall_window
    ADD CONSTRAINT hall_window_pkey PRIMARY KEY (bureau_id, code);

ALTER TABLE ONLY public.hearing_notice
    ADD CONSTRAINT hearing_notice_pkey PRIMARY KEY (matter_id);

ALTER TABLE ONLY public.hold
    ADD CONSTRAINT hold_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.hot_issue
    ADD CONSTRAINT hot_issue_pkey PRIMARY KEY (bureau_id, code, version);

ALTER TABLE ONLY public.idempotency
    ADD CONSTRAINT idempotency_pkey PRIMARY KEY (bureau_id, actor, key);

ALTER TABLE ONLY public.incident_act
    ADD CONSTRAINT incident_act_pkey PRIMARY KEY (incident_id, seq);

ALTER TABLE ONLY public.incident
    ADD CONSTRAINT incident_alert_id_key UNIQUE (alert_id);

ALTER TABLE ONLY public.incident_contest
    ADD CONSTRAINT incident_contest_incident_id_person_id_key UNIQUE (incident_id, person_id);

ALTER TABLE ONLY public.incident_contest
    ADD CONSTRAINT incident_contest_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.incident_escalation
    ADD CONSTRAINT incident_escalation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.incident
    ADD CONSTRAINT incident_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.inquiry
    ADD CONSTRAINT inquiry_bureau_id_number_key UNIQUE (bureau_id, number);

ALTER TABLE ONLY public.inquiry
    ADD CONSTRAINT inquiry_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.inquiry_publication_review
    ADD CONSTRAINT inquiry_publication_review_pkey PRIMARY KEY (inquiry_id);

ALTER TABLE ONLY public.inquiry_question
    ADD CONSTRAINT inquiry_question_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.inquiry_respondent
    ADD CONSTRAINT inquiry_respondent_pkey PRIMARY KEY (inquiry_id, person_id);

ALTER TABLE ONLY public.inquiry_result
    ADD CONSTRAINT inquiry_result_pkey PRIMARY KEY (inquiry_id);

ALTER TABLE ONLY public.inquiry_seat
    ADD CONSTRAINT inquiry_seat_pkey PRIMARY KEY (inquiry_id, person_id);

ALTER TABLE ONLY public.inquiry_statement
    ADD CONSTRAINT inquiry_statement_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.inquiry_vote
    ADD CONSTRAINT inquiry_vote_pkey PRIMARY KEY (inquiry_id, person_id);

ALTER TABLE ONLY public.inspected_file
    ADD CONSTRAINT inspected_file_pkey PRIMARY KEY (run_id, unit);

ALTER TABLE ONLY public.inspection_act
    ADD CONSTRAINT inspection_act_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.inspection_frame
    ADD CONSTRAINT inspection_frame_pkey PRIMARY KEY (run_id, stratum, unit);

ALTER TABLE ONLY public.inspection_notice
    ADD CONSTRAINT inspection_notice_pkey PRIMARY KEY (run_id, office_id);

ALTER TABLE ONLY public.inspection_order
    ADD CONSTRAINT inspection_order_pkey PRIMARY KEY (run_id, order_id);

ALTER TABLE ONLY public.inspection_report
    ADD CONSTRAINT inspection_report_pkey PRIMARY KEY (run_id, kind);

ALTER TABLE ONLY public.inspection_run
    ADD CONSTRAINT inspection_run_bureau_id_code_key UNIQUE (bureau_id, code);

ALTER TABLE ONLY public.inspection_run
    ADD CONSTRAINT inspection_run_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.inspection_squad
    ADD CONSTRAINT inspection_squad_pkey PRIMARY KEY (run_id, person_id);

ALTER TABLE ONLY public.interest
    ADD CONSTRAINT interest_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.item_version
    ADD CONSTRAINT item_version_pkey PRIMARY KEY (bureau_id, item_code, version);

ALTER TABLE ONLY public.log_export_part
    ADD CONSTRAINT log_export_part_pkey PRIMARY KEY (export_id, seq);

ALTER TABLE ONLY public.log_export
    ADD CONSTRAINT log_export_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.manual_assessment
    ADD CONSTRAINT manual_assessment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.matter_migration
    ADD CONSTRAINT matter_migration_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.matter_migration_result
    ADD CONSTRAINT matter_migration_result_pkey PRIMARY KEY (migration_id, matter_id);

ALTER TABLE ONLY public.matter_note
    ADD CONSTRAINT matter_note_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.matter
    ADD CONSTRAINT matter_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.matter_step
    ADD CONSTRAINT matter_step_pkey PRIMARY KEY (matter_id, seq);

ALTER TABLE ONLY public.number_series
    ADD CONSTRAINT number_series_pkey PRIMARY KEY (bureau_id, series, year);

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

ALTER TABLE ONLY public.output_document
    ADD CONSTRAINT output_document_bureau_id_number_key UNIQUE (bureau_id, number);

ALTER TABLE ONLY public.output_document
    ADD CONSTRAINT output_document_pkey PRIMARY KEY (matter_id, kind);

ALTER TABLE ONLY public.parked_aggregate
    ADD CONSTRAINT parked_aggregate_pkey PRIMARY KEY (stream, aggregate_id);

ALTER TABLE ONLY public.participant
    ADD CONSTRAINT participant_pkey PRIMARY KEY (object_id, person_id);

ALTER TABLE ONLY public.penalty_act
    ADD CONSTRAINT penalty_act_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.penalty_assessment
    ADD CONSTRAINT penalty_assessment_pkey PRIMARY KEY (matter_id);

ALTER TABLE ONLY public.penalty_party
    ADD CONSTRAINT penalty_party_pkey PRIMARY KEY (matter_id);

ALTER TABLE ONLY public.post_review_draw
    ADD CONSTRAINT post_review_draw_pkey PRIMARY KEY (bureau_id, item_code, local_on);

ALTER TABLE ONLY public.post_review
    ADD CONSTRAINT post_review_matter_id_key UNIQUE (matter_id);

ALTER TABLE ONLY public.post_review
    ADD CONSTRAINT post_review_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.post_review_secret
    ADD CONSTRAINT post_review_secret_pkey PRIMARY KEY (bureau_id, item_code, local_on);

ALTER TABLE ONLY public.pre_review
    ADD CONSTRAINT pre_review_bureau_id_receipt_no_key UNIQUE (bureau_id, receipt_no);

ALTER TABLE ONLY public.pre_review_check
    ADD CONSTRAINT pre_review_check_pkey PRIMARY KEY (pre_review_id, seq);

ALTER TABLE ONLY public.pre_review
    ADD CONSTRAINT pre_review_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.process_version
    ADD CONSTRAINT process_version_bureau_id_process_number_key UNIQUE (bureau_id, process, number);

ALTER TABLE ONLY public.process_version
    ADD CONSTRAINT process_version_pkey PRIMARY KEY (version_id);

ALTER TABLE ONLY public.queue_report
    ADD CONSTRAINT queue_report_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.rectification_act
    ADD CONSTRAINT rectification_act_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.rectification_order
    ADD CONSTRAINT rectification_order_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.recusal_request
    ADD CONSTRAINT recusal_request_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.referral
    ADD CONSTRAINT referral_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.replay_run
    ADD CONSTRAINT replay_run_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.risk_point_grade
    ADD CONSTRAINT risk_point_grade_pkey PRIMARY KEY (point_id, effective_from);

ALTER TABLE ONLY public.risk_point_replica
    ADD CONSTRAINT risk_point_replica_pkey PRIMARY KEY (point_id);

ALTER TABLE ONLY public.rotation_block
    ADD CONSTRAINT rotation_block_pkey PRIMARY KEY (rotation_id);

ALTER TABLE ONLY public.rule_version
    ADD CONSTRAINT rule_version_pkey PRIMARY KEY (bureau_id, kind, version);

ALTER TABLE ONLY public.scheduled_audit
    ADD CONSTRAINT scheduled_audit_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.schema_migration
    ADD CONSTRAINT schema_migration_pkey PRIMARY KEY (namespace, name);

ALTER TABLE ONLY public.sealed_read
    ADD CONSTRAINT sealed_read_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.second_review
    ADD CONSTRAINT second_review_pkey PRIMARY KEY (matter_id, point_id);

ALTER TABLE ONLY public.self_report
    ADD CONSTRAINT self_report_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sign_off_route
    ADD CONSTRAINT sign_off_route_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.signature
    ADD CONSTRAINT signature_pkey PRIMARY KEY (matter_id, seq);

ALTER TABLE ONLY public.signer_change
    ADD CONSTRAINT signer_change_pkey PRIMARY KEY (matter_id, seq);

ALTER TABLE ONLY public.slip
    ADD CONSTRAINT slip_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.staff_case
    ADD CONSTRAINT staff_case_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.stream_cursor
    ADD CONSTRAINT stream_cursor_pkey PRIMARY KEY (stream);

ALTER TABLE ONLY public.supervised_event_act
    ADD CONSTRAINT supervised_event_act_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.supervised_event
    ADD CONSTRAINT supervised_event_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.supervision_group
    ADD CONSTRAINT supervision_group_pkey PRIMARY KEY (bureau_id, domain, version);

ALTER TABLE ONLY public.supervision_record
    ADD CONSTRAINT supervision_record_pkey PRIMARY KEY (event_id, person_id);

ALTER TABLE ONLY public.timer
    ADD CONSTRAINT timer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.urge
    ADD CONSTRAINT urge_pkey PRIMARY KEY (matter_id, urged_by, on_day);

ALTER TABLE ONLY public.warning_case
    ADD CONSTRAINT warning_case_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.warning_draft
    ADD CONSTRAINT warning_draft_case_id_key UNIQUE (case_id);

ALTER TABLE ONLY public.warning_draft
    ADD CONSTRAINT warning_draft_inquiry_id_key UNIQUE (inquiry_id);

ALTER TABLE ONLY public.warning_draft
    ADD CONSTRAINT warning_draft_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.window_proposal
    ADD CONSTRAINT window_proposal_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.window_switch
    ADD CONSTRAINT window_switch_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.work_assignment
    ADD CONSTRAINT work_assignment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.work_order_act
    ADD CONSTRAINT work_order_act_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.work_order
    ADD CONSTRAINT work_order_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.work
    ADD CONSTRAINT work_pkey PRIMARY KEY (matter_id, seq, step, assignee);

ALTER TABLE ONLY public.work_plan
    ADD CONSTRAINT work_plan_pkey PRIMARY KEY (id);

CREATE UNIQUE INDEX adjudication_open ON public.adjudication USING btree (matter_id) WHERE (decided_on IS NULL);

CREATE INDEX adjudication_proposed ON public.adjudication USING btree (bureau_id, proposed_on DESC, id DESC);

CREATE INDEX alert_act_alert ON public.alert_act USING btree (alert_id, id);

CREATE UNIQUE INDEX alert_dedup ON public.alert USING btree (bureau_id, dedup_key);

CREATE INDEX alert_matter ON public.alert USING btree (matter_id) WHERE (matter_id IS NOT NULL);

CREATE INDEX alert_open ON public.alert USING btree (id) WHERE (closed_at IS NULL);

CREATE INDEX alert_raised ON public.alert USING btree (raised_at DESC, id DESC);

CREATE INDEX alert_viewer_person ON public.alert_viewer USING btree (person_id, alert_id);

CREATE INDEX audit_entry_object ON public.audit_entry USING btree (object_type, object_id);

CREATE INDEX audit_entry_unsequenced ON public.audit_entry USING btree (id) WHERE (seq IS NULL);

CREATE INDEX audit_workpaper_audit ON public.audit_workpaper USING btree (audit_id, made_at, id);

CREATE INDEX control_set_in_force ON public.control_set USING btree (bureau_id, effective_from DESC, version DESC) WHERE (effective_from IS NOT NULL);

CREATE INDEX decision_register_newest ON public.decision_register USING btree (bureau_id, reported_at DESC, decision_no);

CREATE UNIQUE INDEX document_service_once ON public.document_service USING btree (matter_id, kind, document_no);

CREATE INDEX eligibility_block_open ON public.eligibility_block USING btree (person_id) WHERE (cleared_at IS NULL);

CREATE UNIQUE INDEX extension_waiting ON public.extension USING btree (matter_id) WHERE (decided_at IS NULL);

CREATE INDEX finding_below_audit ON public.finding_below USING btree (audit_id, sent_at, order_id);

CREATE INDEX finding_run ON public.finding USING btree (run_id, check_id);

CREATE INDEX guidance_act_of ON public.guidance_act USING btree (bureau_id, local_on);

CREATE INDEX hall_ticket_called ON public.hall_ticket USING btree (bureau_id) WHERE (ended_at IS NULL);

CREATE INDEX hold_corrected ON public.hold USING btree (person_id, ended_at) WHERE (state = 'CORRECTED'::text);

CREATE UNIQUE INDEX hold_open ON public.hold USING btree (matter_id, step, code, person_id) WHERE (ended_at IS NULL);

CREATE UNIQUE INDEX hold_open_event ON public.hold USING btree (event_id, code) WHERE (ended_at IS NULL);

CREATE INDEX hold_open_person ON public.hold USING btree (person_id) WHERE (ended_at IS NULL);

CREATE INDEX hold_raised ON public.hold USING btree (raised_at DESC, id DESC);

CREATE INDEX idempotency_created_at ON public.idempotency USING btree (created_at);

CREATE INDEX incident_escalation_latest ON public.incident_escalation USING btree (incident_id, id DESC);

CREATE INDEX incident_matter ON public.incident USING btree (matter_id) WHERE (matter_id IS NOT NULL);

CREATE UNIQUE INDEX incident_set_aside ON public.incident_contest USING btree (incident_id) WHERE (NOT stands);

CREATE UNIQUE INDEX inquiry_incident ON public.inquiry USING btree (incident_id);

CREATE INDEX inquiry_question_inquiry ON public.inquiry_question USING btree (inquiry_id, at);

CREATE INDEX inquiry_seat_person ON public.inquiry_seat USING btree (person_id, inquiry_id);

CREATE INDEX inspection_notice_of ON public.inspection_notice USING btree (office_id, told_at DESC);

CREATE UNIQUE INDEX interest_matter ON public.interest USING btree (matter_id, person_id) WHERE ((ended_at IS NULL) AND (matter_id IS NOT NULL));

CREATE UNIQUE INDEX interest_party ON public.interest USING btree (bureau_id, party, person_id) WHERE ((ended_at IS NULL) AND (party IS NOT NULL));

CREATE INDEX item_version_hash ON public.item_version USING btree (bureau_id, content_hash);

CREATE INDEX item_version_in_force ON public.item_version USING btree (bureau_id, item_code, version DESC, effective_from);

CREATE INDEX log_export_of ON public.log_export USING btree (person_id, id DESC);

CREATE UNIQUE INDEX log_export_running ON public.log_export USING btree (bureau_id, person_id) WHERE (state = 'RUNNING'::text);

CREATE UNIQUE INDEX matter_case_ref ON public.matter USING btree (bureau_id, COALESCE(run_id, ''::text), case_ref);

CREATE INDEX matter_migration_item ON public.matter_migration USING btree (bureau_id, item_code, to_version, started_at);

CREATE INDEX matter_note_matter ON public.matter_note USING btree (matter_id, at, id);

CREATE INDEX matter_open ON public.matter USING btree (bureau_id, item_code, id) WHERE (closed_at IS NULL);

CREATE INDEX matter_people ON public.matter USING gin (people) WHERE (closed_at IS NULL);

CREATE INDEX matter_step_run ON public.matter_step USING btree (run_id, step) WHERE (run_id IS NOT NULL);

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

CREATE INDEX participant_person ON public.participant USING btree (person_id, object_id);

CREATE INDEX penalty_act_matter ON public.penalty_act USING btree (matter_id, at, id);

CREATE INDEX penalty_party_violation ON public.penalty_party USING btree (bureau_id, taxpayer_id, violation_point, occurred_on);

CREATE INDEX post_review_open ON public.post_review USING btree (unit_id, due_on, id) WHERE (finding IS NULL);

CREATE UNIQUE INDEX pre_review_matter ON public.pre_review USING btree (matter_id) WHERE (matter_id IS NOT NULL);

CREATE INDEX pre_review_open ON public.pre_review USING btree (unit_id, opened_at DESC, id DESC) WHERE (matter_id IS NULL);

CREATE INDEX process_version_in_force ON public.process_version USING btree (bureau_id, process, effective_from DESC, number DESC);

CREATE INDEX queue_report_latest ON public.queue_report USING btree (bureau_id, queue, id DESC);

CREATE INDEX receipt_guess_of ON public.receipt_guess USING btree (receipt_no, at);

CREATE INDEX receipt_guess_old ON public.receipt_guess USING btree (at);

CREATE INDEX rectification_order_open ON public.rectification_order USING btree (bureau_id, due_on) WHERE (verified_at IS NULL);

CREATE INDEX rectification_order_owed ON public.rectification_order USING btree (unit_id) WHERE (verified_at IS NULL);

CREATE UNIQUE INDEX recusal_request_open ON public.recusal_request USING btree (matter_id, officer) WHERE (decided_at IS NULL);

CREATE INDEX referral_known ON public.referral USING btree (bureau_id, known_on DESC, id DESC);

CREATE INDEX referral_matter ON public.referral USING btree (matter_id) WHERE (matter_id IS NOT NULL);

CREATE UNIQUE INDEX risk_point_replica_code ON public.risk_point_replica USING btree (bureau_id, code);

CREATE INDEX rotation_block_open ON public.rotation_block USING btree (person_id) WHERE (cleared_at IS NULL);

CREATE INDEX rule_version_in_force ON public.rule_version USING btree (bureau_id, kind, effective_from DESC, version DESC) INCLUDE (digest) WHERE (effective_from IS NOT NULL);

CREATE INDEX scheduled_audit_period ON public.scheduled_audit USING btree (bureau_id, code, period_from);

CREATE INDEX self_report_matter ON public.self_report USING btree (matter_id, person_id, reported_at);

CREATE INDEX sign_off_route_matter ON public.sign_off_route USING btree (matter_id, id);

CREATE INDEX slip_matter ON public.slip USING btree (matter_id, sent_at);

CREATE INDEX slip_open ON public.slip USING btree (bureau_id, id) WHERE (acknowledged_at IS NULL);

CREATE INDEX staff_case_handed ON public.staff_case USING btree (bureau_id, handed_at DESC, id DESC);

CREATE INDEX supervised_event_act_event ON public.supervised_event_act USING btree (event_id, id);

CREATE INDEX supervised_event_planned ON public.supervised_event USING btree (bureau_id, planned_on DESC, id DESC);

CREATE INDEX timer_fire_at ON public.timer USING btree (fire_at, id);

CREATE INDEX timer_ref ON public.timer USING btree (ref, fire_at, id);

CREATE INDEX urge_told ON public.urge USING gin (told);

CREATE INDEX warning_case_of ON public.warning_case USING btree (bureau_id, released_on DESC, id);

CREATE UNIQUE INDEX window_proposal_open ON public.window_proposal USING btree (bureau_id, queue) WHERE (decision IS NULL);

CREATE INDEX window_switch_as_of ON public.window_switch USING btree (bureau_id, window_code, at DESC, id DESC);

CREATE INDEX window_switch_proposal ON public.window_switch USING btree (proposal_id);

CREATE INDEX work_assignment_matter ON public.work_assignment USING btree (matter_id, id);

CREATE INDEX work_inbox ON public.work USING btree (assignee, due_on, matter_id, step) INCLUDE (bureau_id, roles);

CREATE INDEX work_order_act_order ON public.work_order_act USING btree (order_id, id);

CREATE INDEX work_order_due ON public.work_order USING btree (bureau_id, due_on, id);

CREATE INDEX work_order_owed ON public.work_order USING btree (to_unit) WHERE (closed_at IS NULL);

CREATE INDEX work_order_plan ON public.work_order USING btree (plan_id) WHERE (plan_id IS NOT NULL);

CREATE TRIGGER audit_checkpoint_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_checkpoint FOR EACH STATEMENT EXECUTE FUNCTION public.audit_append_only();

CREATE TRIGGER audit_entry_append_only BEFORE DELETE OR TRUNCATE ON public.audit_entry FOR EACH STATEMENT EXECUTE FUNCTION public.audit_append_only();

CREATE TRIGGER audit_entry_guard BEFORE UPDATE ON public.audit_entry FOR EACH ROW EXECUTE FUNCTION public.audit_entry_guard();

CREATE TRIGGER audit_node_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_node FOR EACH STATEMENT EXECUTE FUNCTION public.audit_append_only();

CREATE TRIGGER frozen BEFORE INSERT ON public.inspection_frame FOR EACH ROW EXECUTE FUNCTION public.inspection_frame_is_frozen();

CREATE TRIGGER hold_ends_once BEFORE UPDATE ON public.hold FOR EACH ROW EXECUTE FUNCTION public.hold_ends_once();

ALTER TABLE ONLY public.adjudication
    ADD CONSTRAINT adjudication_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.adjudication_opinion
    ADD CONSTRAINT adjudication_opinion_adjudication_id_fkey FOREIGN KEY (adjudication_id) REFERENCES public.adjudication(id);

ALTER TABLE ONLY public.adjudication_seat
    ADD CONSTRAINT adjudication_seat_adjudication_id_fkey FOREIGN KEY (adjudication_id) REFERENCES public.adjudication(id);

ALTER TABLE ONLY public.alert_act
    ADD CONSTRAINT alert_act_alert_id_fkey FOREIGN KEY (alert_id) REFERENCES public.alert(id);

ALTER TABLE ONLY public.alert
    ADD CONSTRAINT alert_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.alert_viewer
    ADD CONSTRAINT alert_viewer_alert_id_fkey FOREIGN KEY (alert_id) REFERENCES public.alert(id);

ALTER TABLE ONLY public.audit_workpaper
    ADD CONSTRAINT audit_workpaper_audit_id_fkey FOREIGN KEY (audit_id) REFERENCES public.scheduled_audit(id);

ALTER TABLE ONLY public.circular
    ADD CONSTRAINT circular_order_id_fkey FOREIGN KEY (order_id) REFERENCES public.rectification_order(id);

ALTER TABLE ONLY public.clock_event
    ADD CONSTRAINT clock_event_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.decision_document
    ADD CONSTRAINT decision_document_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.delegated_act
    ADD CONSTRAINT delegated_act_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.departure
    ADD CONSTRAINT departure_hold_id_fkey FOREIGN KEY (hold_id) REFERENCES public.hold(id);

ALTER TABLE ONLY public.document_service
    ADD CONSTRAINT document_service_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.draw_commitment
    ADD CONSTRAINT draw_commitment_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.inspection_run(id);

ALTER TABLE ONLY public.extension
    ADD CONSTRAINT extension_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.finding_below
    ADD CONSTRAINT finding_below_audit_id_fkey FOREIGN KEY (audit_id) REFERENCES public.scheduled_audit(id);

ALTER TABLE ONLY public.finding
    ADD CONSTRAINT finding_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.replay_run(id);

ALTER TABLE ONLY public.form_retirement
    ADD CONSTRAINT form_retirement_bureau_id_form_code_version_fkey FOREIGN KEY (bureau_id, form_code, version) REFERENCES public.form_version(bureau_id, form_code, version);

ALTER TABLE ONLY public.hearing_notice
    ADD CONSTRAINT hearing_notice_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.hold
    ADD CONSTRAINT hold_alert_id_fkey FOREIGN KEY (alert_id) REFERENCES public.alert(id);

ALTER TABLE ONLY public.hold
    ADD CONSTRAINT hold_event_id_fkey FOREIGN KEY (event_id) REFERENCES public.supervised_event(id);

ALTER TABLE ONLY public.hold
    ADD CONSTRAINT hold_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.incident_act
    ADD CONSTRAINT incident_act_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES public.incident(id);

ALTER TABLE ONLY public.incident
    ADD CONSTRAINT incident_alert_id_fkey FOREIGN KEY (alert_id) REFERENCES public.alert(id);

ALTER TABLE ONLY public.incident_contest
    ADD CONSTRAINT incident_contest_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES public.incident(id);

ALTER TABLE ONLY public.incident_escalation
    ADD CONSTRAINT incident_escalation_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES public.incident(id);

ALTER TABLE ONLY public.incident
    ADD CONSTRAINT incident_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.inquiry
    ADD CONSTRAINT inquiry_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES public.incident(id);

ALTER TABLE ONLY public.inquiry_publication_review
    ADD CONSTRAINT inquiry_publication_review_inquiry_id_fkey FOREIGN KEY (inquiry_id) REFERENCES public.inquiry(id);

ALTER TABLE ONLY public.inquiry_question
    ADD CONSTRAINT inquiry_question_inquiry_id_fkey FOREIGN KEY (inquiry_id) REFERENCES public.inquiry(id);

ALTER TABLE ONLY public.inquiry_respondent
    ADD CONSTRAINT inquiry_respondent_inquiry_id_fkey FOREIGN KEY (inquiry_id) REFERENCES public.inquiry(id);

ALTER TABLE ONLY public.inquiry_result
    ADD CONSTRAINT inquiry_result_inquiry_id_fkey FOREIGN KEY (inquiry_id) REFERENCES public.inquiry(id);

ALTER TABLE ONLY public.inquiry_seat
    ADD CONSTRAINT inquiry_seat_inquiry_id_fkey FOREIGN KEY (inquiry_id) REFERENCES public.inquiry(id);

ALTER TABLE ONLY public.inquiry_statement
    ADD CONSTRAINT inquiry_statement_inquiry_id_fkey FOREIGN KEY (inquiry_id) REFERENCES public.inquiry(id);

ALTER TABLE ONLY public.inquiry_vote
    ADD CONSTRAINT inquiry_vote_inquiry_id_fkey FOREIGN KEY (inquiry_id) REFERENCES public.inquiry(id);

ALTER TABLE ONLY public.inspected_file
    ADD CONSTRAINT inspected_file_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.inspection_run(id);

ALTER TABLE ONLY public.inspection_act
    ADD CONSTRAINT inspection_act_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.inspection_run(id);

ALTER TABLE ONLY public.inspection_frame
    ADD CONSTRAINT inspection_frame_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.inspection_run(id);

ALTER TABLE ONLY public.inspection_notice
    ADD CONSTRAINT inspection_notice_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.inspection_run(id);

ALTER TABLE ONLY public.inspection_order
    ADD CONSTRAINT inspection_order_order_id_fkey FOREIGN KEY (order_id) REFERENCES public.rectification_order(id);

ALTER TABLE ONLY public.inspection_order
    ADD CONSTRAINT inspection_order_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.inspection_run(id);

ALTER TABLE ONLY public.inspection_report
    ADD CONSTRAINT inspection_report_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.inspection_run(id);

ALTER TABLE ONLY public.inspection_squad
    ADD CONSTRAINT inspection_squad_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.inspection_run(id);

ALTER TABLE ONLY public.interest
    ADD CONSTRAINT interest_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.interest
    ADD CONSTRAINT interest_request_id_fkey FOREIGN KEY (request_id) REFERENCES public.recusal_request(id);

ALTER TABLE ONLY public.log_export_part
    ADD CONSTRAINT log_export_part_export_id_fkey FOREIGN KEY (export_id) REFERENCES public.log_export(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.matter
    ADD CONSTRAINT matter_bureau_id_item_code_item_version_fkey FOREIGN KEY (bureau_id, item_code, item_version) REFERENCES public.item_version(bureau_id, item_code, version);

ALTER TABLE ONLY public.matter_migration
    ADD CONSTRAINT matter_migration_bureau_id_item_code_to_version_fkey FOREIGN KEY (bureau_id, item_code, to_version) REFERENCES public.item_version(bureau_id, item_code, version);

ALTER TABLE ONLY public.matter_migration_result
    ADD CONSTRAINT matter_migration_result_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.matter_migration_result
    ADD CONSTRAINT matter_migration_result_migration_id_fkey FOREIGN KEY (migration_id) REFERENCES public.matter_migration(id);

ALTER TABLE ONLY public.matter_note
    ADD CONSTRAINT matter_note_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.matter_step
    ADD CONSTRAINT matter_step_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.org_assignment
    ADD CONSTRAINT org_assignment_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.org_person(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.org_role_grant
    ADD CONSTRAINT org_role_grant_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.org_person(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.org_status
    ADD CONSTRAINT org_status_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.org_person(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.output_document
    ADD CONSTRAINT output_document_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.penalty_act
    ADD CONSTRAINT penalty_act_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.penalty_assessment
    ADD CONSTRAINT penalty_assessment_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.penalty_party
    ADD CONSTRAINT penalty_party_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.post_review_secret
    ADD CONSTRAINT post_review_secret_bureau_id_item_code_local_on_fkey FOREIGN KEY (bureau_id, item_code, local_on) REFERENCES public.post_review_draw(bureau_id, item_code, local_on);

ALTER TABLE ONLY public.pre_review_check
    ADD CONSTRAINT pre_review_check_pre_review_id_fkey FOREIGN KEY (pre_review_id) REFERENCES public.pre_review(id);

ALTER TABLE ONLY public.rectification_act
    ADD CONSTRAINT rectification_act_order_id_fkey FOREIGN KEY (order_id) REFERENCES public.rectification_order(id);

ALTER TABLE ONLY public.rectification_order
    ADD CONSTRAINT rectification_order_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES public.incident(id);

ALTER TABLE ONLY public.recusal_request
    ADD CONSTRAINT recusal_request_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.referral
    ADD CONSTRAINT referral_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.referral
    ADD CONSTRAINT referral_staff_case_id_fkey FOREIGN KEY (staff_case_id) REFERENCES public.staff_case(id);

ALTER TABLE ONLY public.replay_run
    ADD CONSTRAINT replay_run_bureau_id_item_code_item_version_fkey FOREIGN KEY (bureau_id, item_code, item_version) REFERENCES public.item_version(bureau_id, item_code, version);

ALTER TABLE ONLY public.risk_point_grade
    ADD CONSTRAINT risk_point_grade_point_id_fkey FOREIGN KEY (point_id) REFERENCES public.risk_point_replica(point_id);

ALTER TABLE ONLY public.second_review
    ADD CONSTRAINT second_review_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.self_report
    ADD CONSTRAINT self_report_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.signature
    ADD CONSTRAINT signature_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.signer_change
    ADD CONSTRAINT signer_change_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.slip
    ADD CONSTRAINT slip_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.staff_case
    ADD CONSTRAINT staff_case_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.supervised_event_act
    ADD CONSTRAINT supervised_event_act_event_id_fkey FOREIGN KEY (event_id) REFERENCES public.supervised_event(id);

ALTER TABLE ONLY public.supervision_record
    ADD CONSTRAINT supervision_record_event_id_fkey FOREIGN KEY (event_id) REFERENCES public.supervised_event(id);

ALTER TABLE ONLY public.urge
    ADD CONSTRAINT urge_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.warning_draft
    ADD CONSTRAINT warning_draft_inquiry_id_fkey FOREIGN KEY (inquiry_id) REFERENCES public.inquiry(id);

ALTER TABLE ONLY public.window_switch
    ADD CONSTRAINT window_switch_bureau_id_window_code_fkey FOREIGN KEY (bureau_id, window_code) REFERENCES public.hall_window(bureau_id, code);

ALTER TABLE ONLY public.window_switch
    ADD CONSTRAINT window_switch_proposal_id_fkey FOREIGN KEY (proposal_id) REFERENCES public.window_proposal(id);

ALTER TABLE ONLY public.work
    ADD CONSTRAINT work_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.work_order_act
    ADD CONSTRAINT work_order_act_order_id_fkey FOREIGN KEY (order_id) REFERENCES public.work_order(id);

ALTER TABLE ONLY public.work_order
    ADD CONSTRAINT work_order_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES public.work_plan(id);

ALTER TABLE ONLY public.work_order
    ADD CONSTRAINT work_order_rectification_id_fkey FOREIGN KEY (rectification_id) REFERENCES public.rectification_order(id);

ALTER TABLE public.adjudication ENABLE ROW LEVEL SECURITY;

CREATE POLICY adjudication_add ON public.adjudication FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY adjudication_change ON public.adjudication FOR UPDATE USING ((bureau_id = public.plumbline_bureau()));

ALTER TABLE public.adjudication_opinion ENABLE ROW LEVEL SECURITY;

CREATE POLICY adjudication_opinion_give ON public.adjudication_opinion FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (person_id = public.plumbline_person())));

CREATE POLICY adjudication_opinion_read ON public.adjudication_opinion FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (EXISTS ( SELECT
   FROM public.adjudication a
  WHERE ((a.id = adjudication_opinion.adjudication_id) AND ((a.decided_on IS NOT NULL) OR (adjudication_opinion.person_id = public.plumbline_person())))))));

CREATE POLICY adjudication_read ON public.adjudication FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR ((public.plumbline_actor() = 'person'::text) AND (EXISTS ( SELECT
   FROM public.participant p
  WHERE ((p.object_id = adjudication.id) AND (p.person_id = public.plumbline_person()))))))));

ALTER TABLE public.adjudication_seat ENABLE ROW LEVEL SECURITY;

CREATE POLICY adjudication_seat_add ON public.adjudication_seat FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY adjudication_seat_change ON public.adjudication_seat FOR UPDATE USING ((bureau_id = public.plumbline_bureau()));

CREATE POLICY adjudication_seat_read ON public.adjudication_seat FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (EXISTS ( SELECT
   FROM public.adjudication a
  WHERE (a.id = adjudication_seat.adjudication_id)))));

ALTER TABLE public.alert ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.alert_act ENABLE ROW LEVEL SECURITY;

CREATE POLICY alert_act_add ON public.alert_act FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY alert_act_read ON public.alert_act FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (EXISTS ( SELECT
   FROM public.alert a
  WHERE (a.id = alert_act.alert_id)))));

CREATE POLICY alert_change ON public.alert FOR UPDATE USING ((bureau_id = public.plumbline_bureau()));

ALTER TABLE public.alert_count ENABLE ROW LEVEL SECURITY;

CREATE POLICY alert_count_read ON public.alert_count FOR SELECT USING ((bureau_id = public.plumbline_bureau()));

CREATE POLICY alert_read ON public.alert FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR (EXISTS ( SELECT
   FROM public.alert_viewer v
  WHERE ((v.alert_id = alert.id) AND (v.person_id = public.plumbline_person())))))));

ALTER TABLE public.alert_viewer ENABLE ROW LEVEL SECURITY;

CREATE POLICY alert_viewer_add ON public.alert_viewer FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY alert_viewer_read ON public.alert_viewer FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR (person_id = public.plumbline_person()))));

ALTER TABLE public.assignment_turn ENABLE ROW LEVEL SECURITY;

CREATE POLICY assignment_turn_all ON public.assignment_turn USING (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = ANY (ARRAY['person'::text, 'system'::text]))));

CREATE POLICY audit_append ON public.audit_entry FOR INSERT WITH CHECK (true);

ALTER TABLE public.audit_entry ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.audit_programme ENABLE ROW LEVEL SECURITY;

CREATE POLICY audit_programme_adopt ON public.audit_programme FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY audit_programme_read ON public.audit_programme FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = ANY (ARRAY['person'::text, 'system'::text]))));

CREATE POLICY audit_read ON public.audit_entry FOR SELECT USING (((public.plumbline_actor() = 'system'::text) OR (public.plumbline_has_role('INTERNAL_AUDITOR'::text) AND (bureau_id = public.plumbline_bureau()))));

CREATE POLICY audit_sequence ON public.audit_entry FOR UPDATE USING ((public.plumbline_actor() = 'system'::text));

ALTER TABLE public.audit_workpaper ENABLE ROW LEVEL SECURITY;

CREATE POLICY audit_workpaper_add ON public.audit_workpaper FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (made_by = public.plumbline_person())));

CREATE POLICY audit_workpaper_read ON public.audit_workpaper FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (EXISTS ( SELECT
   FROM public.scheduled_audit a
  WHERE (a.id = audit_workpaper.audit_id)))));

ALTER TABLE public.circular ENABLE ROW LEVEL SECURITY;

CREATE POLICY circular_add ON public.circular FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY circular_change ON public.circular FOR UPDATE USING ((bureau_id = public.plumbline_bureau()));

CREATE POLICY circular_read ON public.circular FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR (addressed_to = public.plumbline_person()) OR ((issued_at IS NOT NULL) AND (unit_id = ANY (public.plumbline_units()))))));

ALTER TABLE public.clock_event ENABLE ROW LEVEL SECURITY;

CREATE POLICY clock_event_add ON public.clock_event FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY clock_event_read ON public.clock_event FOR SELECT USING ((EXISTS ( SELECT
   FROM public.matter
  WHERE (matter.id = clock_event.matter_id))));

ALTER TABLE public.control_set ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.control_set_active ENABLE ROW LEVEL SECURITY;

CREATE POLICY control_set_active_all ON public.control_set_active USING ((bureau_id = public.plumbline_bureau()));

CREATE POLICY control_set_approve ON public.control_set FOR UPDATE USING ((bureau_id = public.plumbline_bureau()));

CREATE POLICY control_set_draft ON public.control_set FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (author = public.plumbline_person()) AND (approved_by IS NULL)));

CREATE POLICY control_set_read ON public.control_set FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = ANY (ARRAY['person'::text, 'system'::text]))));

ALTER TABLE public.control_version ENABLE ROW LEVEL SECURITY;

CREATE POLICY control_version_keep ON public.control_version FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'system'::text)));

CREATE POLICY control_version_read ON public.control_version FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = ANY (ARRAY['person'::text, 'system'::text]))));

ALTER TABLE public.decision_document ENABLE ROW LEVEL SECURITY;

CREATE POLICY decision_document_add ON public.decision_document FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY decision_document_read ON public.decision_document FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR (EXISTS ( SELECT
   FROM public.matter m
  WHERE (m.id = decision_document.matter_id))))));

ALTER TABLE public.decision_register ENABLE ROW LEVEL SECURITY;

CREATE POLICY decision_register_read ON public.decision_register FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR ((public.plumbline_actor() = 'person'::text) AND (public.plumbline_has_role('INTERNAL_AUDITOR'::text) OR public.plumbline_has_role('DISCIPLINE_OFFICER'::text) OR public.plumbline_has_role('DISCIPLINE_LEAD'::text) OR public.plumbline_has_role('BUREAU_HEAD'::text))))));

CREATE POLICY decision_register_report ON public.decision_register FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (((public.plumbline_actor() = 'client'::text) AND public.plumbline_has_scope('decisions:report'::text)) OR ((public.plumbline_actor() = 'person'::text) AND (public.plumbline_has_role('INTERNAL_AUDITOR'::text) OR public.plumbline_has_role('DISCIPLINE_OFFICER'::text))))));

ALTER TABLE public.delegated_act ENABLE ROW LEVEL SECURITY;

CREATE POLICY delegated_act_add ON public.delegated_act FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY delegated_act_read ON public.delegated_act FOR SELECT USING ((EXISTS ( SELECT
   FROM public.matter
  WHERE (matter.id = delegated_act.matter_id))));

ALTER TABLE public.departure ENABLE ROW LEVEL SECURITY;

CREATE POLICY departure_add ON public.departure FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY departure_change ON public.departure FOR UPDATE USING ((bureau_id = public.plumbline_bureau()));

CREATE POLICY departure_read ON public.departure FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (EXISTS ( SELECT
   FROM public.hold h
  WHERE (h.id = departure.hold_id)))));

ALTER TABLE public.discretion_standard ENABLE ROW LEVEL SECURITY;

CREATE POLICY discretion_standard_add ON public.discretion_standard FOR INSERT WITH CHECK (((public.plumbline_actor() = 'system'::text) AND (bureau_id = public.plumbline_bureau())));

CREATE POLICY discretion_standard_read ON public.discretion_standard FOR SELECT USING ((bureau_id = public.plumbline_bureau()));

ALTER TABLE public.document_service ENABLE ROW LEVEL SECURITY;

CREATE POLICY document_service_add ON public.document_service FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY document_service_read ON public.document_service FOR SELECT USING ((EXISTS ( SELECT
   FROM public.matter
  WHERE (matter.id = document_service.matter_id))));

ALTER TABLE public.draw_commitment ENABLE ROW LEVEL SECURITY;

CREATE POLICY draw_commitment_add ON public.draw_commitment FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY draw_commitment_change ON public.draw_commitment FOR UPDATE USING ((bureau_id = public.plumbline_bureau()));

CREATE POLICY draw_commitment_read ON public.draw_commitment FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (EXISTS ( SELECT
   FROM public.inspection_run r
  WHERE (r.id = draw_commitment.run_id)))));

ALTER TABLE public.electronic_assessment ENABLE ROW LEVEL SECURITY;

CREATE POLICY electronic_assessment_add ON public.electronic_assessment FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'client'::text) AND public.plumbline_has_scope('assessments:import'::text)));

CREATE POLICY electronic_assessment_change ON public.electronic_assessment FOR UPDATE USING (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'client'::text) AND public.plumbline_has_scope('assessments:import'::text)));

CREATE POLICY electronic_assessment_read ON public.electronic_assessment FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = ANY (ARRAY['person'::text, 'client'::text, 'system'::text]))));

ALTER TABLE public.eligibility_block ENABLE ROW LEVEL SECURITY;

CREATE POLICY eligibility_block_read ON public.eligibility_block FOR SELECT USING ((bureau_id = public.plumbline_bureau()));

CREATE POLICY eligibility_block_write ON public.eligibility_block USING (((public.plumbline_actor() = 'system'::text) AND (bureau_id = public.plumbline_bureau())));

ALTER TABLE public.extension ENABLE ROW LEVEL SECURITY;

CREATE POLICY extension_ask ON public.extension FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY extension_decide ON public.extension FOR UPDATE USING ((EXISTS ( SELECT
   FROM public.matter
  WHERE (matter.id = extension.matter_id)))) WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY extension_read ON public.extension FOR SELECT USING ((EXISTS ( SELECT
   FROM public.matter
  WHERE (matter.id = extension.matter_id))));

ALTER TABLE public.finding ENABLE ROW LEVEL SECURITY;

CREATE POLICY finding_all ON public.finding USING (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'system'::text)));

ALTER TABLE public.finding_below ENABLE ROW LEVEL SECURITY;

CREATE POLICY finding_below_add ON public.finding_below FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (sent_by = public.plumbline_person())));

CREATE POLICY finding_below_read ON public.finding_below FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (EXISTS ( SELECT
   FROM public.scheduled_audit a
  WHERE (a.id = finding_below.audit_id)))));

ALTER TABLE public.form_retirement ENABLE ROW LEVEL SECURITY;

CREATE POLICY form_retirement_add ON public.form_retirement FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY form_retirement_read ON public.form_retirement FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = ANY (ARRAY['person'::text, 'system'::text]))));

ALTER TABLE public.form_version ENABLE ROW LEVEL SECURITY;

CREATE POLICY form_version_publish ON public.form_version FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY form_version_read ON public.form_version FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = ANY (ARRAY['person'::text, 'system'::text]))));

ALTER TABLE public.guidance_act ENABLE ROW LEVEL SECURITY;

CREATE POLICY guidance_act_add ON public.guidance_act FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'person'::text)));

CREATE POLICY guidance_act_read ON public.guidance_act FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = ANY (ARRAY['person'::text, 'system'::text]))));

ALTER TABLE public.hall_ticket ENABLE ROW LEVEL SECURITY;

CREATE POLICY hall_ticket_call ON public.hall_ticket FOR INSERT WITH CHECK (public.case_flow_in_hall(bureau_id));

CREATE POLICY hall_ticket_change ON public.hall_ticket FOR UPDATE USING (public.case_flow_in_hall(bureau_id));

CREATE POLICY hall_ticket_read ON public.hall_ticket FOR SELECT USING (public.case_flow_in_hall(bureau_id));

ALTER TABLE public.hall_window ENABLE ROW LEVEL SECURITY;

CREATE POLICY hall_window_read ON public.hall_window FOR SELECT USING (public.case_flow_in_hall(bureau_id));

CREATE POLICY hall_window_set_up ON public.hall_window FOR INSERT WITH CHECK (public.case_flow_in_hall(bureau_id));

CREATE POLICY hall_window_switch ON public.hall_window FOR UPDATE USING (public.case_flow_in_hall(bureau_id));

ALTER TABLE public.hearing_notice ENABLE ROW LEVEL SECURITY;

CREATE POLICY hearing_notice_add ON public.hearing_notice FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY hearing_notice_change ON public.hearing_notice FOR UPDATE USING ((bureau_id = public.plumbline_bureau()));

CREATE POLICY hearing_notice_read ON public.hearing_notice FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (EXISTS ( SELECT
   FROM public.matter m
  WHERE (m.id = hearing_notice.matter_id)))));

ALTER TABLE public.hold ENABLE ROW LEVEL SECURITY;

CREATE POLICY hold_change ON public.hold FOR UPDATE USING ((bureau_id = public.plumbline_bureau()));

CREATE POLICY hold_raise ON public.hold FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY hold_read ON public.hold FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR (EXISTS ( SELECT
   FROM public.alert_viewer v
  WHERE ((v.alert_id = hold.alert_id) AND (v.person_id = public.plumbline_person())))))));

ALTER TABLE public.hot_issue ENABLE ROW LEVEL SECURITY;

CREATE POLICY hot_issue_publish ON public.hot_issue FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'person'::text) AND (public.plumbline_has_role('BUREAU_HEAD'::text) OR public.plumbline_has_role('ROLLOUT_ADMIN'::text))));

CREATE POLICY hot_issue_read ON public.hot_issue FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = ANY (ARRAY['person'::text, 'system'::text]))));

ALTER TABLE public.incident ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.incident_act ENABLE ROW LEVEL SECURITY;

CREATE POLICY incident_act_add ON public.incident_act FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY incident_act_read ON public.incident_act FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (EXISTS ( SELECT
   FROM public.incident i
  WHERE (i.id = incident_act.incident_id)))));

CREATE POLICY incident_add ON public.incident FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

ALTER TABLE public.incident_contest ENABLE ROW LEVEL SECURITY;

CREATE POLICY incident_contest_add ON public.incident_contest FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (person_id = public.plumbline_person()) AND (stands IS NULL)));

CREATE POLICY incident_contest_decide ON public.incident_contest FOR UPDATE USING (((bureau_id = public.plumbline_bureau()) AND (stands IS NULL))) WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (decided_by = public.plumbline_person())));

CREATE POLICY incident_contest_read ON public.incident_contest FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (EXISTS ( SELECT
   FROM public.incident i
  WHERE (i.id = incident_contest.incident_id)))));

ALTER TABLE public.incident_escalation ENABLE ROW LEVEL SECURITY;

CREATE POLICY incident_escalation_add ON public.incident_escalation FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (by_person = public.plumbline_person())));

CREATE POLICY incident_escalation_read ON public.incident_escalation FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (EXISTS ( SELECT
   FROM public.incident i
  WHERE (i.id = incident_escalation.incident_id)))));

CREATE POLICY incident_read ON public.incident FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR (EXISTS ( SELECT
   FROM public.participant p
  WHERE ((p.object_id = incident.id) AND (p.person_id = public.plumbline_person())))))));

ALTER TABLE public.inquiry ENABLE ROW LEVEL SECURITY;

CREATE POLICY inquiry_add ON public.inquiry FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY inquiry_change ON public.inquiry FOR UPDATE USING ((bureau_id = public.plumbline_bureau()));

ALTER TABLE public.inquiry_publication_review ENABLE ROW LEVEL SECURITY;

CREATE POLICY inquiry_publication_review_add ON public.inquiry_publication_review FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY inquiry_publication_review_read ON public.inquiry_publication_review FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR (EXISTS ( SELECT
   FROM public.participant p
  WHERE ((p.object_id = inquiry_publication_review.inquiry_id) AND (p.person_id = public.plumbline_person())))))));

ALTER TABLE public.inquiry_question ENABLE ROW LEVEL SECURITY;

CREATE POLICY inquiry_question_add ON public.inquiry_question FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY inquiry_question_read ON public.inquiry_question FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR (EXISTS ( SELECT
   FROM public.participant p
  WHERE ((p.object_id = inquiry_question.inquiry_id) AND (p.person_id = public.plumbline_person())))))));

CREATE POLICY inquiry_read ON public.inquiry FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR (EXISTS ( SELECT
   FROM public.participant p
  WHERE ((p.object_id = inquiry.id) AND (p.person_id = public.plumbline_person())))) OR ((decided_on IS NOT NULL) AND (public.plumbline_actor() = 'person'::text) AND ((publication_scope = ANY (ARRAY['BUREAU'::text, 'PUBLIC'::text])) OR ((publication_scope = 'UNIT'::text) AND (unit_id = ANY (public.plumbline_units()))))))));

ALTER TABLE public.inquiry_respondent ENABLE ROW LEVEL SECURITY;

CREATE POLICY inquiry_respondent_add ON public.inquiry_respondent FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY inquiry_respondent_change ON public.inquiry_respondent FOR UPDATE USING ((bureau_id = public.plumbline_bureau()));

CREATE POLICY inquiry_respondent_read ON public.inquiry_respondent FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (EXISTS ( SELECT
   FROM public.inquiry i
  WHERE (i.id = inquiry_respondent.inquiry_id)))));

ALTER TABLE public.inquiry_result ENABLE ROW LEVEL SECURITY;

CREATE POLICY inquiry_result_add ON public.inquiry_result FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY inquiry_result_read ON public.inquiry_result FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR (EXISTS ( SELECT
   FROM public.participant p
  WHERE ((p.object_id = inquiry_result.inquiry_id) AND (p.person_id = public.plumbline_person())))))));

ALTER TABLE public.inquiry_seat ENABLE ROW LEVEL SECURITY;

CREATE POLICY inquiry_seat_add ON public.inquiry_seat FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY inquiry_seat_change ON public.inquiry_seat FOR UPDATE USING ((bureau_id = public.plumbline_bureau()));

CREATE POLICY inquiry_seat_read ON public.inquiry_seat FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR (EXISTS ( SELECT
   FROM public.participant p
  WHERE ((p.object_id = inquiry_seat.inquiry_id) AND (p.person_id = public.plumbline_person())))))));

ALTER TABLE public.inquiry_statement ENABLE ROW LEVEL SECURITY;

CREATE POLICY inquiry_statement_add ON public.inquiry_statement FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY inquiry_statement_read ON public.inquiry_statement FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR (EXISTS ( SELECT
   FROM public.participant p
  WHERE ((p.object_id = inquiry_statement.inquiry_id) AND (p.person_id = public.plumbline_person())))))));

ALTER TABLE public.inquiry_vote ENABLE ROW LEVEL SECURITY;

CREATE POLICY inquiry_vote_cast ON public.inquiry_vote FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (person_id = public.plumbline_person())));

CREATE POLICY inquiry_vote_read ON public.inquiry_vote FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (person_id = public.plumbline_person())));

ALTER TABLE public.inspected_file ENABLE ROW LEVEL SECURITY;

CREATE POLICY inspected_file_add ON public.inspected_file FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY inspected_file_change ON public.inspected_file FOR UPDATE USING ((bureau_id = public.plumbline_bureau()));

CREATE POLICY inspected_file_read ON public.inspected_file FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (EXISTS ( SELECT
   FROM public.inspection_run r
  WHERE (r.id = inspected_file.run_id)))));

ALTER TABLE public.inspection_act ENABLE ROW LEVEL SECURITY;

CREATE POLICY inspection_act_add ON public.inspection_act FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY inspection_act_read ON public.inspection_act FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (EXISTS ( SELECT
   FROM public.inspection_run r
  WHERE (r.id = inspection_act.run_id)))));

ALTER TABLE public.inspection_frame ENABLE ROW LEVEL SECURITY;

CREATE POLICY inspection_frame_add ON public.inspection_frame FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY inspection_frame_read ON public.inspection_frame FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (EXISTS ( SELECT
   FROM public.inspection_run r
  WHERE (r.id = inspection_frame.run_id)))));

ALTER TABLE public.inspection_notice ENABLE ROW LEVEL SECURITY;

CREATE POLICY inspection_notice_add ON public.inspection_notice FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY inspection_notice_read ON public.inspection_notice FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR ((public.plumbline_actor() = 'person'::text) AND (office_id = ANY (public.plumbline_units()))))));

ALTER TABLE public.inspection_order ENABLE ROW LEVEL SECURITY;

CREATE POLICY inspection_order_add ON public.inspection_order FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY inspection_order_read ON public.inspection_order FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (EXISTS ( SELECT
   FROM public.inspection_run r
  WHERE (r.id = inspection_order.run_id)))));

ALTER TABLE public.inspection_report ENABLE ROW LEVEL SECURITY;

CREATE POLICY inspection_report_add ON public.inspection_report FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY inspection_report_read ON public.inspection_report FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (EXISTS ( SELECT
   FROM public.inspection_run r
  WHERE (r.id = inspection_report.run_id)))));

ALTER TABLE public.inspection_run ENABLE ROW LEVEL SECURITY;

CREATE POLICY inspection_run_add ON public.inspection_run FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY inspection_run_change ON public.inspection_run FOR UPDATE USING ((bureau_id = public.plumbline_bureau()));

CREATE POLICY inspection_run_read ON public.inspection_run FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR ((public.plumbline_actor() = 'person'::text) AND (public.plumbline_has_role('LEGAL_OFFICER'::text) OR public.plumbline_has_role('DISCIPLINE_LEAD'::text) OR public.plumbline_has_role('DISCIPLINE_OFFICER'::text) OR public.plumbline_has_role('INTERNAL_AUDITOR'::text) OR public.plumbline_has_role('SUPERVISION_OFFICE'::text) OR public.plumbline_has_role('BUREAU_HEAD'::text) OR (EXISTS ( SELECT
   FROM public.participant p
  WHERE ((p.object_id = inspection_run.id) AND (p.person_id = public.plumbline_person())))))))));

ALTER TABLE public.inspection_squad ENABLE ROW LEVEL SECURITY;

CREATE POLICY inspection_squad_add ON public.inspection_squad FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY inspection_squad_change ON public.inspection_squad FOR DELETE USING ((bureau_id = public.plumbline_bureau()));

CREATE POLICY inspection_squad_read ON public.inspection_squad FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (EXISTS ( SELECT
   FROM public.inspection_run r
  WHERE (r.id = inspection_squad.run_id)))));

ALTER TABLE public.interest ENABLE ROW LEVEL SECURITY;

CREATE POLICY interest_declare ON public.interest FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY interest_end ON public.interest FOR UPDATE USING (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'person'::text) AND (public.plumbline_has_role('BUREAU_HEAD'::text) OR public.plumbline_has_role('DISCIPLINE_LEAD'::text))));

CREATE POLICY interest_read ON public.interest FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR ((public.plumbline_actor() = 'person'::text) AND ((person_id = public.plumbline_person()) OR public.plumbline_has_role('BUREAU_HEAD'::text) OR public.plumbline_has_role('DISCIPLINE_LEAD'::text))))));

ALTER TABLE public.item_version ENABLE ROW LEVEL SECURITY;

CREATE POLICY item_version_publish ON public.item_version FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY item_version_read ON public.item_version FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = ANY (ARRAY['person'::text, 'client'::text, 'system'::text]))));

ALTER TABLE public.log_export ENABLE ROW LEVEL SECURITY;

CREATE POLICY log_export_ask ON public.log_export FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'person'::text) AND (person_id = public.plumbline_person())));

CREATE POLICY log_export_forget ON public.log_export FOR DELETE USING (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'system'::text)));

ALTER TABLE public.log_export_part ENABLE ROW LEVEL SECURITY;

CREATE POLICY log_export_part_forget ON public.log_export_part FOR DELETE USING ((public.plumbline_actor() = 'system'::text));

CREATE POLICY log_export_part_read ON public.log_export_part FOR SELECT USING ((EXISTS ( SELECT
   FROM public.log_export e
  WHERE (e.id = log_export_part.export_id))));

CREATE POLICY log_export_part_write ON public.log_export_part FOR INSERT WITH CHECK ((public.plumbline_actor() = 'system'::text));

CREATE POLICY log_export_read ON public.log_export FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR ((public.plumbline_actor() = 'person'::text) AND (person_id = public.plumbline_person())))));

CREATE POLICY log_export_write ON public.log_export FOR UPDATE USING (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'system'::text)));

ALTER TABLE public.manual_assessment ENABLE ROW LEVEL SECURITY;

CREATE POLICY manual_assessment_add ON public.manual_assessment FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (assessed_by = public.plumbline_person())));

CREATE POLICY manual_assessment_read ON public.manual_assessment FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (assessed_by = public.plumbline_person())));

ALTER TABLE public.matter ENABLE ROW LEVEL SECURITY;

CREATE POLICY matter_accept ON public.matter FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = ANY (ARRAY['person'::text, 'system'::text]))));

ALTER TABLE public.matter_migration ENABLE ROW LEVEL SECURITY;

CREATE POLICY matter_migration_read ON public.matter_migration FOR SELECT USING (public.case_flow_migrates(bureau_id));

ALTER TABLE public.matter_migration_result ENABLE ROW LEVEL SECURITY;

CREATE POLICY matter_migration_result_add ON public.matter_migration_result FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'system'::text)));

CREATE POLICY matter_migration_result_read ON public.matter_migration_result FOR SELECT USING (public.case_flow_migrates(bureau_id));

CREATE POLICY matter_migration_start ON public.matter_migration FOR INSERT WITH CHECK (public.case_flow_migrates(bureau_id));

CREATE POLICY matter_move ON public.matter FOR UPDATE USING (public.case_flow_sees_matter(bureau_id, people, units, queue_unit, queue_roles, domain)) WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY matter_move_branch ON public.matter FOR UPDATE USING (((others <> '[]'::jsonb) AND public.case_flow_sees_branch(bureau_id, others))) WITH CHECK ((bureau_id = public.plumbline_bureau()));

ALTER TABLE public.matter_note ENABLE ROW LEVEL SECURITY;

CREATE POLICY matter_note_add ON public.matter_note FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (author = public.plumbline_person())));

CREATE POLICY matter_note_read ON public.matter_note FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (EXISTS ( SELECT
   FROM public.matter m
  WHERE (m.id = matter_note.matter_id)))));

CREATE POLICY matter_read ON public.matter FOR SELECT USING (public.case_flow_sees_matter(bureau_id, people, units, queue_unit, queue_roles, domain));

CREATE POLICY matter_read_branch ON public.matter FOR SELECT USING (((others <> '[]'::jsonb) AND public.case_flow_sees_branch(bureau_id, others)));

ALTER TABLE public.matter_step ENABLE ROW LEVEL SECURITY;

CREATE POLICY matter_step_add ON public.matter_step FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY matter_step_read ON public.matter_step FOR SELECT USING ((EXISTS ( SELECT
   FROM public.matter
  WHERE (matter.id = matter_step.matter_id))));

ALTER TABLE public.number_series ENABLE ROW LEVEL SECURITY;

CREATE POLICY number_series_all ON public.number_series USING ((bureau_id = public.plumbline_bureau()));

ALTER TABLE public.output_document ENABLE ROW LEVEL SECURITY;

CREATE POLICY output_document_add ON public.output_document FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'person'::text)));

CREATE POLICY output_document_read ON public.output_document FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR (EXISTS ( SELECT
   FROM public.matter m
  WHERE (m.id = output_document.matter_id))))));

ALTER TABLE public.participant ENABLE ROW LEVEL SECURITY;

CREATE POLICY participant_add ON public.participant FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY participant_read ON public.participant FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR (person_id = public.plumbline_person()))));

ALTER TABLE public.penalty_act ENABLE ROW LEVEL SECURITY;

CREATE POLICY penalty_act_add ON public.penalty_act FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY penalty_act_read ON public.penalty_act FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ((EXISTS ( SELECT
   FROM public.matter m
  WHERE (m.id = penalty_act.matter_id))) OR ((public.plumbline_actor() = 'person'::text) AND public.plumbline_has_role('LEGAL_OFFICER'::text)))));

ALTER TABLE public.penalty_assessment ENABLE ROW LEVEL SECURITY;

CREATE POLICY penalty_assessment_add ON public.penalty_assessment FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY penalty_assessment_change ON public.penalty_assessment FOR UPDATE USING ((bureau_id = public.plumbline_bureau()));

CREATE POLICY penalty_assessment_read ON public.penalty_assessment FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (EXISTS ( SELECT
   FROM public.matter m
  WHERE (m.id = penalty_assessment.matter_id)))));

ALTER TABLE public.penalty_party ENABLE ROW LEVEL SECURITY;

CREATE POLICY penalty_party_add ON public.penalty_party FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY penalty_party_change ON public.penalty_party FOR UPDATE USING ((bureau_id = public.plumbline_bureau()));

CREATE POLICY penalty_party_read ON public.penalty_party FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (EXISTS ( SELECT
   FROM public.matter m
  WHERE (m.id = penalty_party.matter_id)))));

ALTER TABLE public.post_review ENABLE ROW LEVEL SECURITY;

CREATE POLICY post_review_add ON public.post_review FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'system'::text)));

CREATE POLICY post_review_answer ON public.post_review FOR UPDATE USING ((bureau_id = public.plumbline_bureau()));

ALTER TABLE public.post_review_draw ENABLE ROW LEVEL SECURITY;

CREATE POLICY post_review_draw_commit ON public.post_review_draw FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY post_review_draw_draw ON public.post_review_draw FOR UPDATE USING (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'system'::text)));

CREATE POLICY post_review_draw_read ON public.post_review_draw FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = ANY (ARRAY['person'::text, 'system'::text]))));

CREATE POLICY post_review_read ON public.post_review FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR ((public.plumbline_actor() = 'person'::text) AND (public.plumbline_has_role('BUREAU_HEAD'::text) OR public.plumbline_has_role('DISCIPLINE_LEAD'::text) OR public.plumbline_has_role('INTERNAL_AUDITOR'::text) OR ((unit_id = ANY (public.plumbline_units())) AND (public.plumbline_has_role(role) OR public.plumbline_has_role('SECTION_CHIEF'::text) OR public.plumbline_has_role('OFFICE_CHIEF'::text))))))));

ALTER TABLE public.post_review_secret ENABLE ROW LEVEL SECURITY;

CREATE POLICY post_review_secret_keep ON public.post_review_secret FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY post_review_secret_read ON public.post_review_secret FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'system'::text)));

ALTER TABLE public.pre_review ENABLE ROW LEVEL SECURITY;

CREATE POLICY pre_review_accept ON public.pre_review FOR UPDATE USING ((bureau_id = public.plumbline_bureau()));

ALTER TABLE public.pre_review_check ENABLE ROW LEVEL SECURITY;

CREATE POLICY pre_review_check_add ON public.pre_review_check FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY pre_review_check_read ON public.pre_review_check FOR SELECT USING ((EXISTS ( SELECT
   FROM public.pre_review p
  WHERE (p.id = pre_review_check.pre_review_id))));

CREATE POLICY pre_review_open ON public.pre_review FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY pre_review_read ON public.pre_review FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR ((public.plumbline_actor() = 'person'::text) AND ((public.plumbline_person() = opened_by) OR public.plumbline_has_role('BUREAU_HEAD'::text) OR public.plumbline_has_scope(('leads:'::text || unit_id)) OR ((unit_id = ANY (public.plumbline_units())) AND (public.plumbline_has_role('GUIDE'::text) OR public.plumbline_has_role('WINDOW_CLERK'::text) OR public.plumbline_has_role('SECTION_CHIEF'::text) OR public.plumbline_has_role('OFFICE_CHIEF'::text))))))));

ALTER TABLE public.process_version ENABLE ROW LEVEL SECURITY;

CREATE POLICY process_version_keep ON public.process_version FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'system'::text)));

CREATE POLICY process_version_read ON public.process_version FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = ANY (ARRAY['person'::text, 'system'::text]))));

ALTER TABLE public.queue_report ENABLE ROW LEVEL SECURITY;

CREATE POLICY queue_report_add ON public.queue_report FOR INSERT WITH CHECK (public.case_flow_in_hall(bureau_id));

CREATE POLICY queue_report_read ON public.queue_report FOR SELECT USING (public.case_flow_in_hall(bureau_id));

ALTER TABLE public.receipt_guess ENABLE ROW LEVEL SECURITY;

CREATE POLICY receipt_guess_service ON public.receipt_guess USING (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'system'::text))) WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'system'::text)));

ALTER TABLE public.rectification_act ENABLE ROW LEVEL SECURITY;

CREATE POLICY rectification_act_add ON public.rectification_act FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY rectification_act_read ON public.rectification_act FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (EXISTS ( SELECT
   FROM public.rectification_order o
  WHERE (o.id = rectification_act.order_id)))));

ALTER TABLE public.rectification_order ENABLE ROW LEVEL SECURITY;

CREATE POLICY rectification_order_add ON public.rectification_order FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY rectification_order_change ON public.rectification_order FOR UPDATE USING ((bureau_id = public.plumbline_bureau()));

CREATE POLICY rectification_order_read ON public.rectification_order FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR (unit_id = ANY (public.plumbline_units())) OR (EXISTS ( SELECT
   FROM public.participant p
  WHERE ((p.object_id = rectification_order.id) AND (p.person_id = public.plumbline_person())))))));

ALTER TABLE public.recusal_request ENABLE ROW LEVEL SECURITY;

CREATE POLICY recusal_request_ask ON public.recusal_request FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY recusal_request_decide ON public.recusal_request FOR UPDATE USING (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'person'::text) AND (public.plumbline_has_role('BUREAU_HEAD'::text) OR public.plumbline_has_role('DISCIPLINE_LEAD'::text))));

CREATE POLICY recusal_request_read ON public.recusal_request FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR ((public.plumbline_actor() = 'person'::text) AND ((asked_by = public.plumbline_person()) OR public.plumbline_has_role('BUREAU_HEAD'::text) OR public.plumbline_has_role('DISCIPLINE_LEAD'::text))))));

ALTER TABLE public.referral ENABLE ROW LEVEL SECURITY;

CREATE POLICY referral_add ON public.referral FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY referral_change ON public.referral FOR UPDATE USING ((bureau_id = public.plumbline_bureau()));

CREATE POLICY referral_read ON public.referral FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR ((public.plumbline_actor() = 'person'::text) AND (EXISTS ( SELECT
   FROM public.participant p
  WHERE ((p.object_id = referral.id) AND (p.person_id = public.plumbline_person()))))))));

ALTER TABLE public.replay_run ENABLE ROW LEVEL SECURITY;

CREATE POLICY replay_run_all ON public.replay_run USING (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'system'::text)));

ALTER TABLE public.risk_point_grade ENABLE ROW LEVEL SECURITY;

CREATE POLICY risk_point_grade_read ON public.risk_point_grade FOR SELECT USING ((bureau_id = public.plumbline_bureau()));

CREATE POLICY risk_point_grade_write ON public.risk_point_grade USING (((public.plumbline_actor() = 'system'::text) AND (bureau_id = public.plumbline_bureau())));

ALTER TABLE public.risk_point_replica ENABLE ROW LEVEL SECURITY;

CREATE POLICY risk_point_replica_read ON public.risk_point_replica FOR SELECT USING ((bureau_id = public.plumbline_bureau()));

CREATE POLICY risk_point_replica_write ON public.risk_point_replica USING (((public.plumbline_actor() = 'system'::text) AND (bureau_id = public.plumbline_bureau())));

ALTER TABLE public.rotation_block ENABLE ROW LEVEL SECURITY;

CREATE POLICY rotation_block_read ON public.rotation_block FOR SELECT USING ((bureau_id = public.plumbline_bureau()));

CREATE POLICY rotation_block_write ON public.rotation_block USING (((public.plumbline_actor() = 'system'::text) AND (bureau_id = public.plumbline_bureau())));

ALTER TABLE public.rule_version ENABLE ROW LEVEL SECURITY;

CREATE POLICY rule_version_approve ON public.rule_version FOR UPDATE USING ((bureau_id = public.plumbline_bureau()));

CREATE POLICY rule_version_draft ON public.rule_version FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (author = public.plumbline_person()) AND (approved_by IS NULL)));

CREATE POLICY rule_version_read ON public.rule_version FOR SELECT USING ((bureau_id = public.plumbline_bureau()));

ALTER TABLE public.scheduled_audit ENABLE ROW LEVEL SECURITY;

CREATE POLICY scheduled_audit_close ON public.scheduled_audit FOR UPDATE USING ((bureau_id = public.plumbline_bureau()));

CREATE POLICY scheduled_audit_open ON public.scheduled_audit FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY scheduled_audit_read ON public.scheduled_audit FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR ((public.plumbline_actor() = 'person'::text) AND (public.plumbline_has_role('BUREAU_HEAD'::text) OR public.plumbline_has_role('DISCIPLINE_LEAD'::text) OR public.plumbline_has_role('INTERNAL_AUDITOR'::text) OR (public.plumbline_person() = ANY (team)) OR (public.plumbline_person() = opened_by))))));

ALTER TABLE public.second_review ENABLE ROW LEVEL SECURITY;

CREATE POLICY second_review_add ON public.second_review FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'system'::text)));

CREATE POLICY second_review_read ON public.second_review FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR public.plumbline_has_role('BUREAU_HEAD'::text) OR public.plumbline_has_role('DISCIPLINE_LEAD'::text) OR (EXISTS ( SELECT
   FROM public.matter m
  WHERE (m.id = second_review.matter_id))))));

ALTER TABLE public.self_report ENABLE ROW LEVEL SECURITY;

CREATE POLICY self_report_add ON public.self_report FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (person_id = public.plumbline_person())));

CREATE POLICY self_report_read ON public.self_report FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'person'::text) AND (person_id = public.plumbline_person())));

ALTER TABLE public.sign_off_route ENABLE ROW LEVEL SECURITY;

CREATE POLICY sign_off_route_add ON public.sign_off_route FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY sign_off_route_read ON public.sign_off_route FOR SELECT USING ((EXISTS ( SELECT
   FROM public.matter
  WHERE (matter.id = sign_off_route.matter_id))));

ALTER TABLE public.signature ENABLE ROW LEVEL SECURITY;

CREATE POLICY signature_add ON public.signature FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY signature_read ON public.signature FOR SELECT USING ((EXISTS ( SELECT
   FROM public.matter
  WHERE (matter.id = signature.matter_id))));

ALTER TABLE public.signer_change ENABLE ROW LEVEL SECURITY;

CREATE POLICY signer_change_add ON public.signer_change FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY signer_change_read ON public.signer_change FOR SELECT USING ((EXISTS ( SELECT
   FROM public.matter
  WHERE (matter.id = signer_change.matter_id))));

ALTER TABLE public.slip ENABLE ROW LEVEL SECURITY;

CREATE POLICY slip_acknowledge ON public.slip FOR UPDATE USING ((EXISTS ( SELECT
   FROM public.matter
  WHERE (matter.id = slip.matter_id)))) WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY slip_read ON public.slip FOR SELECT USING ((EXISTS ( SELECT
   FROM public.matter
  WHERE (matter.id = slip.matter_id))));

CREATE POLICY slip_send ON public.slip FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

ALTER TABLE public.staff_case ENABLE ROW LEVEL SECURITY;

CREATE POLICY staff_case_change ON public.staff_case FOR UPDATE USING ((bureau_id = public.plumbline_bureau()));

CREATE POLICY staff_case_hand ON public.staff_case FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (handed_by = public.plumbline_person()) AND (state = 'LEAD'::text)));

CREATE POLICY staff_case_read ON public.staff_case FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'person'::text) AND (public.plumbline_person() <> ALL (subject_ids)) AND (public.plumbline_has_role('DISCIPLINE_LEAD'::text) OR (public.plumbline_person() = ANY (investigators)))));

ALTER TABLE public.supervised_event ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.supervised_event_act ENABLE ROW LEVEL SECURITY;

CREATE POLICY supervised_event_act_add ON public.supervised_event_act FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY supervised_event_act_read ON public.supervised_event_act FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (EXISTS ( SELECT
   FROM public.supervised_event e
  WHERE (e.id = supervised_event_act.event_id)))));

CREATE POLICY supervised_event_add ON public.supervised_event FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY supervised_event_change ON public.supervised_event FOR UPDATE USING ((bureau_id = public.plumbline_bureau()));

CREATE POLICY supervised_event_read ON public.supervised_event FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR ((public.plumbline_actor() = 'person'::text) AND (public.plumbline_has_role('BUREAU_HEAD'::text) OR public.plumbline_has_role('DISCIPLINE_LEAD'::text) OR public.plumbline_has_role('DISCIPLINE_OFFICER'::text) OR public.plumbline_has_role('INTERNAL_AUDITOR'::text) OR (EXISTS ( SELECT
   FROM public.participant p
  WHERE ((p.object_id = supervised_event.id) AND (p.person_id = public.plumbline_person())))))))));

ALTER TABLE public.supervision_group ENABLE ROW LEVEL SECURITY;

CREATE POLICY supervision_group_add ON public.supervision_group FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY supervision_group_read ON public.supervision_group FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = ANY (ARRAY['person'::text, 'system'::text]))));

ALTER TABLE public.supervision_record ENABLE ROW LEVEL SECURITY;

CREATE POLICY supervision_record_add ON public.supervision_record FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY supervision_record_read ON public.supervision_record FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (EXISTS ( SELECT
   FROM public.supervised_event e
  WHERE (e.id = supervision_record.event_id)))));

ALTER TABLE public.urge ENABLE ROW LEVEL SECURITY;

CREATE POLICY urge_add ON public.urge FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY urge_read ON public.urge FOR SELECT USING ((EXISTS ( SELECT
   FROM public.matter
  WHERE (matter.id = urge.matter_id))));

ALTER TABLE public.warning_case ENABLE ROW LEVEL SECURITY;

CREATE POLICY warning_case_add ON public.warning_case FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY warning_case_read ON public.warning_case FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = ANY (ARRAY['person'::text, 'system'::text]))));

ALTER TABLE public.warning_draft ENABLE ROW LEVEL SECURITY;

CREATE POLICY warning_draft_add ON public.warning_draft FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY warning_draft_change ON public.warning_draft FOR UPDATE USING ((bureau_id = public.plumbline_bureau()));

CREATE POLICY warning_draft_read ON public.warning_draft FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR ((public.plumbline_actor() = 'person'::text) AND (public.plumbline_has_role('DISCIPLINE_LEAD'::text) OR public.plumbline_has_role('DISCIPLINE_OFFICER'::text) OR public.plumbline_has_role('BUREAU_HEAD'::text))))));

ALTER TABLE public.window_proposal ENABLE ROW LEVEL SECURITY;

CREATE POLICY window_proposal_add ON public.window_proposal FOR INSERT WITH CHECK (public.case_flow_in_hall(bureau_id));

CREATE POLICY window_proposal_decide ON public.window_proposal FOR UPDATE USING (public.case_flow_in_hall(bureau_id));

CREATE POLICY window_proposal_read ON public.window_proposal FOR SELECT USING (public.case_flow_in_hall(bureau_id));

ALTER TABLE public.window_switch ENABLE ROW LEVEL SECURITY;

CREATE POLICY window_switch_add ON public.window_switch FOR INSERT WITH CHECK (public.case_flow_in_hall(bureau_id));

CREATE POLICY window_switch_read ON public.window_switch FOR SELECT USING (public.case_flow_in_hall(bureau_id));

ALTER TABLE public.work ENABLE ROW LEVEL SECURITY;

CREATE POLICY work_add ON public.work FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

ALTER TABLE public.work_assignment ENABLE ROW LEVEL SECURITY;

CREATE POLICY work_assignment_add ON public.work_assignment FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY work_assignment_read ON public.work_assignment FOR SELECT USING ((EXISTS ( SELECT
   FROM public.matter
  WHERE (matter.id = work_assignment.matter_id))));

CREATE POLICY work_done ON public.work FOR DELETE USING ((bureau_id = public.plumbline_bureau()));

ALTER TABLE public.work_order ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.work_order_act ENABLE ROW LEVEL SECURITY;

CREATE POLICY work_order_act_add ON public.work_order_act FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY work_order_act_read ON public.work_order_act FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (EXISTS ( SELECT
   FROM public.work_order o
  WHERE (o.id = work_order_act.order_id)))));

CREATE POLICY work_order_add ON public.work_order FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY work_order_change ON public.work_order FOR UPDATE USING ((bureau_id = public.plumbline_bureau()));

CREATE POLICY work_order_read ON public.work_order FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR ((public.plumbline_actor() = 'person'::text) AND ((to_unit = ANY (public.plumbline_units())) OR (EXISTS ( SELECT
   FROM public.participant p
  WHERE ((p.object_id = work_order.id) AND (p.person_id = public.plumbline_person())))))))));

ALTER TABLE public.work_plan ENABLE ROW LEVEL SECURITY;

CREATE POLICY work_plan_add ON public.work_plan FOR INSERT WITH CHECK ((bureau_id = public.plumbline_bureau()));

CREATE POLICY work_plan_read ON public.work_plan FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (EXISTS ( SELECT
   FROM public.work_order o
  WHERE (o.plan_id = work_plan.id)))));

CREATE POLICY work_read ON public.work FOR SELECT USING ((((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'person'::text) AND ((assignee = public.plumbline_person()) OR ((assignee = ANY (public.plumbline_units())) AND (roles && string_to_array(current_setting('plumbline.roles'::text, true), ','::text))))) OR (EXISTS ( SELECT
   FROM public.matter
  WHERE (matter.id = work.matter_id)))));
