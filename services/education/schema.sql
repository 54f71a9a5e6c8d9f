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

CREATE FUNCTION public.leads_units() RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  select plumbline_actor() = 'person' and (
    plumbline_has_role('DEPUTY_HEAD') or plumbline_has_role('SECTION_CHIEF') or plumbline_has_role('OFFICE_CHIEF'))
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

CREATE FUNCTION public.views_bureau() RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  select plumbline_actor() = 'person' and (
    plumbline_has_role('BUREAU_HEAD') or plumbline_has_role('DISCIPLINE_LEAD')
    or plumbline_has_role('EDUCATION_ADMIN') or plumbline_has_role('HR_OFFICER'))
$$;

CREATE TABLE public.aggregate_gate (
    stream text NOT NULL,
    aggregate_id text NOT NULL,
    version bigint NOT NULL
);

CREATE TABLE public.aggregate_version (
    aggregate_id text NOT NULL,
    version bigint NOT NULL
);

CREATE TABLE public.assignment (
    id text NOT NULL,
    batch_id text NOT NULL,
    bureau_id text NOT NULL,
    person_id text NOT NULL,
    unit_id text NOT NULL,
    kind text NOT NULL,
    curriculum text NOT NULL,
    curriculum_version integer NOT NULL,
    point_id text,
    incident_id text,
    assigned_on date NOT NULL,
    started_on date NOT NULL,
    due_on date NOT NULL,
    provisional boolean NOT NULL,
    assigned_by text NOT NULL,
    CONSTRAINT assignment_kind_check CHECK ((kind = ANY (ARRAY['PLEDGE'::text, 'LESSON'::text])))
);

ALTER TABLE ONLY public.assignment FORCE ROW LEVEL SECURITY;

CREATE TABLE public.completion (
    assignment_id text NOT NULL,
    bureau_id text NOT NULL,
    score integer,
    completed_at timestamp with time zone NOT NULL,
    CONSTRAINT completion_score_check CHECK (((score >= 0) AND (score <= 100)))
);

ALTER TABLE ONLY public.completion FORCE ROW LEVEL SECURITY;

CREATE TABLE public.waiver (
    assignment_id text NOT NULL,
    bureau_id text NOT NULL,
    reason text NOT NULL,
    waived_by text NOT NULL,
    waived_at timestamp with time zone NOT NULL,
    CONSTRAINT waiver_reason_check CHECK ((reason <> ''::text))
);

ALTER TABLE ONLY public.waiver FORCE ROW LEVEL SECURITY;

CREATE VIEW public.assignment_state WITH (security_invoker='true') AS
 SELECT a.id,
    a.batch_id,
    a.bureau_id,
    a.person_id,
    a.unit_id,
    a.kind,
    a.curriculum,
    a.curriculum_version,
    a.point_id,
    a.incident_id,
    a.assigned_on,
    a.started_on,
    a.due_on,
    a.provisional,
    a.assigned_by,
    c.completed_at,
    c.score,
    w.waived_at
   FROM ((public.assignment a
     LEFT JOIN public.completion c ON ((c.assignment_id = a.id)))
     LEFT JOIN public.waiver w ON ((w.assignment_id = a.id)));

CREATE TABLE public.attempt (
    id text NOT NULL,
    assignment_id text NOT NULL,
    bureau_id text NOT NULL,
    person_id text NOT NULL,
    answers jsonb NOT NULL,
    score integer NOT NULL,
    passed boolean NOT NULL,
    submitted_at timestamp with time zone NOT NULL,
    CONSTRAINT attempt_score_check CHECK (((score >= 0) AND (score <= 100)))
);

ALTER TABLE ONLY public.attempt FORCE ROW LEVEL SECURITY;

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

CREATE TABLE public.batch (
    id text NOT NULL,
    bureau_id text NOT NULL,
    cause text NOT NULL,
    cause_ref text NOT NULL,
    reason text NOT NULL,
    opened_by text NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    CONSTRAINT batch_cause_check CHECK ((cause = ANY (ARRAY['RISK_POINT_REGRADED'::text, 'INQUIRY_DECIDED'::text, 'RISK_POINT_TRANSFERRED'::text, 'SELF_CHECK_SUBMITTED'::text, 'ASSIGNED'::text])))
);

ALTER TABLE ONLY public.batch FORCE ROW LEVEL SECURITY;

