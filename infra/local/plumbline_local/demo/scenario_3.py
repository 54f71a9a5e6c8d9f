"""Scenario 3: a tip-off against a section chief on a high point stays between those whom the routing let in."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from plumbline_local.demo import scenario_3_documents as documents
from plumbline_local.demo.bus import last_event
from plumbline_local.demo.world import Step, World, step

POINT = "D01.RP-RELIEF-APPR-03"
TEXT = "经办减免税时收受礼品卡，附转账截图。"
INFORMANT = {"name": "许会计", "phone": "13900004321", "address": ""}
PASSPHRASES = {
    "ma-qing": "seven rivers run to one sea",
    "huang-zhen": "a lamp on the north window",
    "bai-xue": "white snow in early april",
}
KEPT_AWAY = ("zhou-min", "chen-gang", "lin-jie", "qian-lu", "luo-fang", "operator-07", "fan-ke")


class Scenario3:
    """The sealed report and its four variants."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._people = world.people
        self._expect = world.expect.equal
        self._report = ""
        self._receipt = ""

    def steps(self) -> Iterator[Step]:
        yield step("2026-03-02 09:30", "Three officers make their sealing keys", self.make_keys)
        yield step("2026-05-16 22:40", "3: a named tip-off on the integrity line", self.file)
        yield step("2026-05-16 22:50", "3b: a subject managed by the city: nothing is typed", self.hand_carry)
        yield step("2026-05-16 22:55", "3c: a subject who leads the bureau", self.about_the_head)
        yield step("2026-05-16 23:00", "3d: an anonymous tip-off", self.anonymous)
        yield step("2026-05-16 23:05", "3e: the same caller again", self.repeat)
        yield step("2026-05-18 09:30", "Ma Qing opens the report, with Bai Xue the identity", self.open)
        yield step("2026-05-20 10:00", "Disposition: preliminary verification", self.dispose)
        yield step("2026-05-21 09:00", "The point is monitored more closely", self.heightened)
        yield step("2026-07-10 16:00", "The report is closed, partly substantiated", self.close)

    async def make_keys(self) -> None:
        for person, passphrase in PASSPHRASES.items():
            entry = {"clientMutationId": f"key-{person}", "passphrase": passphrase}
            await self._people(person).do(documents.MAKE_KEY, input=entry)

    async def file(self) -> None:
        result = await self._file(
            "first", subjectId="D01.chen-gang", text=TEXT, caller=INFORMANT, riskPointId=POINT
        )
        self._receipt = result["receipt"]["receiptNo"]
        self._expect("s3.receipt", "the operator sees a receipt of the year", "T-2026", self._receipt[:6])
        self._expect("s3.nothing-else", "and nothing of a case", None, result["complaintId"])
        self._expect(
            "s3.notice-due",
            "acceptance notice due (15 working days)",
            "2026-06-05",
            result["receipt"]["promisedBy"],
        )
        (report,) = await self._reports("ma-qing")
        self._report = report["id"]
        self._expect(
            "s3.title-less",
            "what Ma Qing sees before opening: a date and no subject",
            "2026-05-16",
            report["receivedOn"],
        )
        self._expect("s3.head", "the head sees one sealed item", 1, len(await self._reports("huang-zhen")))
        seen = {person: len(await self._reports(person)) for person in KEPT_AWAY}
        self._expect(
            "s3.excluded",
            "the subject's line, others and the operator see none",
            dict.fromkeys(KEPT_AWAY, 0),
            seen,
        )

    async def hand_carry(self) -> None:
        codes = await self._people("operator-07").refused(
            documents.FILE, input=intake("3b-typed", subjectId="D01.tang-li", text=TEXT)
        )
        self._expect(
            "s3b.not-typed", "content about a deputy head is refused", ["CONTENT_MUST_NOT_BE_TYPED"], codes
        )
        result = await self._file("3b", subjectId="D01.tang-li")
        self._expect("s3b.promise", "only a receipt is stored", None, result["receipt"]["promisedBy"])
        (handed,) = await self._handed("huang-zhen")
        self._expect(
            "s3b.report-up",
            "the head reports up within 5 working days",
            "2026-05-22",
            handed["reportUpDueOn"],
        )

    async def about_the_head(self) -> None:
        await self._file("3c", subjectId="D01.huang-zhen")
        self._expect("s3c.head", "the head hears nothing of it", 1, len(await self._handed("huang-zhen")))
        self._expect(
            "s3c.upper", "the upper discipline lead gets it", 1, len(await self._handed("C01.shen-hong"))
        )

    async def anonymous(self) -> None:
        result = await self._file("3d", subjectId="D01.chen-gang", text="减免税资料有疑点。")
        self._expect(
            "s3d.no-clock", "anonymous: handled, no notice clock", None, result["receipt"]["promisedBy"]
        )
        self._expect("s3d.handled", "it is among the sealed items", 2, len(await self._reports("ma-qing")))

    async def repeat(self) -> None:
        more = {"subjectId": "D01.chen-gang", "text": "再次反映。", "caller": INFORMANT}
        result = await self._file("3e", previousReceipt=self._receipt, **more)
        self._expect(
            "s3e.no-second-notice", "a repeat starts no second notice", None, result["receipt"]["promisedBy"]
        )
        repeats = [one["repeatOf"] for one in await self._reports("ma-qing") if one["repeatOf"]]
        self._expect("s3e.linked", "it is linked to the first", True, repeats == [self._report])

    async def open(self) -> None:
        passphrase = PASSPHRASES["ma-qing"]
        entry = {"clientMutationId": "open", "reportId": self._report, "passphrase": passphrase}
        content = (await self._people("ma-qing").do(documents.OPEN, input=entry))["content"]
        self._expect(
            "s3.content",
            "Ma Qing reads what was said, and about whom",
            ["D01.chen-gang", TEXT],
            [content["subjectId"], content["text"]],
        )
        reason = {"clientMutationId": "ask", "reportId": self._report, "reason": "核实情况"}
        opening = (await self._people("ma-qing").do(documents.REQUEST_IDENTITY, input=reason))["openingId"]
        alone = {"clientMutationId": "alone", "openingId": opening, "passphrase": passphrase}
        codes = await self._people("ma-qing").refused(documents.OPEN_IDENTITY, input=alone)
        self._expect("s3.one-key", "one key does not open the identity", ["TWO_KEYS_NEEDED"], codes)
        agreed = {"clientMutationId": "agree", "openingId": opening, "passphrase": PASSPHRASES["bai-xue"]}
        await self._people("bai-xue").do(documents.APPROVE_IDENTITY, input=agreed)
        read = {"clientMutationId": "read", "openingId": opening, "passphrase": passphrase}
        identity = (await self._people("ma-qing").do(documents.OPEN_IDENTITY, input=read))["informant"]
        self._expect("s3.two-keys", "two keys do", INFORMANT["name"], identity["name"])

    async def dispose(self) -> None:
        entry = {
            "clientMutationId": "dispose", "reportId": self._report,
            "disposition": "PRELIMINARY_VERIFICATION", "riskPointId": POINT,
        }  # fmt: skip
        report = (await self._people("ma-qing").do(documents.DISPOSE, input=entry))["report"]
        self._expect("s3.disposition", "disposition", "PRELIMINARY_VERIFICATION", report["disposition"])

    async def heightened(self) -> None:
        """The signal went out with the batch of the day; the whole point is watched, and two people know."""
        event = await last_event(self._world, "complaints.v1.RiskSignalRaised")
        fields = {"signalId", "bureauId", "pointId", "kind", "sealed"}
        self._expect(
            "s3.signal", "the signal carries no subject and no informant", fields, set(event["data"])
        )
        self._expect(
            "s3.signal-time",
            "its time is 00:00 of the day, not of the call",
            "2026-05-19T16:00:00",
            event["time"][:19],
        )
        people = ("huang-zhen", "ma-qing", "zhou-min", "chen-gang", "luo-fang")
        knows = {person: await self._heightened(person) for person in people}
        expected = {
            "huang-zhen": True,
            "ma-qing": True,
            "zhou-min": False,
            "chen-gang": False,
            "luo-fang": False,
        }
        self._expect("s3.heightened", "who sees the heightened monitoring", expected, knows)

    async def close(self) -> None:
        entry = {"clientMutationId": "close", "reportId": self._report, "outcome": "PARTLY_SUBSTANTIATED"}
        report = (await self._people("ma-qing").do(documents.CLOSE, input=entry))["report"]
        self._expect(
            "s3.result-due", "the result is due to the informant", "2026-07-31", report["resultDueOn"]
        )

    async def _file(self, key: str, **fields: Any) -> Mapping[str, Any]:
        payload = await self._people("operator-07").do(documents.FILE, input=intake(key, **fields))
        return payload["result"]

    async def _reports(self, person: str) -> Sequence[Mapping[str, Any]]:
        return (await self._people(person).ask(documents.REPORTS))["sealedReports"]

    async def _handed(self, person: str) -> Sequence[Mapping[str, Any]]:
        return (await self._people(person).ask(documents.HANDED))["handedReports"]

    async def _heightened(self, person: str) -> bool:
        point = (await self._people(person).ask(documents.POINT, id=POINT))["riskPoint"]
        return bool(point and point["heightenedSince"])


def intake(key: str, **fields: Any) -> Mapping[str, Any]:
    """The input of `fileIntake` for a report about staff."""
    return {"clientMutationId": f"s3-{key}", "bureauId": "D01", "regime": "STAFF_REPORT", **fields}
