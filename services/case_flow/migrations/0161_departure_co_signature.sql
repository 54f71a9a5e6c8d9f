-- A departure that the meeting granted counts once the discipline lead has co-signed it (requirements §5.3).
alter table departure add column co_signed_by text, add column co_signed_at timestamptz;
alter table departure add constraint co_signed_after_the_meeting check (co_signed_at is null or decided_at is not null);