CREATE TABLE public.curriculum (
    code text NOT NULL,
    version integer NOT NULL,
    kind text NOT NULL,
    trigger text NOT NULL,
    match text NOT NULL,
    title_zh text NOT NULL,
    title_en text NOT NULL,
    text_zh text NOT NULL,
    unit text NOT NULL,
    length integer NOT NULL,
    pass_mark integer,
    citation text NOT NULL,
    effective_from date NOT NULL,
    CONSTRAINT curriculum_check CHECK (((kind = 'LESSON'::text) = (pass_mark IS NOT NULL))),
    CONSTRAINT curriculum_kind_check CHECK ((kind = ANY (ARRAY['PLEDGE'::text, 'LESSON'::text]))),
    CONSTRAINT curriculum_length_check CHECK ((length > 0)),
    CONSTRAINT curriculum_pass_mark_check CHECK (((pass_mark >= 1) AND (pass_mark <= 100))),
    CONSTRAINT curriculum_trigger_check CHECK ((trigger = ANY (ARRAY['RISK_POINT_REGRADED'::text, 'INQUIRY_DECIDED'::text, 'RISK_POINT_TRANSFERRED'::text, 'SELF_CHECK_SUBMITTED'::text, 'ASSIGNED'::text]))),
    CONSTRAINT curriculum_unit_check CHECK ((unit = ANY (ARRAY['WORKING_DAY'::text, 'CALENDAR_DAY'::text]))),
    CONSTRAINT curriculum_version_check CHECK ((version > 0))
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

CREATE TABLE public.education_alert (
    id text NOT NULL,
    assignment_id text NOT NULL,
    bureau_id text NOT NULL,
    person_id text NOT NULL,
    unit_id text NOT NULL,
    kind text DEFAULT 'EDUCATION_OVERDUE'::text NOT NULL,
    grade text DEFAULT 'LOW'::text NOT NULL,
    raised_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.education_alert FORCE ROW LEVEL SECURITY;

CREATE TABLE public.idempotency (
    actor text NOT NULL,
    bureau_id text NOT NULL,
    key text NOT NULL,
    fingerprint bytea NOT NULL,
    result text NOT NULL,
    created_at timestamp with time zone NOT NULL
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

CREATE TABLE public.parked_aggregate (
    stream text NOT NULL,
    aggregate_id text NOT NULL,
    since_seq bigint NOT NULL
);

CREATE TABLE public.quiz_question (
    curriculum text NOT NULL,
    curriculum_version integer NOT NULL,
    ordinal integer NOT NULL,
    id text NOT NULL,
    text_zh text NOT NULL,
    text_en text NOT NULL,
    options jsonb NOT NULL,
    correct text[] NOT NULL,
    CONSTRAINT quiz_question_correct_check CHECK ((cardinality(correct) > 0))
);

CREATE TABLE public.schema_migration (
    namespace text NOT NULL,
    name text NOT NULL,
    sha256 text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.stream_cursor (
    stream text NOT NULL,
    seq bigint NOT NULL,
    stream_created text NOT NULL
);

CREATE TABLE public.timer (
    id text NOT NULL,
    bureau_id text,
    kind text NOT NULL,
    ref text NOT NULL,
    fire_at timestamp with time zone NOT NULL,
    payload jsonb DEFAULT '{}'::jsonb NOT NULL
);

ALTER TABLE ONLY public.aggregate_gate
    ADD CONSTRAINT aggregate_gate_pkey PRIMARY KEY (stream, aggregate_id);

ALTER TABLE ONLY public.aggregate_version
    ADD CONSTRAINT aggregate_version_pkey PRIMARY KEY (aggregate_id);

ALTER TABLE ONLY public.assignment
    ADD CONSTRAINT assignment_batch_id_person_id_curriculum_key UNIQUE (batch_id, person_id, curriculum);

ALTER TABLE ONLY public.assignment
    ADD CONSTRAINT assignment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.attempt
    ADD CONSTRAINT attempt_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audit_checkpoint
    ADD CONSTRAINT audit_checkpoint_pkey PRIMARY KEY (size);

ALTER TABLE ONLY public.audit_entry
    ADD CONSTRAINT audit_entry_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audit_entry
    ADD CONSTRAINT audit_entry_seq_key UNIQUE (seq);

ALTER TABLE ONLY public.audit_node
    ADD CONSTRAINT audit_node_pkey PRIMARY KEY (level, index);

ALTER TABLE ONLY public.batch
    ADD CONSTRAINT batch_bureau_id_cause_cause_ref_key UNIQUE (bureau_id, cause, cause_ref);

ALTER TABLE ONLY public.batch
    ADD CONSTRAINT batch_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.completion
    ADD CONSTRAINT completion_pkey PRIMARY KEY (assignment_id);

ALTER TABLE ONLY public.curriculum
    ADD CONSTRAINT curriculum_pkey PRIMARY KEY (code, version);

ALTER TABLE ONLY public.dead_event
    ADD CONSTRAINT dead_event_pkey PRIMARY KEY (stream, seq);

ALTER TABLE ONLY public.dead_timer
    ADD CONSTRAINT dead_timer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.education_alert
    ADD CONSTRAINT education_alert_assignment_id_key UNIQUE (assignment_id);

ALTER TABLE ONLY public.education_alert
    ADD CONSTRAINT education_alert_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.idempotency
    ADD CONSTRAINT idempotency_pkey PRIMARY KEY (bureau_id, actor, key);

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

ALTER TABLE ONLY public.quiz_question
    ADD CONSTRAINT quiz_question_curriculum_curriculum_version_id_key UNIQUE (curriculum, curriculum_version, id);

ALTER TABLE ONLY public.quiz_question
    ADD CONSTRAINT quiz_question_pkey PRIMARY KEY (curriculum, curriculum_version, ordinal);

ALTER TABLE ONLY public.schema_migration
    ADD CONSTRAINT schema_migration_pkey PRIMARY KEY (namespace, name);

ALTER TABLE ONLY public.stream_cursor
    ADD CONSTRAINT stream_cursor_pkey PRIMARY KEY (stream);

ALTER TABLE ONLY public.timer
    ADD CONSTRAINT timer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.waiver
    ADD CONSTRAINT waiver_pkey PRIMARY KEY (assignment_id);

CREATE INDEX assignment_batch ON public.assignment USING btree (batch_id, due_on);

CREATE INDEX assignment_due ON public.assignment USING btree (bureau_id, due_on, id);

CREATE INDEX assignment_person ON public.assignment USING btree (bureau_id, person_id, due_on, id);

CREATE INDEX assignment_point ON public.assignment USING btree (point_id) WHERE (point_id IS NOT NULL);

CREATE INDEX assignment_unit ON public.assignment USING btree (bureau_id, unit_id, due_on, id);

CREATE INDEX attempt_assignment ON public.attempt USING btree (assignment_id, submitted_at);

CREATE INDEX audit_entry_object ON public.audit_entry USING btree (object_type, object_id);

CREATE INDEX audit_entry_unsequenced ON public.audit_entry USING btree (id) WHERE (seq IS NULL);

CREATE INDEX education_alert_bureau ON public.education_alert USING btree (bureau_id, raised_at, id);

CREATE INDEX idempotency_created_at ON public.idempotency USING btree (created_at);

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

CREATE INDEX timer_fire_at ON public.timer USING btree (fire_at, id);

CREATE INDEX timer_ref ON public.timer USING btree (ref, fire_at, id);

CREATE TRIGGER audit_checkpoint_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_checkpoint FOR EACH STATEMENT EXECUTE FUNCTION public.audit_append_only();

CREATE TRIGGER audit_entry_append_only BEFORE DELETE OR TRUNCATE ON public.audit_entry FOR EACH STATEMENT EXECUTE FUNCTION public.audit_append_only();

CREATE TRIGGER audit_entry_guard BEFORE UPDATE ON public.audit_entry FOR EACH ROW EXECUTE FUNCTION public.audit_entry_guard();

CREATE TRIGGER audit_node_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_node FOR EACH STATEMENT EXECUTE FUNCTION public.audit_append_only();

ALTER TABLE ONLY public.assignment
    ADD CONSTRAINT assignment_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES public.batch(id);

ALTER TABLE ONLY public.assignment
    ADD CONSTRAINT assignment_curriculum_curriculum_version_fkey FOREIGN KEY (curriculum, curriculum_version) REFERENCES public.curriculum(code, version);

ALTER TABLE ONLY public.attempt
    ADD CONSTRAINT attempt_assignment_id_fkey FOREIGN KEY (assignment_id) REFERENCES public.assignment(id);

ALTER TABLE ONLY public.completion
    ADD CONSTRAINT completion_assignment_id_fkey FOREIGN KEY (assignment_id) REFERENCES public.assignment(id);

ALTER TABLE ONLY public.education_alert
    ADD CONSTRAINT education_alert_assignment_id_fkey FOREIGN KEY (assignment_id) REFERENCES public.assignment(id);

ALTER TABLE ONLY public.org_assignment
    ADD CONSTRAINT org_assignment_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.org_person(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.org_role_grant
    ADD CONSTRAINT org_role_grant_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.org_person(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.org_status
    ADD CONSTRAINT org_status_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.org_person(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.quiz_question
    ADD CONSTRAINT quiz_question_curriculum_curriculum_version_fkey FOREIGN KEY (curriculum, curriculum_version) REFERENCES public.curriculum(code, version);

ALTER TABLE ONLY public.waiver
    ADD CONSTRAINT waiver_assignment_id_fkey FOREIGN KEY (assignment_id) REFERENCES public.assignment(id);

CREATE POLICY assign ON public.assignment FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR ((public.plumbline_actor() = 'person'::text) AND (assigned_by = public.plumbline_person()) AND (public.plumbline_has_role('DISCIPLINE_LEAD'::text) OR public.plumbline_has_role('DISCIPLINE_OFFICER'::text) OR public.plumbline_has_role('EDUCATION_ADMIN'::text) OR ((public.plumbline_has_role('SECTION_CHIEF'::text) OR public.plumbline_has_role('OFFICE_CHIEF'::text)) AND (unit_id = ANY (public.plumbline_units()))))))));

ALTER TABLE public.assignment ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.attempt ENABLE ROW LEVEL SECURITY;

CREATE POLICY audit_append ON public.audit_entry FOR INSERT WITH CHECK (true);

ALTER TABLE public.audit_entry ENABLE ROW LEVEL SECURITY;

CREATE POLICY audit_read ON public.audit_entry FOR SELECT USING (((public.plumbline_actor() = 'system'::text) OR (public.plumbline_has_role('INTERNAL_AUDITOR'::text) AND (bureau_id = public.plumbline_bureau()))));

CREATE POLICY audit_sequence ON public.audit_entry FOR UPDATE USING ((public.plumbline_actor() = 'system'::text));

ALTER TABLE public.batch ENABLE ROW LEVEL SECURITY;

CREATE POLICY complete ON public.completion FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'person'::text) AND (EXISTS ( SELECT
   FROM public.assignment a
  WHERE ((a.id = completion.assignment_id) AND (a.person_id = public.plumbline_person()))))));

ALTER TABLE public.completion ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.education_alert ENABLE ROW LEVEL SECURITY;

CREATE POLICY open ON public.batch FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = ANY (ARRAY['system'::text, 'person'::text]))));

