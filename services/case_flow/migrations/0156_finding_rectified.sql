-- A confirmed finding becomes an order to put it right (S1-051, L5).
alter table work_order add column rectification_id text references rectification_order;
