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

CREATE TABLE public.aggregate_gate (
    stream text NOT NULL,
    aggregate_id text NOT NULL,
    version bigint NOT NULL
);

CREATE TABLE public.aggregate_version (
    aggregate_id text NOT NULL,
    version bigint NOT NULL
);

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

CREATE TABLE public.complaint (
    id text NOT NULL,
    bureau_id text NOT NULL,
    kind text NOT NULL,
    unit_id text NOT NULL,
    person_id text,
    typed_by text,
    received_on date NOT NULL,
    occurred_on date,
    text_sealed bytea NOT NULL,
    contact_sealed bytea,
    state text NOT NULL,
    accept_due_on date NOT NULL,
    accepted_on date,
    accepted_by text,
    decide_due_on date,
    decided_on date,
    decided_by text,
    substantiated boolean,
    corrected boolean,
    fed_back_on date,
    overturned_on date,
    CONSTRAINT complaint_kind_check CHECK ((kind = ANY (ARRAY['BEHAVIOUR'::text, 'QUALITY'::text, 'RIGHTS'::text]))),
    CONSTRAINT complaint_state_check CHECK ((state = ANY (ARRAY['RECEIVED'::text, 'ACCEPTED'::text, 'DECIDED'::text, 'FED_BACK'::text])))
);

ALTER TABLE ONLY public.complaint FORCE ROW LEVEL SECURITY;

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

CREATE TABLE public.handed_report (
    id text NOT NULL,
    bureau_id text NOT NULL,
    received_at timestamp with time zone NOT NULL,
    handed_to text NOT NULL
);

ALTER TABLE ONLY public.handed_report FORCE ROW LEVEL SECURITY;

CREATE TABLE public.idempotency (
    actor text NOT NULL,
    bureau_id text NOT NULL,
    key text NOT NULL,
    fingerprint bytea NOT NULL,
    result text NOT NULL,
    created_at timestamp with time zone NOT NULL
);

CREATE TABLE public.identity_opening (
    id text NOT NULL,
    report_id text NOT NULL,
    bureau_id text NOT NULL,
    requested_by text NOT NULL,
    requested_at timestamp with time zone NOT NULL,
    reason bytea NOT NULL,
    approved_by text,
    approved_at timestamp with time zone,
    share bytea,
    read_at timestamp with time zone,
    CONSTRAINT identity_opening_check CHECK ((approved_by <> requested_by))
);

ALTER TABLE ONLY public.identity_opening FORCE ROW LEVEL SECURITY;

