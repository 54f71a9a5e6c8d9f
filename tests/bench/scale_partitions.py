"""The experiment behind ADR 36: history and audit rows in partitions by their time-ordered id, instead of one table each.

Not how the service stores them: `seq` of an audit row is unique over the whole log, which no partition can promise.
"""

import asyncpg
from scale_fill import STEPS_EACH, audit_id, matter_id

HISTORY = """
alter table matter_step rename to matter_step_plain;
create table matter_step (like matter_step_plain including defaults) partition by range (matter_id);
alter table matter_step add primary key (matter_id, seq), add foreign key (matter_id) references matter;
create index on matter_step (run_id, step) where run_id is not null;
alter table matter_step enable row level security;
create policy matter_step_read on matter_step for select
  using (exists (select from matter where matter.id = matter_step.matter_id));
create policy matter_step_add on matter_step for insert with check (bureau_id = plumbline_bureau());
grant select, insert on matter_step to plumbline_app
"""
AUDIT = """
alter table audit_entry rename to audit_entry_plain;
create table audit_entry (like audit_entry_plain including defaults) partition by range (id);
alter table audit_entry add primary key (id);
create index on audit_entry (seq);
create index on audit_entry (id) where seq is null;
create index on audit_entry (object_type, object_id);
alter table audit_entry enable row level security;
create policy audit_append on audit_entry for insert with check (true);
create policy audit_read on audit_entry for select using (plumbline_actor() = 'system');
grant select, insert on audit_entry to plumbline_app
"""
PART = "create table {table}_{number} partition of {table} for values from ('{first}') to ('{last}')"
REST = "create table {table}_rest partition of {table} default"
MOVE = "insert into {table} select * from {table}_plain; drop table {table}_plain cascade"


async def divide(url: str, parts: int, matters: int) -> None:
    """Put both tables into `parts` partitions of `matters` in all, and one for what comes later."""
    conn = await asyncpg.connect(url)
    await conn.execute("set session_replication_role = replica")
    async with conn.transaction():
        await conn.execute(HISTORY)
        await conn.execute(AUDIT)
        for table, named, each in (("matter_step", matter_id, 1), ("audit_entry", audit_id, STEPS_EACH)):
            for number in range(parts):
                first, last = (named(each * matters * edge // parts) for edge in (number, number + 1))
                await conn.execute(PART.format(table=table, number=number, first=first, last=last))
            await conn.execute(REST.format(table=table))
            await conn.execute(MOVE.format(table=table))
    await conn.close()
