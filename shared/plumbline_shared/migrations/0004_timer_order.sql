-- Timers of one ref fire in their order, whichever worker claims them: a claim looks for those before it.
drop index timer_ref;
create index timer_ref on timer (ref, fire_at, id);
