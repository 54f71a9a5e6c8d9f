-- Curricula are data: versions with the trigger, the time limit, the pass mark and the source.
create table curriculum (
  code text not null,
  version integer not null check (version > 0),
  kind text not null check (kind in ('PLEDGE', 'LESSON')),
  trigger text not null check (trigger in ('RISK_POINT_REGRADED', 'INQUIRY_DECIDED', 'ASSIGNED')),
  match text not null,
  title_zh text not null,
  title_en text not null,
  text_zh text not null,
  unit text not null check (unit in ('WORKING_DAY', 'CALENDAR_DAY')),
  length integer not null check (length > 0),
  pass_mark integer check (pass_mark between 1 and 100),
  citation text not null,
  effective_from date not null,
  primary key (code, version),
  check ((kind = 'LESSON') = (pass_mark is not null))
);

-- Options are [{id, zh, en}]; `correct` names every right one.
create table quiz_question (
  curriculum text not null,
  curriculum_version integer not null,
  ordinal integer not null,
  id text not null,
  text_zh text not null,
  text_en text not null,
  options jsonb not null,
  correct text[] not null check (cardinality(correct) > 0),
  primary key (curriculum, curriculum_version, ordinal),
  unique (curriculum, curriculum_version, id),
  foreign key (curriculum, curriculum_version) references curriculum (code, version)
);

insert into curriculum values
  ('HIGH_POINT_PLEDGE', 1, 'PLEDGE', 'RISK_POINT_REGRADED', 'HIGH',
   '高等级风险岗位廉政承诺', 'Integrity pledge for a high-grade post',
   '我已知悉所在岗位的高等级廉政风险点及其防范措施，承诺依法履职、公正用权、按时办结、主动回避、自觉接受监督，如有违反，愿意承担相应责任。',
   'WORKING_DAY', 5, null, 'S1-020 廉政风险防范承诺签名；等级调高后重签', '2009-01-01'),
  ('HIGH_POINT_LESSON', 1, 'LESSON', 'RISK_POINT_REGRADED', 'HIGH',
   '高等级风险点警示教育', 'Warning education on a high-grade risk point', '',
   'WORKING_DAY', 10, 80, 'S1-016 把重点岗位、关键环节作为警示教育的重点', '2009-01-01'),
  ('TIME_LIMITS_AND_CUSTODY', 1, 'LESSON', 'INQUIRY_DECIDED', 'TIME_LIMIT_MISSED',
   '办理时限与资料交接', 'Time limits and custody', '',
   'WORKING_DAY', 10, 80, 'S1-007 教育为先；S1-147 办理程序、资料交接', '2009-01-01'),
  ('ACCOUNTABILITY_REVIEW', 1, 'LESSON', 'INQUIRY_DECIDED', '',
   '执法责任与问责', 'Enforcement responsibility and accountability', '',
   'WORKING_DAY', 10, 80, 'S1-007 教育为先；国税发〔2005〕42号', '2009-01-01');

