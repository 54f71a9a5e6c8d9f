"""Scenario 3 with its variants, to the day."""

import asyncio
from datetime import date, datetime

import asyncpg
import pytest
from complaints.domain.errors import ContentMustNotBeTyped, NoReceiver, NoSealingKey, NotTwoKeys
from complaints.domain.intake import Person
from complaints.domain.report import Disposition, NothingToTell, Outcome, Report
from complaints.storage import openings, reports
from complaints.testing import HOTLINE, PASSPHRASE, File, Officer, Settle, tip_off
from complaints.use_cases import handle_report as steps
from complaints.use_cases import open_report as opening
from complaints.vault.officers import WrongPassphrase
from plumbline_org.testing import linjiang, seed_replica
from plumbline_shared.clock import SHANGHAI, ManualClock, start_of_day
from plumbline_shared.errors import Invalid, NotFound
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime

POINT = "D01.RP-RELIEF-APPR-03"


async def seen_by(runtime: Runtime, who: Principal) -> list[Report]:
    async with runtime.db.read(who) as conn:
        return await reports.list_reports(conn, 10)


async def the_report(runtime: Runtime, officer: Officer) -> Report:
    [report] = await seen_by(runtime, officer("ma-qing"))
    return report


def on(clock: ManualClock, month: int, day: int) -> None:
    clock.set(datetime(2026, month, day, 9, 0, tzinfo=SHANGHAI))


async def test_from_the_call_to_the_result(
    with_keys: Runtime, officer: Officer, file: File, settle: Settle, clock: ManualClock
) -> None:
    ma, bai = officer("ma-qing"), officer("bai-xue")
    answer = await file(tip_off(), caller=officer("operator-07"))
    assert answer.receipt_no.startswith("T-2026-")
    assert (answer.promised_by, answer.complaint_id) == (date(2026, 6, 5), None)
    report = await the_report(with_keys, officer)
    assert report.notice_due_on == date(2026, 6, 5)
    for code in (
        "operator-07",
        "chen-gang",
        "zhou-min",
        "lin-jie",
        "fan-ke",
        "tang-li",
        "luo-fang",
        "bai-xue",
        "gu-ping",
    ):
        assert await seen_by(with_keys, officer(code)) == [], code
    for code in ("ma-qing", "huang-zhen"):
        assert len(await seen_by(with_keys, officer(code))) == 1

    on(clock, 5, 18)
    content = await with_keys.execute(ma, opening.open_content, opening.OpenContent(report.id, PASSPHRASE))
    assert (content.text, content.subject_id, content.risk_point_id) == ("他收了红包", "D01.chen-gang", POINT)
    asked = await with_keys.execute(
        ma, opening.request_identity, opening.RequestIdentity(report.id, "约谈举报人")
    )
    with pytest.raises(NotTwoKeys):
        await with_keys.execute(ma, opening.open_identity, opening.OpenIdentity(asked, PASSPHRASE))
    with pytest.raises(NotTwoKeys):
        await with_keys.execute(ma, opening.approve_identity, opening.OpenIdentity(asked, PASSPHRASE))
    await with_keys.execute(bai, opening.approve_identity, opening.OpenIdentity(asked, PASSPHRASE))
    with pytest.raises(NotTwoKeys):
        await with_keys.execute(bai, opening.open_identity, opening.OpenIdentity(asked, PASSPHRASE))
    informant = await with_keys.execute(ma, opening.open_identity, opening.OpenIdentity(asked, PASSPHRASE))
    assert informant == Person("李会计", "13911112222")
    with pytest.raises(NotTwoKeys):
        await with_keys.execute(ma, opening.open_identity, opening.OpenIdentity(asked, PASSPHRASE))

    on(clock, 5, 20)
    choice = steps.DisposeReport(report.id, Disposition.PRELIMINARY_VERIFICATION, POINT)
    await with_keys.execute(ma, steps.dispose_report, choice)
    await with_keys.execute(ma, steps.notify_informant, steps.NoteReport(report.id))
    on(clock, 7, 10)
    await with_keys.execute(
        ma, steps.close_report, steps.CloseReport(report.id, Outcome.PARTLY_SUBSTANTIATED)
    )
    assert (await the_report(with_keys, officer)).result_due_on == date(2026, 7, 31)
    on(clock, 7, 30)
    await with_keys.execute(ma, steps.tell_result, steps.NoteReport(report.id))

    async with with_keys.db.read(ma) as conn:
        logged = [(line.actor, line.action) for line in await openings.read_log(conn, report.id, 50)]
    assert logged == [
        ("D01.ma-qing", "READ_CONTENT"),
        ("D01.ma-qing", "REQUEST_IDENTITY"),
        ("D01.bai-xue", "APPROVE_IDENTITY"),
        ("D01.ma-qing", "READ_IDENTITY"),
        ("D01.ma-qing", "DISPOSE"),
        ("D01.ma-qing", "NOTIFY"),
        ("D01.ma-qing", "CLOSE"),
        ("D01.ma-qing", "TELL_RESULT"),
    ]


