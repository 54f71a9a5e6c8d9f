-- What called for an inquiry, by which version of the scheme (S1-082, S1-143); the root of an incident (S1-163).
alter table inquiry add column trigger text, add column scheme text;
alter table incident add column root text;
