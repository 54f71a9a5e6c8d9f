-- A corrected calendar moves the last day to acknowledge a slip that is still on its way.
create index slip_open on slip (bureau_id, id) where acknowledged_at is null;
