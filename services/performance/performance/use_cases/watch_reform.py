"""SR-10 waits for time to pass: a timer for the day on which a reform will have been quiet for long enough."""

from plumbline_shared.clock import start_of_day
from plumbline_shared.timers import Timer
from plumbline_shared.use_case import Uow

from performance.domain.facts import ProcessIncident, ProcessReformed, QuietPassed
from performance.domain.reform import quiet_end
from performance.storage import facts, rule_sets
from performance.use_cases.record_fact import record_fact

QUIET = "reform_quiet"


async def watch_process(uow: Uow, fact: ProcessReformed | ProcessIncident) -> None:
    """Set the timer of every reform of the process anew; one that has run out already fires at once."""
    evidence = await facts.linked(uow.conn, fact)
    known = [one.fact for one in evidence]
    rules = await rule_sets.by_version(uow.conn, (one.rule_set_version for one in evidence))
    for one in evidence:
        if isinstance(one.fact, ProcessReformed):
            end = quiet_end(one.fact, rules[one.rule_set_version].rules.sr_10, known)
            await uow.cancel_timers(one.fact.version_id, QUIET)
            fire_at = max(start_of_day(end), uow.now)
            await uow.schedule(QUIET, one.fact.version_id, fire_at, {"process": one.fact.process})


async def on_quiet_passed(uow: Uow, timer: Timer) -> None:
    """The day has come: what it brings follows from all that is known."""
    fact = QuietPassed(
        bureau_id=timer.bureau_id or "",
        version_id=timer.ref,
        process=timer.payload["process"],
        day=uow.today,
    )
    await record_fact(uow, fact, f"{timer.ref}/quiet/{uow.today}")
