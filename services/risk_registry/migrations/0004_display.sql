-- Colour and word of a grade are a profile; two bureaus may show one grade in two colours (C-01, C-02).
create table display_profile (
  profile text not null,
  grade text not null check (grade in ('LOW', 'MEDIUM', 'HIGH')),
  colour text not null,
  word_zh text not null,
  word_en text not null,
  citation text not null,
  primary key (profile, grade)
);
insert into display_profile values
  ('S1_HUBEI_2010', 'HIGH', 'red', '红色风险', 'red', 'S1-053'),
  ('S1_HUBEI_2010', 'MEDIUM', 'yellow', '黄色风险', 'yellow', 'S1-054'),
  ('S1_HUBEI_2010', 'LOW', 'orange', '橙色风险', 'orange', 'S1-055'),
  ('NATIONAL', 'HIGH', 'red', '高', 'high', 'S2-010; 突发事件应对法 (2024)'),
  ('NATIONAL', 'MEDIUM', 'orange', '中', 'medium', 'S2-010; 突发事件应对法 (2024)'),
  ('NATIONAL', 'LOW', 'yellow', '低', 'low', 'S2-010; 突发事件应对法 (2024)');

-- Which profile a bureau shows from a day on; the choice recorded last speaks for its day.
create table bureau_display (
  sequence bigint generated always as identity primary key,
  bureau_id text not null,
  profile text not null,
  valid_from date not null,
  recorded_at timestamptz not null
);
create index bureau_display_as_of on bureau_display (bureau_id, valid_from desc, sequence desc);

alter table bureau_display enable row level security;
alter table bureau_display force row level security;
create policy tenant on bureau_display for select using (bureau_id = plumbline_bureau());
create policy choose on bureau_display for insert with check (
  bureau_id = plumbline_bureau() and plumbline_actor() = 'person' and plumbline_has_role('BUREAU_HEAD')
);
revoke update, delete on bureau_display, display_profile from plumbline_app;
revoke insert on display_profile from plumbline_app;
