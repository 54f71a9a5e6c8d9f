"""Rules as data: what ships is the default, and a bureau's own version of it counts from its day on, without a release.

A kind of rules is one YAML document with its type. A bureau's version is drafted by one person and approved by another,
is never changed, and stays: the rules of any past day can be asked for. Tables: `rule_version` of each service.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, Generic, TypeVar, cast

import msgspec

from plumbline_shared.database import Connection
from plumbline_shared.errors import Conflict, Invalid, Refused
from plumbline_shared.policy import absent
from plumbline_shared.use_case import Uow

Body = TypeVar("Body", bound=msgspec.Struct)


class RulesAuthorApproves(Refused):
    """Whoever drafted rules does not approve them."""

    code = "SOD_AUTHOR_APPROVES"


class RulesApproved(Conflict):
    """An approved version never changes."""

    code = "RULES_APPROVED"


class RuleVersion(msgspec.Struct, frozen=True):
    """A bureau's version: its text, who drafted and who approved it, and from when it counts."""

    bureau_id: str
    kind: str
    version: int
    digest: str
    source: str
    author: str
    drafted_at: datetime
    approved_by: str | None = None
    approved_at: datetime | None = None
    effective_from: date | None = None


@dataclass(frozen=True)
class RuleKind(Generic[Body]):
    """One document of rules: its code, its names, its type, and where in `package` the one that ships lies."""

    code: str
    label_zh: str
    label_en: str
    body: type[Body]
    package: str
    path: str

    def shipped_source(self) -> str:
        """The text that ships: a bureau's first draft begins with it."""
        return files(self.package).joinpath(*self.path.split("/")).read_text(encoding="utf-8")

    def shipped(self) -> Body:
        """The rules that ship. Raises msgspec.ValidationError for a faulty file."""
        return cast(Body, _shipped(self))

    def parse(self, source: str) -> Body:
        """A bureau's text as rules. Raises Invalid: no YAML, a field too many or too few, a wrong value, a lost entry."""
        try:
            found = msgspec.yaml.decode(source.encode(), type=self.body)
        except msgspec.MsgspecError as error:
            raise Invalid(f"{self.code}: {error}", path=("source",)) from None
        lost = list(_lost(msgspec.to_builtins(self.shipped()), msgspec.to_builtins(found), ""))
        if lost:
            raise Invalid(f"{self.code}: these entries are needed: {', '.join(lost[:9])}", path=("source",))
        return found

    async def on(self, conn: Connection, bureau_id: str, day: date) -> Body:
        """The rules of a bureau on a day: its own in force, or those that ship."""
        digest: str | None = await conn.fetchval(DIGEST, bureau_id, self.code, day)
        if digest is None:
            return self.shipped()
        if (self.code, digest) not in _known:
            source = await conn.fetchval(SOURCE, bureau_id, self.code, digest)
            _known[self.code, digest] = msgspec.yaml.decode(source, type=self.body)
        return cast(Body, _known[self.code, digest])

    async def of(self, uow: Uow) -> Body:
        """The rules of the acting bureau today."""
        return await self.on(uow.conn, uow.principal.bureau_id or "", uow.today)


AnyKind = RuleKind[Any]
_known: dict[tuple[str, str], msgspec.Struct] = {}

DIGEST = """
select digest from rule_version where bureau_id = $1 and kind = $2 and effective_from <= $3
order by effective_from desc, version desc limit 1
"""
SOURCE = "select source from rule_version where bureau_id = $1 and kind = $2 and digest = $3 limit 1"


@cache
def _shipped(kind: AnyKind) -> msgspec.Struct:
    return msgspec.yaml.decode(kind.shipped_source(), type=kind.body)


def _lost(shipped: Any, own: Any, at: str) -> Iterator[str]:
    """What the code looks up by name and a text does not have any more; it may have more."""
    if not isinstance(shipped, dict) or not isinstance(own, dict):
        return
    for name, value in cast(dict[str, Any], shipped).items():
        if name not in own:
            yield f"{at}{name}"
        else:
            yield from _lost(value, own[name], f"{at}{name}.")


