"""What the hall does, counted; and its windows as a picture that is SVG whatever people are called."""

import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest
from case_flow.app import definition
from case_flow.domain.hall_service import Waited, waited
from case_flow.pictures.windows import EN, Cell, QueueBar, windows_picture
from case_flow.testing_hall import QUEUE
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from case_flow.use_cases.report_queue import ReportQueue, report_queue
from case_flow.use_cases.set_up_windows import SetUpWindows, set_up_windows
from hypothesis import given
from hypothesis import strategies as st
from plumbline_shared.ids import new_id
from plumbline_shared.principal import Principal
from plumbline_shared.runtime import Runtime
from plumbline_shared.settings import load
from plumbline_shared.testing.plugin import run_graphql

STATISTICS = """query { hallStatistics(since: "2026-10-01", until: "2026-11-01") {
  visits guidance { line part partLabel { zh } visits } intake { itemCode origin matters }
  waiting { queue tickets medianMinutes p90Minutes } } }"""
PICTURE = "query($l: Lang!) { hallPicture(lang: $l) }"


@given(st.lists(st.integers(0, 500), max_size=60))
def test_waiting_is_ranked_among_those_who_waited(minutes):
    found = waited(timedelta(minutes=one, seconds=59) for one in minutes)
    if not minutes:
        assert found is None
        return
    ordered = sorted(minutes)
    assert found == Waited(
        len(minutes),
        next(one for one in ordered if 2 * sum(each <= one for each in minutes) >= len(minutes)),
        next(one for one in ordered if 10 * sum(each <= one for each in minutes) >= 9 * len(minutes)),
    )


@given(
    st.lists(st.builds(Cell, st.text("W<&\"'窗", max_size=6), st.integers(0, 9), st.just("A&B"), st.just("<o>"),
                       st.integers(0, 9), st.integers(0, 99), st.booleans(), st.booleans()), max_size=20),
    st.lists(st.builds(QueueBar, st.integers(0, 9), st.just("Q<1>"), st.integers(0, 999), st.integers(1, 50)), max_size=3),
)  # fmt: skip
def test_the_picture_is_well_formed_and_has_every_window(cells, queues):
    root = ET.fromstring(windows_picture(cells, queues, EN))  # noqa: S314  our own document
    assert len(root.findall("{*}g")) == len(cells)
    assert len(root.findall("{*}rect")) == len(queues)


@pytest.fixture
async def hall(bureau):
    await bureau.publish("invoice_check")
    await bureau.at("2026-10-09 08:30")
    await bureau.do("huang-zhen", set_up_windows, SetUpWindows("D01.HALL"))
    await bureau.at("2026-10-09 10:10")
    settings = load(definition.settings, {"DATABASE_URL": "postgresql://unused", "MODE": "test"})
    bureau.runtime = Runtime(definition, settings, bureau.db, bureau.clock)
    return bureau


async def ask(hall, who, query, **variables):
    principal = hall.who(who) if isinstance(who, str) else who
    answer = await run_graphql(hall.runtime, principal, query, variables)
    assert "errors" not in answer, answer
    return next(iter(answer["data"].values()))


async def do(hall, who, mutation, **fields):
    kind = mutation[0].upper() + mutation[1:] + "Input"
    query = f"mutation($i: {kind}!) {{ {mutation}(input: $i) {{ userErrors {{ code }} }} }}"
    answer = await ask(hall, who, query, i={"clientMutationId": new_id("cm"), **fields})
    return [one["code"] for one in answer["userErrors"]]


async def test_guidance_intake_and_waiting_add_up(hall):
    for line, part, visits in (("GUIDANCE", "RECEIVE", 40), ("GUIDANCE", "RECEIVE", 2), ("TAXPAYER_SCHOOL", "RESOLVE", 1)):  # fmt: skip
        assert await do(hall, "gao-yun", "recordGuidance", line=line, part=part, visits=visits) == []
    for wrong in (0, 1001):
        assert await do(hall, "gao-yun", "recordGuidance", line="GUIDANCE", part="LIAISE", visits=wrong) == [
            "GUIDANCE"
        ]
    for other in ("chen-gang", "lin-jie", "huang-zhen"):
        assert await do(hall, other, "recordGuidance", line="GUIDANCE", part="LIAISE") == ["NOT_FOUND"]
    for number in range(3):
        await hall.do("wu-yan", accept_matter, AcceptMatter("INVOICE-CHECK", f"T{number}"))
        ticket = {"number": f"A-{number}", "queue": "INVOICE", "window": "W-23"}
        drawn = f"2026-10-09T10:0{number}:00+08:00"
        assert await do(hall, "wu-yan", "callTicket", **ticket, drawnAt=drawn) == []
    late = {"number": "A-9", "queue": "INVOICE", "window": "W-23"}
    for wrong in ("2026-10-09T10:11:00+08:00", "2026-10-08T23:59:00+08:00"):
        assert await do(hall, "wu-yan", "callTicket", **late, drawnAt=wrong) == ["TICKET_TIME"]
    assert await do(hall, "wu-yan", "callTicket", **late) == []
    found = await ask(hall, "chen-gang", STATISTICS)
    assert found == {
        "visits": 43,
        "guidance": [
            {"line": "GUIDANCE", "part": "RECEIVE", "partLabel": {"zh": "接待员"}, "visits": 42},
            {"line": "TAXPAYER_SCHOOL", "part": "RESOLVE", "partLabel": {"zh": "救火员"}, "visits": 1},
        ],
        "intake": [{"itemCode": "INVOICE-CHECK", "origin": "FRONT_LOADED", "matters": 3}],
        "waiting": [{"queue": "INVOICE", "tickets": 3, "medianMinutes": 9, "p90Minutes": 10}],
    }
    assert await ask(hall, Principal("person", "D02.x", "D02"), STATISTICS) is None


async def test_the_picture_says_who_sits_where_and_how_long_the_queue_is(hall):
    await hall.run(QUEUE, report_queue, ReportQueue("INVOICE", 14))
    await do(hall, "wu-yan", "callTicket", number="A-1", queue="INVOICE", window="W-23")
    chinese, english = [await ask(hall, "chen-gang", PICTURE, l=one) for one in ("ZH", "EN")]
    assert "W-23; 发票管理窗口; 吴燕; 已叫 1 · 已办 0" in chinese
    assert "W-23; Invoices; " in english
    assert "Invoices: 14 waiting / 12" in english
    for one in (chinese, english):
        root = ET.fromstring(one)  # noqa: S314  our own document
        assert len(root.findall("{*}g")) == 54
    assert await ask(hall, Principal("person", "D02.x", "D02"), PICTURE, l="ZH") is None
