from decimal import Decimal

import pytest
from performance.domain.reversal import AlreadyDecided, AlreadyReversed, OwnUnit, SamePerson
from performance.use_cases.reverse_entry import DecideReversal, ReverseEntry, decide_reversal, reverse_entry
from plumbline_contracts.case_flow.v1 import IncidentConfirmed
from plumbline_contracts.performance.v1 import ScoreEntryPosted, ScoreEntryReversed
from plumbline_shared.errors import Invalid, NotFound
from plumbline_shared.principal import Principal

OFFICE = frozenset({"SUPERVISION_OFFICE"})
GU = Principal("person", "D01.gu-ping", "D01", OFFICE, frozenset({"D01.OFFICE"}))
SECOND = Principal("person", "D01.deng-yi", "D01", OFFICE, frozenset({"D01.OFFICE"}))
OF_POLICY = Principal("person", "D01.lin-jie", "D01", OFFICE, frozenset({"D01.POLICY"}))


@pytest.fixture
async def entry_id(receive, sent) -> str:
    event = IncidentConfirmed(
        incident_id="in_1",
        bureau_id="D01",
        kind="TIME_LIMIT_MISSED",
        unit_id="D01.POLICY",
        occurred_on="2026-05-01",
    )
    await receive(event, "ev-1")
    return (await sent())[0].entries[0].entry_id


async def test_two_persons_take_an_entry_back_and_the_ledger_keeps_both(performance, entry_id, sent) -> None:
    request = await performance.execute(GU, reverse_entry, ReverseEntry(entry_id, "申诉成立"))
    assert [type(one) for one in await sent()] == [ScoreEntryPosted]
    assert await performance.execute(SECOND, decide_reversal, DecideReversal(request, True)) == entry_id
    event = (await sent())[-1]
    assert isinstance(event, ScoreEntryReversed)
    assert (event.entry_id, Decimal(event.points), event.subject_id) == (
        entry_id,
        Decimal("2.0"),
        "D01.POLICY",
    )
    async with performance.db.read(GU) as conn:
        rows = await conn.fetch("select kind, points, reason from entry order by ordinal")
    assert [tuple(row) for row in rows] == [
        ("POSTED", Decimal("-2.0"), None),
        ("REVERSED", Decimal("2.0"), "申诉成立"),
    ]


async def test_a_rejected_request_changes_nothing(performance, entry_id, sent) -> None:
    request = await performance.execute(GU, reverse_entry, ReverseEntry(entry_id, "申诉"))
    await performance.execute(SECOND, decide_reversal, DecideReversal(request, False))
    assert len(await sent()) == 1
    with pytest.raises(AlreadyDecided):
        await performance.execute(SECOND, decide_reversal, DecideReversal(request, True))


async def test_whoever_entered_it_cannot_confirm_it(performance, entry_id, sent) -> None:
    request = await performance.execute(GU, reverse_entry, ReverseEntry(entry_id, "申诉"))
    with pytest.raises(SamePerson):
        await performance.execute(GU, decide_reversal, DecideReversal(request, True))
    assert len(await sent()) == 1


async def test_nobody_enters_or_confirms_for_the_own_unit(performance, entry_id) -> None:
    with pytest.raises(OwnUnit):
        await performance.execute(OF_POLICY, reverse_entry, ReverseEntry(entry_id, "申诉"))
    request = await performance.execute(GU, reverse_entry, ReverseEntry(entry_id, "申诉"))
    with pytest.raises(OwnUnit):
        await performance.execute(OF_POLICY, decide_reversal, DecideReversal(request, True))
    assert await performance.execute(SECOND, decide_reversal, DecideReversal(request, True)) == entry_id


async def test_an_entry_is_taken_back_once(performance, entry_id) -> None:
    first = await performance.execute(GU, reverse_entry, ReverseEntry(entry_id, "申诉"))
    second = await performance.execute(GU, reverse_entry, ReverseEntry(entry_id, "申诉"))
    await performance.execute(SECOND, decide_reversal, DecideReversal(first, True))
    with pytest.raises(AlreadyReversed):
        await performance.execute(SECOND, decide_reversal, DecideReversal(second, True))
    with pytest.raises(AlreadyReversed):
        await performance.execute(GU, reverse_entry, ReverseEntry(entry_id, "申诉"))


OTHERS = [
    Principal("person", "D01.huang-zhen", "D01", frozenset({"BUREAU_HEAD"})),
    Principal("person", "D01.chen-gang", "D01", frozenset({"SECTION_CHIEF"}), frozenset({"D01.POLICY"})),
    Principal("person", "D02.gu-ping", "D02", OFFICE),
    Principal("client", bureau_id="D01"),
]


async def test_only_the_supervision_office_of_the_bureau_takes_back(performance, entry_id) -> None:
    request = await performance.execute(GU, reverse_entry, ReverseEntry(entry_id, "申诉"))
    for who in OTHERS:
        with pytest.raises(NotFound):
            await performance.execute(who, reverse_entry, ReverseEntry(entry_id, "申诉"))
        with pytest.raises(NotFound):
            await performance.execute(who, decide_reversal, DecideReversal(request, True))


async def test_a_reversal_needs_a_reason_and_an_entry(performance, entry_id) -> None:
    with pytest.raises(Invalid):
        await performance.execute(GU, reverse_entry, ReverseEntry(entry_id, "  "))
    with pytest.raises(NotFound):
        await performance.execute(GU, reverse_entry, ReverseEntry("se_nothing", "申诉"))