async def test_the_signal_says_the_point_and_the_day_and_nothing_else(
    with_keys: Runtime, officer: Officer, file: File, settle: Settle, clock: ManualClock
) -> None:
    await file(tip_off())
    report = await the_report(with_keys, officer)
    clock.set(datetime(2026, 5, 20, 15, 33, 7, tzinfo=SHANGHAI))
    choice = steps.DisposeReport(report.id, Disposition.PRELIMINARY_VERIFICATION, POINT)
    await with_keys.execute(officer("ma-qing"), steps.dispose_report, choice)
    await settle()
    assert await outbox(with_keys) == []
    clock.set(datetime(2026, 5, 21, 0, 0, tzinfo=SHANGHAI))
    await settle()
    [row] = await outbox(with_keys)
    text = str(dict(row))
    assert "RiskSignalRaised" in text
    assert POINT in text
    assert row["occurred_at"] == start_of_day(date(2026, 5, 20))
    for hidden in ("chen-gang", "李会计", "ma-qing", report.id, "15:33", "07:33", "T14:40"):
        assert hidden not in text, hidden
    async with with_keys.db.read(system("D01")) as conn:
        assert await conn.fetchval("select count(*) from risk_signal") == 0


async def outbox(runtime: Runtime) -> list[asyncpg.Record]:
    async with runtime.db.read(system("D01")) as conn:
        return list(await conn.fetch("select * from outbox"))


async def test_3b_about_a_deputy_nothing_is_typed(with_keys: Runtime, officer: Officer, file: File) -> None:
    with pytest.raises(ContentMustNotBeTyped):
        await file(tip_off(subject_id="D01.tang-li"))
    bare = tip_off(subject_id="D01.tang-li", text=None, informant=None, risk_point_id=None)
    answer = await file(bare)
    assert answer.promised_by is None
    async with with_keys.db.read(system("D01")) as conn:
        stored = dict(await conn.fetchrow("select * from handed_report"))  # type: ignore[arg-type]
        assert await conn.fetchval("select count(*) from sealed_report") == 0
    assert set(stored) == {"id", "bureau_id", "received_at", "handed_to"}
    assert stored["handed_to"] == "D01.huang-zhen"
    assert "tang-li" not in str(stored)
    for code, count in (("huang-zhen", 1), ("ma-qing", 0), ("tang-li", 0), ("operator-07", 0)):
        async with with_keys.db.read(officer(code)) as conn:
            assert len(await reports.list_handed(conn, 10)) == count, code


@pytest.mark.parametrize("subject", ["huang-zhen", "ma-qing"])
async def test_3c_about_head_or_lead_only_the_upper_discipline_knows(
    with_keys: Runtime, officer: Officer, file: File, subject: str
) -> None:
    await file(tip_off(subject_id=f"D01.{subject}", text=None, informant=None, risk_point_id=None))
    for code in ("huang-zhen", "ma-qing", "bai-xue"):
        async with with_keys.db.read(officer(code)) as conn:
            assert await reports.list_handed(conn, 10) == []
            assert await reports.list_reports(conn, 10) == []
    upper = Principal("person", "C01.city-lead", "C01", frozenset({"DISCIPLINE_LEAD"}))
    async with with_keys.db.read(upper) as conn:
        assert len(await reports.list_handed(conn, 10)) == 1


async def test_3d_an_anonymous_report_is_handled_without_a_notice(
    with_keys: Runtime, officer: Officer, file: File
) -> None:
    answer = await file(tip_off(informant=None))
    assert answer.promised_by is None
    report = await the_report(with_keys, officer)
    assert (report.named, report.notice_due_on) == (False, None)
    with pytest.raises(NothingToTell):
        await with_keys.execute(officer("ma-qing"), steps.notify_informant, steps.NoteReport(report.id))
    with pytest.raises(NotTwoKeys):
        await with_keys.execute(
            officer("ma-qing"), opening.request_identity, opening.RequestIdentity(report.id, "x")
        )


