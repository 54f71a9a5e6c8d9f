-- What a point belongs to: the risk item (S2-009) and the power (S2-007) of the bureau's catalogue, by code; '' is none.
alter table risk_point_description
  add column item text not null default '',
  add column power text not null default '';