class DraftRules(msgspec.Struct, frozen=True):
    """A kind of rules and the whole text (YAML)."""

    kind: str
    source: str


class ApproveRules(msgspec.Struct, frozen=True):
    """A draft, and from when it counts: today or later."""

    kind: str
    version: int
    effective_from: date


NEXT = "select coalesce(max(version), 0) + 1 from rule_version where bureau_id = $1 and kind = $2"
QUEUE = "select pg_advisory_xact_lock(hashtextextended($1, 0))"
DRAFT = """
insert into rule_version (bureau_id, kind, version, digest, source, author, drafted_at) values ($1, $2, $3, $4, $5, $6, $7)
"""


async def draft(uow: Uow, kinds: Mapping[str, AnyKind], command: DraftRules) -> int:
    """Keep a text as the bureau's next version of the kind; the caller checked who asks. Raises NotFound, Invalid."""
    bureau = uow.principal.bureau_id or ""
    _kind(kinds, command.kind).parse(command.source)
    digest = sha256(command.source.encode()).hexdigest()
    await uow.conn.execute(QUEUE, f"rules/{bureau}/{command.kind}")
    version = int(await uow.conn.fetchval(NEXT, bureau, command.kind))
    row = (bureau, command.kind, version, digest, command.source, uow.principal.actor, uow.now)
    await uow.conn.execute(DRAFT, *row)
    await uow.audit("rules.drafted", "Rules", f"{bureau}/{command.kind}/{version}", {"digest": digest})
    return version


LOCK = """
select to_jsonb(r) from rule_version r where bureau_id = $1 and kind = $2 and version = $3 for update
"""
APPROVE = """
update rule_version set approved_by = $4, approved_at = $5, effective_from = $6
where bureau_id = $1 and kind = $2 and version = $3
"""


async def approve(uow: Uow, kinds: Mapping[str, AnyKind], command: ApproveRules) -> int:
    """The version counts from its day on. Raises NotFound, Invalid, RulesApproved, RulesAuthorApproves."""
    bureau = uow.principal.bureau_id or ""
    key = (bureau, _kind(kinds, command.kind).code, command.version)
    found: str | None = await uow.conn.fetchval(LOCK, *key)
    if found is None:
        raise absent("version")
    row = msgspec.json.decode(found, type=RuleVersion)
    if row.approved_by is not None:
        raise RulesApproved("this version is approved: draft another one")
    if row.author == uow.principal.actor:
        raise RulesAuthorApproves("somebody else than the author approves")
    if command.effective_from < uow.today:
        raise Invalid("it counts from today on, or from a later day", path=("effectiveFrom",))
    await uow.conn.execute(APPROVE, *key, uow.principal.actor, uow.now, command.effective_from)
    detail = {"digest": row.digest, "effective_from": command.effective_from.isoformat()}
    await uow.audit("rules.approved", "Rules", "/".join(map(str, key)), detail)
    return row.version


VERSIONS = "select to_jsonb(r) from rule_version r where bureau_id = $1 and kind = $2 order by version desc"


async def versions(conn: Connection, bureau_id: str, kind: str) -> list[RuleVersion]:
    """A bureau's versions of a kind, drafts included, the newest first."""
    rows = await conn.fetch(VERSIONS, bureau_id, kind)
    return [msgspec.json.decode(row[0], type=RuleVersion) for row in rows]


def in_force(versions: list[RuleVersion], day: date) -> RuleVersion | None:
    """Of the versions begun by a day the one that began last; None: what ships counts."""
    begun = [one for one in versions if one.effective_from is not None and one.effective_from <= day]
    return max(begun, key=lambda one: (one.effective_from or date.min, one.version), default=None)


def _kind(kinds: Mapping[str, AnyKind], code: str) -> AnyKind:
    if code not in kinds:
        raise Invalid(f"a kind of rules is one of {', '.join(sorted(kinds))}", path=("kind",))
    return kinds[code]