@pytest.mark.parametrize("hardened", [False, True])
async def test_3e_a_repeat_joins_the_first_without_a_second_notice(
    with_keys: Runtime, officer: Officer, file: File, settle: Settle, hardened: bool
) -> None:
    first = await file(tip_off(), key="first")
    if hardened:
        assert await settle() == 1
    again = await file(tip_off(text="又收了", previous_receipt=first.receipt_no), key="second")
    assert again.promised_by is None
    one, other = sorted(await seen_by(with_keys, officer("ma-qing")), key=lambda row: row.repeat_of or "")
    assert (other.repeat_of, other.notice_due_on) == (one.id, None)


async def test_3e_a_handler_links_a_repeat_that_came_without_its_receipt(
    with_keys: Runtime, officer: Officer, file: File
) -> None:
    await file(tip_off(), key="first")
    await file(tip_off(text="又收了"), key="second")
    first, repeat = await seen_by(with_keys, officer("ma-qing"))
    await with_keys.execute(officer("ma-qing"), steps.link_report, steps.LinkReport(repeat.id, first.id))
    linked = {row.id: row for row in await seen_by(with_keys, officer("ma-qing"))}
    assert linked[repeat.id].notice_due_on is None
    assert linked[first.id].notice_due_on == date(2026, 6, 5)


async def test_a_wrong_previous_receipt_is_refused(with_keys: Runtime, file: File) -> None:
    answer = await file(tip_off(), key="first")
    digits = answer.receipt_no[:-1] + ("1" if answer.receipt_no[-1] == "0" else "0")
    for wrong in (digits, "T-2026-0000-0000-0000-0000-0000-0000", "nonsense"):
        with pytest.raises(Invalid):
            await file(tip_off(previous_receipt=wrong), key=f"second {wrong}")


async def test_forbidden_and_absent_are_the_same(with_keys: Runtime, officer: Officer, file: File) -> None:
    await file(tip_off())
    report = await the_report(with_keys, officer)
    answers: set[str] = set()
    for code in ("chen-gang", "zhou-min", "fan-ke", "operator-07"):
        for report_id in (report.id, "sr_0000"):
            with pytest.raises(NotFound) as caught:
                await with_keys.execute(
                    officer(code), opening.open_content, opening.OpenContent(report_id, PASSPHRASE)
                )
            answers.add(str(caught.value.problem()))
    assert len(answers) == 1


async def test_without_keys_nothing_is_stored(runtime: Runtime, file: File) -> None:
    with pytest.raises(NoSealingKey):
        await file(tip_off())
    async with runtime.db.read(system("D01")) as conn:
        for table in ("sealed_report", "receipt", "intake_key", "timer"):
            assert await conn.fetchval(f"select count(*) from {table}") == 0  # noqa: S608


async def test_a_wrong_passphrase_opens_nothing_and_the_head_opens_content(
    with_keys: Runtime, officer: Officer, file: File
) -> None:
    await file(tip_off())
    report = await the_report(with_keys, officer)
    with pytest.raises(WrongPassphrase):
        await with_keys.execute(
            officer("ma-qing"), opening.open_content, opening.OpenContent(report.id, "not the passphrase")
        )
    content = await with_keys.execute(
        officer("huang-zhen"), opening.open_content, opening.OpenContent(report.id, PASSPHRASE)
    )
    assert content.text == "他收了红包"


async def test_nobody_left_means_the_bureau_above(with_keys: Runtime, file: File) -> None:
    """A province that runs one bureau alone has no upper discipline in its replica."""
    alone = linjiang("D09")
    async with with_keys.db.transaction(system()) as conn:
        await seed_replica(conn, alone)
    bare = tip_off(bureau_id="D09", subject_id="D09.ma-qing", text=None, informant=None, risk_point_id=None)
    caller = Principal("client", bureau_id="D09", scopes=HOTLINE.scopes)
    with pytest.raises(NoReceiver):
        await file(bare, caller=caller)


async def test_one_key_sent_twenty_times_at_once_is_one_report(
    with_keys: Runtime, officer: Officer, file: File
) -> None:
    answers = await asyncio.gather(*(file(tip_off(), key="same") for _ in range(20)))
    assert len({answer.receipt_no for answer in answers}) == 1
    assert len(await seen_by(with_keys, officer("ma-qing"))) == 1
