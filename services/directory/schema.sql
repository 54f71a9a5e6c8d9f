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

CREATE TABLE public.bureau_line (
    bureau_id text NOT NULL,
    in_line_id text NOT NULL,
    above boolean NOT NULL
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

CREATE TABLE public.record (
    kind text NOT NULL,
    id text NOT NULL,
    version integer NOT NULL,
    bureau_id text NOT NULL,
    valid_from date NOT NULL,
    owner_id text,
    state jsonb NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by text NOT NULL,
    CONSTRAINT record_kind_check CHECK ((kind = ANY (ARRAY['bureau'::text, 'unit'::text, 'post'::text, 'person'::text, 'roster'::text, 'delegation'::text, 'calendar'::text])))
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

ALTER TABLE ONLY public.audit_checkpoint
    ADD CONSTRAINT audit_checkpoint_pkey PRIMARY KEY (size);

ALTER TABLE ONLY public.audit_entry
    ADD CONSTRAINT audit_entry_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audit_entry
    ADD CONSTRAINT audit_entry_seq_key UNIQUE (seq);

ALTER TABLE ONLY public.audit_node
    ADD CONSTRAINT audit_node_pkey PRIMARY KEY (level, index);

ALTER TABLE ONLY public.bureau_line
    ADD CONSTRAINT bureau_line_pkey PRIMARY KEY (bureau_id, in_line_id);

ALTER TABLE ONLY public.dead_event
    ADD CONSTRAINT dead_event_pkey PRIMARY KEY (stream, seq);

ALTER TABLE ONLY public.dead_timer
    ADD CONSTRAINT dead_timer_pkey PRIMARY KEY (id);

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

ALTER TABLE ONLY public.record
    ADD CONSTRAINT record_pkey PRIMARY KEY (kind, id, version);

ALTER TABLE ONLY public.schema_migration
    ADD CONSTRAINT schema_migration_pkey PRIMARY KEY (namespace, name);

ALTER TABLE ONLY public.stream_cursor
    ADD CONSTRAINT stream_cursor_pkey PRIMARY KEY (stream);

ALTER TABLE ONLY public.timer
    ADD CONSTRAINT timer_pkey PRIMARY KEY (id);

CREATE INDEX audit_entry_object ON public.audit_entry USING btree (object_type, object_id);

CREATE INDEX audit_entry_unsequenced ON public.audit_entry USING btree (id) WHERE (seq IS NULL);

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

CREATE INDEX record_bureau ON public.record USING btree (bureau_id, kind, id, valid_from DESC, version DESC);

CREATE INDEX timer_fire_at ON public.timer USING btree (fire_at, id);

CREATE INDEX timer_ref ON public.timer USING btree (ref, fire_at, id);

CREATE TRIGGER audit_checkpoint_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_checkpoint FOR EACH STATEMENT EXECUTE FUNCTION public.audit_append_only();

CREATE TRIGGER audit_entry_append_only BEFORE DELETE OR TRUNCATE ON public.audit_entry FOR EACH STATEMENT EXECUTE FUNCTION public.audit_append_only();

CREATE TRIGGER audit_entry_guard BEFORE UPDATE ON public.audit_entry FOR EACH ROW EXECUTE FUNCTION public.audit_entry_guard();

CREATE TRIGGER audit_node_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_node FOR EACH STATEMENT EXECUTE FUNCTION public.audit_append_only();

ALTER TABLE ONLY public.org_assignment
    ADD CONSTRAINT org_assignment_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.org_person(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.org_role_grant
    ADD CONSTRAINT org_role_grant_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.org_person(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.org_status
    ADD CONSTRAINT org_status_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.org_person(id) ON DELETE CASCADE;

CREATE POLICY audit_append ON public.audit_entry FOR INSERT WITH CHECK (true);

ALTER TABLE public.audit_entry ENABLE ROW LEVEL SECURITY;

CREATE POLICY audit_read ON public.audit_entry FOR SELECT USING (((public.plumbline_actor() = 'system'::text) OR (public.plumbline_has_role('INTERNAL_AUDITOR'::text) AND (bureau_id = public.plumbline_bureau()))));

CREATE POLICY audit_sequence ON public.audit_entry FOR UPDATE USING ((public.plumbline_actor() = 'system'::text));

ALTER TABLE public.record ENABLE ROW LEVEL SECURITY;

CREATE POLICY record_read ON public.record FOR SELECT USING (((public.plumbline_actor() = 'system'::text) OR ((public.plumbline_actor() = 'client'::text) AND public.plumbline_has_scope('directory:import'::text)) OR ((public.plumbline_actor() = 'person'::text) AND (public.plumbline_bureau() IS NOT NULL) AND ((bureau_id = ''::text) OR (bureau_id IN ( SELECT bureau_line.in_line_id
   FROM public.bureau_line
  WHERE (bureau_line.bureau_id = public.plumbline_bureau())))))));

CREATE POLICY record_write ON public.record FOR INSERT WITH CHECK (((public.plumbline_actor() = 'system'::text) OR ((public.plumbline_actor() = 'client'::text) AND public.plumbline_has_scope('directory:import'::text)) OR ((public.plumbline_actor() = 'person'::text) AND (public.plumbline_bureau() IS NOT NULL) AND (((bureau_id = public.plumbline_bureau()) AND (public.plumbline_has_role('HR_OFFICER'::text) OR public.plumbline_has_role('ROLLOUT_ADMIN'::text))) OR ((bureau_id = public.plumbline_bureau()) AND (kind = 'delegation'::text) AND (owner_id = public.plumbline_person())) OR (public.plumbline_has_role('ROLLOUT_ADMIN'::text) AND (bureau_id IN ( SELECT line.bureau_id
   FROM public.bureau_line line
  WHERE ((line.in_line_id = public.plumbline_bureau()) AND line.above))))))));