CREATE POLICY raise ON public.education_alert FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'system'::text)));

CREATE POLICY read ON public.assignment FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR ( SELECT public.views_bureau() AS views_bureau) OR ((public.plumbline_actor() = 'person'::text) AND ((person_id = public.plumbline_person()) OR ((assigned_by = public.plumbline_person()) AND public.plumbline_has_role('DISCIPLINE_OFFICER'::text)) OR (( SELECT public.leads_units() AS leads_units) AND (unit_id = ANY (( SELECT public.plumbline_units() AS plumbline_units)::text[]))))))));

CREATE POLICY read ON public.attempt FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR ((public.plumbline_actor() = 'person'::text) AND (person_id = public.plumbline_person())))));

CREATE POLICY read ON public.batch FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR ((public.plumbline_actor() = 'person'::text) AND (opened_by = public.plumbline_person())) OR (EXISTS ( SELECT
   FROM public.assignment a
  WHERE (a.batch_id = batch.id))))));

CREATE POLICY read ON public.completion FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (EXISTS ( SELECT
   FROM public.assignment a
  WHERE (a.id = completion.assignment_id)))));

CREATE POLICY read ON public.education_alert FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND ((public.plumbline_actor() = 'system'::text) OR ((public.plumbline_actor() = 'person'::text) AND ((person_id = public.plumbline_person()) OR public.plumbline_has_role('EDUCATION_ADMIN'::text) OR ((public.plumbline_has_role('SECTION_CHIEF'::text) OR public.plumbline_has_role('OFFICE_CHIEF'::text)) AND (unit_id = ANY (public.plumbline_units()))))))));

CREATE POLICY read ON public.waiver FOR SELECT USING (((bureau_id = public.plumbline_bureau()) AND (EXISTS ( SELECT
   FROM public.assignment a
  WHERE (a.id = waiver.assignment_id)))));

CREATE POLICY submit ON public.attempt FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'person'::text) AND (person_id = public.plumbline_person()) AND (EXISTS ( SELECT
   FROM public.assignment a
  WHERE ((a.id = attempt.assignment_id) AND (a.person_id = public.plumbline_person()))))));

CREATE POLICY waive ON public.waiver FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'person'::text) AND (waived_by = public.plumbline_person()) AND (public.plumbline_has_role('DISCIPLINE_LEAD'::text) OR public.plumbline_has_role('EDUCATION_ADMIN'::text)) AND (EXISTS ( SELECT
   FROM public.assignment a
  WHERE ((a.id = waiver.assignment_id) AND (a.person_id <> public.plumbline_person()))))));

ALTER TABLE public.waiver ENABLE ROW LEVEL SECURITY;

CREATE POLICY withdraw ON public.waiver FOR INSERT WITH CHECK (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_actor() = 'system'::text) AND (EXISTS ( SELECT
   FROM public.assignment a
  WHERE (a.id = waiver.assignment_id)))));
