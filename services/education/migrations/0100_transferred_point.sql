-- A reform moved risk points to other posts: who holds such a post learns what it now answers for (S1-132).
alter table curriculum drop constraint curriculum_trigger_check;
alter table curriculum add constraint curriculum_trigger_check
  check (trigger in ('RISK_POINT_REGRADED', 'INQUIRY_DECIDED', 'RISK_POINT_TRANSFERRED', 'ASSIGNED'));
alter table batch drop constraint batch_cause_check;
alter table batch add constraint batch_cause_check
  check (cause in ('RISK_POINT_REGRADED', 'INQUIRY_DECIDED', 'RISK_POINT_TRANSFERRED', 'ASSIGNED'));

insert into curriculum values
  ('TRANSFERRED_POINT_LESSON', 1, 'LESSON', 'RISK_POINT_TRANSFERRED', '',
   '接收风险点岗位警示教育', 'Lesson for the post that takes a risk point over', '',
   'WORKING_DAY', 10, 80, 'S1-132 前移风险点由接收岗位承接；S1-016 把重点岗位、关键环节作为警示教育的重点', '2009-01-01');

insert into quiz_question values
  ('TRANSFERRED_POINT_LESSON', 1, 1, 'tp-1', '流程再造后前移的风险点由谁负责防控？', 'Who answers for a risk point that a reform moved?',
   '[{"id":"a","zh":"接收岗位","en":"the receiving post"},{"id":"b","zh":"原岗位","en":"the former post"},{"id":"c","zh":"无人负责","en":"nobody"}]', '{a}'),
  ('TRANSFERRED_POINT_LESSON', 1, 2, 'tp-2', '风险点从何时起由接收岗位承担？', 'From when does the receiving post answer for it?',
   '[{"id":"a","zh":"新流程生效之日","en":"from the day the new process takes effect"},{"id":"b","zh":"年底","en":"from the end of the year"},{"id":"c","zh":"发生问题之后","en":"after something happened"}]', '{a}'),
  ('TRANSFERRED_POINT_LESSON', 1, 3, 'tp-3', '生效前受理的事项按哪个流程办理？', 'By which process does a matter accepted before that day run?',
   '[{"id":"a","zh":"原流程，依规迁移的除外","en":"the old one, unless it was migrated by the rules"},{"id":"b","zh":"由经办人自选","en":"whichever the handler likes"}]', '{a}'),
  ('TRANSFERRED_POINT_LESSON', 1, 4, 'tp-4', '新流程中一人能否兼任审核和审批？', 'May one person both review and approve in the new process?',
   '[{"id":"a","zh":"能","en":"yes"},{"id":"b","zh":"不能，不相容职责应当分离","en":"no: incompatible duties are kept apart"}]', '{b}'),
  ('TRANSFERRED_POINT_LESSON', 1, 5, 'tp-5', '接收岗位对风险点应当做哪些？', 'What does the receiving post do about the point?',
   '[{"id":"a","zh":"落实防控措施","en":"carry out its controls"},{"id":"b","zh":"如实报告异常","en":"report what is unusual"},{"id":"c","zh":"口头转交他人","en":"pass it on by word of mouth"}]', '{a,b}');
