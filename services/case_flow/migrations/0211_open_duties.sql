-- What a person owes apart from steps: found among what is open, however much is over.
create index alert_open on alert (id) where closed_at is null;
create index hold_open_person on hold (person_id) where ended_at is null;
create index inquiry_seat_person on inquiry_seat (person_id, inquiry_id);
create index rectification_order_owed on rectification_order (unit_id) where verified_at is null;
create index work_order_owed on work_order (to_unit) where closed_at is null;
