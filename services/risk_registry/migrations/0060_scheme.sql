-- Both schemes of the sources with both methods: a grid answers likelihood (row) and severity (column), 1 to 5.
alter table grading_scheme drop constraint grading_scheme_method_check;
alter table grading_scheme add check (method in ('MAX', 'MATRIX'));
alter table grading_scheme add column family text not null default 'S1_THREE_COLOURS'
  check (family in ('S1_THREE_COLOURS', 'S2_HIGH_MEDIUM_LOW'));
alter table grading_scheme add column grid text[];
alter table grading_scheme add column bureau_id text;
alter table grading_scheme add check ((method = 'MATRIX') = (grid is not null));
alter table grading_scheme add check (bureau_id is null or starts_with(version, bureau_id || '.'));

insert into grading_scheme (version, method, medium_from, high_from, quorum, citation, effective_from, family, grid) values
  ('MATRIX-1', 'MATRIX', 3, 4, 5, 'S1-053…055: 分别以频率与后果定义三个等级；C-04', '2009-01-01',
   'S1_THREE_COLOURS', '{LLMMH,LLMHH,LMMHH,MMHHH,MMHHH}'),
  ('S2-MAX-1', 'MAX', 3, 4, 5, 'S2-010: 根据风险发生机率、危害程度，形成原因等因素分为高、中、低三个等级；C-04', '2009-01-01',
   'S2_HIGH_MEDIUM_LOW', null),
  ('S2-MATRIX-1', 'MATRIX', 3, 4, 5, 'S2-010; C-04: 矩阵方法', '2009-01-01',
   'S2_HIGH_MEDIUM_LOW', '{LLMMH,LLMHH,LMMHH,MMHHH,MMHHH}');

alter table grading_scheme enable row level security;
alter table grading_scheme force row level security;
create policy read on grading_scheme for select using (bureau_id is null or bureau_id = plumbline_bureau());
create policy publish on grading_scheme for insert with check (bureau_id is not null and keeps_register(bureau_id));
grant insert on grading_scheme to plumbline_app;

-- From which day a bureau grades by a version: reviews opened from then on, never what was graded before.
create table scheme_adoption (
  sequence bigint generated always as identity primary key,
  bureau_id text not null,
  version text not null references grading_scheme,
  effective_from date not null,
  adopted_by text not null,
  adopted_at timestamptz not null
);
create index scheme_adoption_on on scheme_adoption (bureau_id, effective_from desc, sequence desc);
alter table scheme_adoption enable row level security;
alter table scheme_adoption force row level security;
create policy tenant on scheme_adoption for select using (bureau_id = plumbline_bureau());
create policy adopt on scheme_adoption for insert with check (keeps_register(bureau_id));
revoke update, delete on scheme_adoption from plumbline_app;