insert into quiz_question values
  ('HIGH_POINT_LESSON', 1, 1, 'hp-1', '高等级风险点由谁直接监控？', 'Who monitors a high-grade risk point?',
   '[{"id":"a","zh":"股所长","en":"the section or office chief"},{"id":"b","zh":"局长和纪检组长","en":"the bureau head and the discipline lead"},{"id":"c","zh":"任何同事","en":"any colleague"}]', '{b}'),
  ('HIGH_POINT_LESSON', 1, 2, 'hp-2', '发现与办理事项有利害关系时应当怎样做？', 'What do you do when you have an interest in a matter?',
   '[{"id":"a","zh":"主动申请回避","en":"ask to be recused"},{"id":"b","zh":"继续办理但加快速度","en":"go on, but faster"},{"id":"c","zh":"请同事代签","en":"have a colleague sign"}]', '{a}'),
  ('HIGH_POINT_LESSON', 1, 3, 'hp-3', '下列哪些属于对高等级环节的控制措施？', 'Which are controls of a high-grade step?',
   '[{"id":"a","zh":"双人办理","en":"two persons act"},{"id":"b","zh":"二次复核","en":"a second review"},{"id":"c","zh":"口头约定","en":"an oral understanding"}]', '{a,b}'),
  ('HIGH_POINT_LESSON', 1, 4, 'hp-4', '承诺书在什么时候重签？', 'When is the pledge signed again?',
   '[{"id":"a","zh":"风险等级调高后5个工作日内","en":"within 5 working days of the higher grade"},{"id":"b","zh":"每十年","en":"every ten years"},{"id":"c","zh":"无须重签","en":"never"}]', '{a}'),
  ('HIGH_POINT_LESSON', 1, 5, 'hp-5', '被系统拦截的操作应当如何处理？', 'What happens to an act that the system holds?',
   '[{"id":"a","zh":"换个账号再试","en":"try with another account"},{"id":"b","zh":"更正，或者依程序申请集体审议","en":"correct it, or ask for collective discussion"},{"id":"c","zh":"线下办理","en":"do it on paper"}]', '{b}'),
  ('TIME_LIMITS_AND_CUSTODY', 1, 1, 'tl-1', '以工作日计算的期限，开始当日是否计入？', 'Does the first day count in a limit of working days?',
   '[{"id":"a","zh":"计入","en":"yes"},{"id":"b","zh":"不计入","en":"no"}]', '{b}'),
  ('TIME_LIMITS_AND_CUSTODY', 1, 2, 'tl-2', '期限届满日何时为止？', 'When does a limit end on its last day?',
   '[{"id":"a","zh":"当日下班时","en":"at closing time"},{"id":"b","zh":"当日24时","en":"at 24:00"},{"id":"c","zh":"次日中午","en":"at noon of the next day"}]', '{b}'),
  ('TIME_LIMITS_AND_CUSTODY', 1, 3, 'tl-3', '资料移交后未经签收，责任人是谁？', 'Who answers for papers sent but not acknowledged?',
   '[{"id":"a","zh":"移交人","en":"the sender"},{"id":"b","zh":"接收单位","en":"the receiving unit"},{"id":"c","zh":"无人负责","en":"nobody"}]', '{a}'),
  ('TIME_LIMITS_AND_CUSTODY', 1, 4, 'tl-4', '延期应当满足哪些条件？', 'What does an extension need?',
   '[{"id":"a","zh":"期满前经局领导批准","en":"approval by a bureau leader before the limit ends"},{"id":"b","zh":"将理由告知申请人","en":"the reasons told to the applicant"},{"id":"c","zh":"事后补办即可","en":"papers afterwards are enough"}]', '{a,b}'),
  ('TIME_LIMITS_AND_CUSTODY', 1, 5, 'tl-5', '收到移交清单后应当在几个工作日内签收？', 'Within how many working days is a slip acknowledged?',
   '[{"id":"a","zh":"1个","en":"1"},{"id":"b","zh":"5个","en":"5"},{"id":"c","zh":"10个","en":"10"}]', '{a}'),
  ('ACCOUNTABILITY_REVIEW', 1, 1, 'ar-1', '经审核、批准作出的决定有过错，主要责任由谁承担？', 'A decision was reviewed and approved: who is primarily responsible for the fault?',
   '[{"id":"a","zh":"审核人","en":"the reviewer"},{"id":"b","zh":"申请人","en":"the applicant"},{"id":"c","zh":"窗口人员","en":"the window clerk"}]', '{a}'),
  ('ACCOUNTABILITY_REVIEW', 1, 2, 'ar-2', '问责对象享有哪些权利？', 'What may a respondent do?',
   '[{"id":"a","zh":"陈述和申辩","en":"state and defend"},{"id":"b","zh":"申诉","en":"appeal"},{"id":"c","zh":"删除记录","en":"delete records"}]', '{a,b}'),
  ('ACCOUNTABILITY_REVIEW', 1, 3, 'ar-3', '核查人能否参加同一事件的集体审议？', 'May the verifier sit on the panel about the same incident?',
   '[{"id":"a","zh":"能","en":"yes"},{"id":"b","zh":"不能","en":"no"}]', '{b}'),
  ('ACCOUNTABILITY_REVIEW', 1, 4, 'ar-4', '发现自己的差错应当怎样做？', 'What do you do about a mistake of your own?',
   '[{"id":"a","zh":"主动报告并更正","en":"report and correct it"},{"id":"b","zh":"等待检查","en":"wait for an inspection"}]', '{a}'),
  ('ACCOUNTABILITY_REVIEW', 1, 5, 'ar-5', '集体审议以什么方式表决？', 'How does the panel vote?',
   '[{"id":"a","zh":"实名投票","en":"by roll call"},{"id":"b","zh":"无须表决","en":"it does not"}]', '{a}');

revoke insert, update, delete on curriculum, quiz_question from plumbline_app;
