-- Readers beyond bureau, unit and post (requirements 5.3, Risk register read): D by the domain of a role, and the dossier
-- of a panel. The service names both as scopes of whoever asks: `topic:RELIEF`, `dossier:D01.RP-1`.
create function registry_scopes() returns text[] language sql stable as $$
  select string_to_array(nullif(current_setting('plumbline.scopes', true), ''), ',')
$$;

-- A process belongs to its own topic and to the families that its code names: RELIEF-APPROVAL to RELIEF.
create function topics_of(process text) returns text[] language sql immutable as $$
  select array_agg('topic:' || array_to_string(words[1:n], '-'))
  from (select string_to_array(process, '-') as words) p, generate_series(1, cardinality(words)) n
$$;

drop policy read on risk_point_description;
create policy read on risk_point_description for select using (
  bureau_id = plumbline_bureau() and (
    (select reads_bureau())
    or ((select reads_units())
        and (unit_ids && (select plumbline_units()) or owner_unit_id = any ((select plumbline_units())::text[])))
    or (plumbline_actor() = 'person' and post_ids && (select plumbline_posts()))
    or (plumbline_actor() = 'person' and (select registry_scopes()) is not null and (
          topics_of(process) && (select registry_scopes())
          or 'dossier:' || point_id = any ((select registry_scopes())::text[])))
  )
);
create index grading_review_members on grading_review using gin (member_ids);
