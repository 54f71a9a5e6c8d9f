-- Traits in words, tags of four taxonomies (S1-086) and focus flags (S2-013): part of what a version of a point says.
alter table risk_point_description
  add column traits text not null default '',
  add column tags text[] not null default '{}' check (tags <@ array[
    'PROFESSIONAL', 'TEAM', 'TAX_ADMINISTRATION', 'TAXPAYER_COMPLIANCE',
    'DISCRETION', 'WORK_LEAD', 'ENFORCEMENT', 'INTEGRITY']),
  add column focus text[] not null default '{}' check (focus <@ array['POST', 'DOMAIN', 'STEP']);
