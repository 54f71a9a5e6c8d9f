-- A hold is never silently gone (invariant 12): it ends once, by somebody, abandoned with its reason, overridden only
-- where the legal review agreed, the meeting granted and the discipline lead signed.
create function hold_ends_once() returns trigger language plpgsql security definer set search_path = public as $$
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
create trigger hold_ends_once before update on hold for each row execute function hold_ends_once();
