"""A document is served: it counts from the day the manner gives, and the party's periods run from it (I-015)."""

from datetime import date, timedelta
from typing import Any

import pytest
from case_flow.domain.document_service import Manner, ServedAlready, kind_of, periods, served_on
from case_flow.domain.errors import NotHandler
from case_flow.rules import SERVICE_RULES
from case_flow.testing import WorkedBureau
from case_flow.testing_running import ALL_SIGN, published, rows
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from case_flow.use_cases.serve_document import ServeDocument, serve_document
from case_flow.use_cases.withdraw_matter import WithdrawMatter, withdraw_matter
from hypothesis import given
from hypothesis import strategies as st
from plumbline_shared.calendar import seed_calendar
from plumbline_shared.errors import Invalid, NotFound
from plumbline_shared.principal import system

CALENDAR = seed_calendar()


async def taken_in(bureau: WorkedBureau) -> str:
    await published(bureau, ALL_SIGN)
    return (await bureau.do("wu-yan", accept_matter, AcceptMatter("SIGNED", "Linjiang Foundry"))).matter_id


def decision(matter: str, **other: Any) -> ServeDocument:
    given_ = {
        "matter_id": matter, "kind": "DECISION", "document_no": "SIGNED〔2026〕1号", "manner": Manner.DIRECT,
        "recipient": "财务负责人", "evidence": "送达回证 12", **other,
    }  # fmt: skip
    return ServeDocument(**given_)


async def test_from_the_day_of_service_the_periods_run_in_the_ledger(
    bureau: WorkedBureau, graph: Any
) -> None:
    matter = await taken_in(bureau)
    await bureau.at("2026-04-10 09:00")
    for name, refusal in (("he-jun", NotFound), ("huang-zhen", NotHandler)):
        with pytest.raises(refusal):
            await bureau.do(name, serve_document, decision(matter))
    record = await bureau.do("wu-yan", serve_document, decision(matter, handed_on=date(2026, 4, 9)))
    assert [(one.id, one.due_on) for one in record.clocks] == [("RECONSIDERATION", date(2026, 6, 8))]
    with pytest.raises(ServedAlready):
        await bureau.do("wu-yan", serve_document, decision(matter))
    sql = "select due_on, citation, rule_id from clock_event where clock like 'service:%'"
    assert [tuple(one) for one in await rows(bureau, sql)] == [
        (date(2026, 6, 8), "行政复议法 Art 20", "RECONSIDERATION")
    ]
    ask = "query($id: ID!) { matter(id: $id) { services { label { zh } servedOn periods { dueOn } } } }"
    [seen] = (await graph.ask("sun-hao", ask, id=matter))["matter"]["services"]
    assert seen == {"label": {"zh": "决定书"}, "servedOn": "2026-04-09", "periods": [{"dueOn": "2026-06-08"}]}


async def test_a_public_notice_counts_after_thirty_days_and_a_closed_matter_is_served_too(
    bureau: WorkedBureau,
) -> None:
    matter = await taken_in(bureau)
    await bureau.run(system("D01"), withdraw_matter, WithdrawMatter(matter, "x"))
    record = await bureau.do("wu-yan", serve_document, decision(matter, manner=Manner.PUBLIC))
    assert (record.handed_on, record.served_on) == (date(2026, 4, 1), date(2026, 5, 1))
    [row] = await rows(bureau, "select state, row_version from matter")
    assert (row["state"], row["row_version"]) == ("WITHDRAWN", 3)


async def test_what_is_no_service_is_refused_and_leaves_nothing(bureau: WorkedBureau) -> None:
    matter = await taken_in(bureau)
    bad: tuple[dict[str, Any], ...] = (
        {"kind": "POEM"}, {"evidence": " "}, {"recipient": ""}, {"document_no": ""},
        {"handed_on": date(2026, 3, 31)}, {"handed_on": date(2026, 4, 2)},
    )  # fmt: skip
    for other in bad:
        with pytest.raises(Invalid):
            await bureau.do("wu-yan", serve_document, decision(matter, **other))
    assert await rows(bureau, "select from document_service") == []


@given(
    st.sampled_from(Manner),
    st.sampled_from(sorted(SERVICE_RULES.shipped().kinds)),
    st.dates(date(2026, 1, 1), date(2026, 6, 1)),
)
def test_periods_end_after_service_and_service_never_counts_before_it_was_handed_on(
    manner: Manner, kind: str, handed_on: date
) -> None:
    pack = SERVICE_RULES.shipped()
    served = served_on(pack, manner, handed_on, date(2026, 1, 1), date(2026, 6, 1))
    assert served - handed_on == timedelta(days=pack.manners[manner].after_days)
    rule = kind_of(pack, kind)
    found = periods(rule, served, CALENDAR)
    assert [one.id for one in found] == [one.id for one in rule.clocks]
    assert all(one.due_on > served and one.citation for one in found)
