-- What each value of a factor means, in words a voter reads before voting (S1-053…055); a version of a bureau's own may
-- have its own words, and has those that ship until it does.
create table grading_anchor (
  version text not null references grading_scheme,
  factor text not null check (factor in ('LIKELIHOOD', 'SEVERITY')),
  value smallint not null check (value between 1 and 5),
  word_zh text not null check (word_zh <> ''),
  word_en text not null check (word_en <> ''),
  citation text not null check (citation <> ''),
  primary key (version, factor, value)
);
insert into grading_anchor (version, factor, value, word_zh, word_en, citation)
select version, factor, value, word_zh, word_en, words.citation from grading_scheme, (values
  ('LIKELIHOOD', 1, '偶发：多年未必一次', 'Rare: not even once in some years', 'S1-055 频率低、次数少'),
  ('LIKELIHOOD', 2, '频率低、次数少：一年一次左右', 'Low: few cases, about one a year', 'S1-055 频率低、次数少'),
  ('LIKELIHOOD', 3, '频率较高、次数较多：一季一次左右', 'Fairly high: about one a quarter', 'S1-054 频率较高、次数较多'),
  ('LIKELIHOOD', 4, '频率高、次数多：一月一次左右', 'High: many cases, about one a month', 'S1-053 频率高、次数多'),
  ('LIKELIHOOD', 5, '频率很高：几乎每周', 'Very high: almost every week', 'S1-053 频率高、次数多'),
  ('SEVERITY', 1, '无损失，当场可纠正', 'No loss; put right on the spot', 'S1-055 后果较轻微'),
  ('SEVERITY', 2, '后果较轻微：批评教育即可', 'Minor: a talk or a warning is enough', 'S1-055 后果较轻微'),
  ('SEVERITY', 3, '后果较严重：可能承担党纪、政纪责任，或造成较大损失、不良影响',
   'Fairly serious: party or administrative discipline, a larger loss or an adverse effect', 'S1-054 后果较严重'),
  ('SEVERITY', 4, '后果严重：造成重大损失、重大不良影响', 'Serious: a major loss or a major adverse effect', 'S1-053 后果严重'),
  ('SEVERITY', 5, '后果严重：可能承担刑事责任', 'Serious: criminal liability', 'S1-053 可能承担刑事责任')
) as words (factor, value, word_zh, word_en, citation)
where bureau_id is null;
alter table grading_anchor enable row level security;
alter table grading_anchor force row level security;
create policy read on grading_anchor for select using (
  exists (select from grading_scheme s where s.version = grading_anchor.version));
create policy publish on grading_anchor for insert with check (
  exists (select from grading_scheme s where s.version = grading_anchor.version and keeps_register(s.bureau_id)));
revoke update, delete on grading_anchor from plumbline_app;

-- Whoever wrote a version does not put it into force alone (SoD-6).
alter table grading_scheme add column published_by text;