CREATE TABLE public.intake_key (
    key_mac bytea NOT NULL,
    fingerprint_mac bytea NOT NULL,
    answer bytea NOT NULL,
    created_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.intake_key FORCE ROW LEVEL SECURITY;

CREATE TABLE public.officer_key (
    person_id text NOT NULL,
    bureau_id text NOT NULL,
    public_key bytea NOT NULL,
    salt bytea NOT NULL,
    private_sealed bytea NOT NULL,
    made_on date NOT NULL
);

ALTER TABLE ONLY public.officer_key FORCE ROW LEVEL SECURITY;

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

CREATE TABLE public.receipt (
    locator text NOT NULL,
    bureau_id text NOT NULL,
    kind text NOT NULL,
    case_id text NOT NULL,
    salt bytea NOT NULL,
    fresh bytea,
    hash bytea,
    CONSTRAINT receipt_check CHECK (((fresh IS NULL) <> (hash IS NULL))),
    CONSTRAINT receipt_kind_check CHECK ((kind = ANY (ARRAY['COMPLAINT'::text, 'REPORT'::text, 'HANDED'::text])))
);

ALTER TABLE ONLY public.receipt FORCE ROW LEVEL SECURITY;

CREATE TABLE public.risk_signal (
    id text NOT NULL,
    bureau_id text NOT NULL,
    point_id text NOT NULL,
    batch_on date NOT NULL
);

ALTER TABLE ONLY public.risk_signal FORCE ROW LEVEL SECURITY;

CREATE TABLE public.schema_migration (
    namespace text NOT NULL,
    name text NOT NULL,
    sha256 text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.sealed_log (
    id text NOT NULL,
    report_id text NOT NULL,
    bureau_id text NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.sealed_log FORCE ROW LEVEL SECURITY;

CREATE TABLE public.sealed_report (
    id text NOT NULL,
    bureau_id text NOT NULL,
    received_on date NOT NULL,
    named boolean NOT NULL,
    handlers text[] NOT NULL,
    content bytea NOT NULL,
    identity bytea,
    repeat_of text,
    notice_due_on date,
    notice_sent_on date,
    disposition text,
    disposed_on date,
    outcome text,
    closed_on date,
    result_due_on date,
    result_sent_on date,
    CONSTRAINT sealed_report_check CHECK ((named = (identity IS NOT NULL))),
    CONSTRAINT sealed_report_disposition_check CHECK ((disposition = ANY (ARRAY['TALK_OR_LETTER'::text, 'PRELIMINARY_VERIFICATION'::text, 'SUSPENDED'::text, 'TERMINATED'::text]))),
    CONSTRAINT sealed_report_outcome_check CHECK ((outcome = ANY (ARRAY['SUBSTANTIATED'::text, 'PARTLY_SUBSTANTIATED'::text, 'UNSUBSTANTIATED'::text])))
);

ALTER TABLE ONLY public.sealed_report FORCE ROW LEVEL SECURITY;

CREATE TABLE public.sealed_wrap (
    report_id text NOT NULL,
    person_id text NOT NULL,
    part text NOT NULL,
    wrapped bytea NOT NULL,
    CONSTRAINT sealed_wrap_part_check CHECK ((part = ANY (ARRAY['CONTENT'::text, 'IDENTITY_FIRST'::text, 'IDENTITY_SECOND'::text])))
);

ALTER TABLE ONLY public.sealed_wrap FORCE ROW LEVEL SECURITY;

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

ALTER TABLE ONLY public.audit_checkpoint
    ADD CONSTRAINT audit_checkpoint_pkey PRIMARY KEY (size);

ALTER TABLE ONLY public.audit_entry
    ADD CONSTRAINT audit_entry_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audit_entry
    ADD CONSTRAINT audit_entry_seq_key UNIQUE (seq);

ALTER TABLE ONLY public.audit_node
    ADD CONSTRAINT audit_node_pkey PRIMARY KEY (level, index);

ALTER TABLE ONLY public.complaint
    ADD CONSTRAINT complaint_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.dead_event
    ADD CONSTRAINT dead_event_pkey PRIMARY KEY (stream, seq);

ALTER TABLE ONLY public.dead_timer
    ADD CONSTRAINT dead_timer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.handed_report
    ADD CONSTRAINT handed_report_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.idempotency
    ADD CONSTRAINT idempotency_pkey PRIMARY KEY (bureau_id, actor, key);

ALTER TABLE ONLY public.identity_opening
    ADD CONSTRAINT identity_opening_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.intake_key
    ADD CONSTRAINT intake_key_pkey PRIMARY KEY (key_mac);

ALTER TABLE ONLY public.officer_key
    ADD CONSTRAINT officer_key_pkey PRIMARY KEY (person_id);

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

ALTER TABLE ONLY public.receipt
    ADD CONSTRAINT receipt_pkey PRIMARY KEY (locator);

ALTER TABLE ONLY public.risk_signal
    ADD CONSTRAINT risk_signal_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.schema_migration
    ADD CONSTRAINT schema_migration_pkey PRIMARY KEY (namespace, name);

ALTER TABLE ONLY public.sealed_log
    ADD CONSTRAINT sealed_log_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sealed_report
    ADD CONSTRAINT sealed_report_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sealed_wrap
    ADD CONSTRAINT sealed_wrap_pkey PRIMARY KEY (report_id, person_id, part);

ALTER TABLE ONLY public.stream_cursor
    ADD CONSTRAINT stream_cursor_pkey PRIMARY KEY (stream);

ALTER TABLE ONLY public.timer
    ADD CONSTRAINT timer_pkey PRIMARY KEY (id);

CREATE INDEX audit_entry_object ON public.audit_entry USING btree (object_type, object_id);

CREATE INDEX audit_entry_unsequenced ON public.audit_entry USING btree (id) WHERE (seq IS NULL);

CREATE INDEX complaint_list ON public.complaint USING btree (bureau_id, received_on DESC, id DESC);

CREATE INDEX idempotency_created_at ON public.idempotency USING btree (created_at);

CREATE INDEX identity_opening_report ON public.identity_opening USING btree (report_id);

CREATE INDEX intake_key_created_at ON public.intake_key USING btree (created_at);

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

CREATE INDEX sealed_log_actor ON public.sealed_log USING btree (actor, at);

CREATE INDEX sealed_log_report ON public.sealed_log USING btree (report_id, at);

CREATE INDEX timer_fire_at ON public.timer USING btree (fire_at, id);

CREATE INDEX timer_ref ON public.timer USING btree (ref, fire_at, id);

CREATE TRIGGER audit_checkpoint_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_checkpoint FOR EACH STATEMENT EXECUTE FUNCTION public.audit_append_only();

CREATE TRIGGER audit_entry_append_only BEFORE DELETE OR TRUNCATE ON public.audit_entry FOR EACH STATEMENT EXECUTE FUNCTION public.audit_append_only();

CREATE TRIGGER audit_entry_guard BEFORE UPDATE ON public.audit_entry FOR EACH ROW EXECUTE FUNCTION public.audit_entry_guard();

CREATE TRIGGER audit_node_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_node FOR EACH STATEMENT EXECUTE FUNCTION public.audit_append_only();

ALTER TABLE ONLY public.identity_opening
    ADD CONSTRAINT identity_opening_report_id_fkey FOREIGN KEY (report_id) REFERENCES public.sealed_report(id);

ALTER TABLE ONLY public.org_assignment
    ADD CONSTRAINT org_assignment_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.org_person(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.org_role_grant
    ADD CONSTRAINT org_role_grant_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.org_person(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.org_status
    ADD CONSTRAINT org_status_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.org_person(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.sealed_log
    ADD CONSTRAINT sealed_log_report_id_fkey FOREIGN KEY (report_id) REFERENCES public.sealed_report(id);

ALTER TABLE ONLY public.sealed_report
    ADD CONSTRAINT sealed_report_repeat_of_fkey FOREIGN KEY (repeat_of) REFERENCES public.sealed_report(id);

ALTER TABLE ONLY public.sealed_wrap
    ADD CONSTRAINT sealed_wrap_report_id_fkey FOREIGN KEY (report_id) REFERENCES public.sealed_report(id);

CREATE POLICY audit_append ON public.audit_entry FOR INSERT WITH CHECK (true);

ALTER TABLE public.audit_entry ENABLE ROW LEVEL SECURITY;

CREATE POLICY audit_read ON public.audit_entry FOR SELECT USING (((public.plumbline_actor() = 'system'::text) OR (public.plumbline_has_role('INTERNAL_AUDITOR'::text) AND (bureau_id = public.plumbline_bureau()))));

CREATE POLICY audit_sequence ON public.audit_entry FOR UPDATE USING ((public.plumbline_actor() = 'system'::text));

ALTER TABLE public.complaint ENABLE ROW LEVEL SECURITY;

CREATE POLICY complaint_file ON public.complaint FOR INSERT WITH CHECK ((public.plumbline_actor() = 'system'::text));

CREATE POLICY complaint_handle ON public.complaint FOR UPDATE USING (((public.plumbline_actor() = 'system'::text) OR ((public.plumbline_actor() = 'person'::text) AND (bureau_id = public.plumbline_bureau()) AND (public.plumbline_has_role('COMPLAINT_HANDLER'::text) OR public.plumbline_has_role('BUREAU_HEAD'::text)) AND (person_id IS DISTINCT FROM public.plumbline_person()))));

CREATE POLICY complaint_read ON public.complaint FOR SELECT USING (((public.plumbline_actor() = 'system'::text) OR ((public.plumbline_actor() = 'person'::text) AND (bureau_id = public.plumbline_bureau()) AND (((public.plumbline_has_role('COMPLAINT_HANDLER'::text) OR public.plumbline_has_role('DISCIPLINE_LEAD'::text) OR public.plumbline_has_role('BUREAU_HEAD'::text) OR public.plumbline_has_role('INTERNAL_AUDITOR'::text)) AND (person_id IS DISTINCT FROM public.plumbline_person())) OR (typed_by = public.plumbline_person()) OR ((state <> 'RECEIVED'::text) AND ((person_id = public.plumbline_person()) OR ((public.plumbline_has_role('SECTION_CHIEF'::text) OR public.plumbline_has_role('OFFICE_CHIEF'::text)) AND (unit_id = ANY (public.plumbline_units())))))))));

CREATE POLICY handed_file ON public.handed_report FOR INSERT WITH CHECK ((public.plumbline_actor() = 'system'::text));

CREATE POLICY handed_read ON public.handed_report FOR SELECT USING (((public.plumbline_actor() = 'system'::text) OR ((public.plumbline_actor() = 'person'::text) AND (handed_to = public.plumbline_person()))));

ALTER TABLE public.handed_report ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.identity_opening ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.intake_key ENABLE ROW LEVEL SECURITY;

CREATE POLICY key_make ON public.officer_key FOR INSERT WITH CHECK (((public.plumbline_actor() = 'person'::text) AND (person_id = public.plumbline_person()) AND (bureau_id = public.plumbline_bureau()) AND (public.plumbline_has_role('DISCIPLINE_OFFICER'::text) OR public.plumbline_has_role('DISCIPLINE_LEAD'::text) OR public.plumbline_has_role('BUREAU_HEAD'::text))));

CREATE POLICY key_read ON public.officer_key FOR SELECT USING (((public.plumbline_actor() = 'system'::text) OR ((public.plumbline_actor() = 'person'::text) AND (bureau_id = public.plumbline_bureau()) AND ((person_id = public.plumbline_person()) OR public.plumbline_has_role('DISCIPLINE_OFFICER'::text) OR public.plumbline_has_role('DISCIPLINE_LEAD'::text) OR public.plumbline_has_role('BUREAU_HEAD'::text)))));

CREATE POLICY log_read ON public.sealed_log FOR SELECT USING (((public.plumbline_actor() = 'person'::text) AND (bureau_id = public.plumbline_bureau()) AND (public.plumbline_has_role('INTERNAL_AUDITOR'::text) OR (actor = public.plumbline_person()) OR (EXISTS ( SELECT
   FROM public.sealed_report r
  WHERE (r.id = sealed_log.report_id))))));

CREATE POLICY log_write ON public.sealed_log FOR INSERT WITH CHECK (((public.plumbline_actor() = 'person'::text) AND (bureau_id = public.plumbline_bureau()) AND (actor = public.plumbline_person())));

ALTER TABLE public.officer_key ENABLE ROW LEVEL SECURITY;

CREATE POLICY opening_read ON public.identity_opening FOR SELECT USING (((public.plumbline_actor() = 'person'::text) AND (bureau_id = public.plumbline_bureau()) AND ((requested_by = public.plumbline_person()) OR (EXISTS ( SELECT
   FROM public.sealed_wrap w
  WHERE ((w.report_id = identity_opening.report_id) AND (w.person_id = public.plumbline_person()) AND (w.part = 'IDENTITY_SECOND'::text)))))));

CREATE POLICY opening_request ON public.identity_opening FOR INSERT WITH CHECK (((public.plumbline_actor() = 'person'::text) AND (bureau_id = public.plumbline_bureau()) AND (requested_by = public.plumbline_person())));

CREATE POLICY opening_step ON public.identity_opening FOR UPDATE USING (((public.plumbline_actor() = 'person'::text) AND (bureau_id = public.plumbline_bureau())));

ALTER TABLE public.receipt ENABLE ROW LEVEL SECURITY;

CREATE POLICY report_file ON public.sealed_report FOR INSERT WITH CHECK ((public.plumbline_actor() = 'system'::text));

CREATE POLICY report_handle ON public.sealed_report FOR UPDATE USING (((public.plumbline_actor() = 'person'::text) AND (bureau_id = public.plumbline_bureau()) AND (public.plumbline_person() = ANY (handlers))));

CREATE POLICY report_read ON public.sealed_report FOR SELECT USING (((public.plumbline_actor() = 'system'::text) OR ((public.plumbline_actor() = 'person'::text) AND (bureau_id = public.plumbline_bureau()) AND (public.plumbline_person() = ANY (handlers)))));

ALTER TABLE public.risk_signal ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.sealed_log ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.sealed_report ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.sealed_wrap ENABLE ROW LEVEL SECURITY;

CREATE POLICY service_only ON public.intake_key USING ((public.plumbline_actor() = 'system'::text));

CREATE POLICY service_only ON public.receipt USING ((public.plumbline_actor() = 'system'::text));

CREATE POLICY signal_queue ON public.risk_signal FOR INSERT WITH CHECK ((public.plumbline_actor() = ANY (ARRAY['system'::text, 'person'::text])));

CREATE POLICY signal_send ON public.risk_signal FOR SELECT USING ((public.plumbline_actor() = 'system'::text));

CREATE POLICY signal_sent ON public.risk_signal FOR DELETE USING ((public.plumbline_actor() = 'system'::text));

CREATE POLICY wrap_make ON public.sealed_wrap FOR INSERT WITH CHECK ((public.plumbline_actor() = 'system'::text));

CREATE POLICY wrap_read ON public.sealed_wrap FOR SELECT USING (((public.plumbline_actor() = 'person'::text) AND (person_id = public.plumbline_person())));
