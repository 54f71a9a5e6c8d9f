-- 人人都查找，人人受教育: who hands a self-check in gets the lesson that goes with it (S2-006).
alter table curriculum drop constraint curriculum_trigger_check;
alter table curriculum add constraint curriculum_trigger_check check (trigger in (
  'RISK_POINT_REGRADED', 'INQUIRY_DECIDED', 'RISK_POINT_TRANSFERRED', 'SELF_CHECK_SUBMITTED', 'ASSIGNED'));
alter table batch drop constraint batch_cause_check;
alter table batch add constraint batch_cause_check check (cause in (
  'RISK_POINT_REGRADED', 'INQUIRY_DECIDED', 'RISK_POINT_TRANSFERRED', 'SELF_CHECK_SUBMITTED', 'ASSIGNED'));

insert into curriculum values
  ('SELF_CHECK_LESSON', 1, 'LESSON', 'SELF_CHECK_SUBMITTED', '',
   '岗位风险自查教育', 'Lesson that goes with a self-check', '',
   'WORKING_DAY', 10, 80, 'S2-006 人人都查找，人人受教育', '2009-01-01');

insert into quiz_question values
  ('SELF_CHECK_LESSON', 1, 1, 'sc-1', '查找岗位风险按什么顺序进行？', 'In which order is the risk of a post looked for?',
   '[{"id":"a","zh":"对照职责、梳理职权、找准风险","en":"duties, then powers, then risks"},{"id":"b","zh":"先找别人的问题","en":"the faults of others first"},{"id":"c","zh":"想到什么写什么","en":"whatever comes to mind"}]', '{a}'),
  ('SELF_CHECK_LESSON', 1, 2, 'sc-2', '自查提出的风险点何时生效？', 'When does a risk point from a self-check count?',
   '[{"id":"a","zh":"提交即生效","en":"at once"},{"id":"b","zh":"经集体评查定级后","en":"once a panel has graded it"},{"id":"c","zh":"年底","en":"at the end of the year"}]', '{b}'),
  ('SELF_CHECK_LESSON', 1, 3, 'sc-3', '风险等级根据哪些因素确定？', 'What decides the grade of a risk?',
   '[{"id":"a","zh":"发生机率","en":"how likely it is"},{"id":"b","zh":"危害程度","en":"how much harm it does"},{"id":"c","zh":"个人职务高低","en":"the rank of the person"}]', '{a,b}'),
  ('SELF_CHECK_LESSON', 1, 4, 'sc-4', '本岗位没有发现风险时怎样做？', 'What do you do when you find no risk on your post?',
   '[{"id":"a","zh":"不提交","en":"hand nothing in"},{"id":"b","zh":"明确说明未发现","en":"say so expressly"},{"id":"c","zh":"照抄他人","en":"copy from somebody"}]', '{b}'),
  ('SELF_CHECK_LESSON', 1, 5, 'sc-5', '工作中发现自己的过错应当怎样做？', 'What do you do about a fault of your own?',
   '[{"id":"a","zh":"主动报告并纠正，可以从轻","en":"report and correct it: that counts in your favour"},{"id":"b","zh":"等待检查发现","en":"wait until it is found"}]', '{a}');
