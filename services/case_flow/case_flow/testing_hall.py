"""The service hall to test with: a guide, two window clerks, the hall's chief, a duty roster (scenario 10)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from plumbline_org.model import Org
from plumbline_org.parts import Duty, Post, PostKind
from plumbline_org.testing import ALWAYS, linjiang, person, seed_replica
from plumbline_shared.database import Database
from plumbline_shared.principal import Principal, system

from case_flow.testing import FOLDER, WorkedBureau
from case_flow.use_cases.publish_form import PublishForm, publish_form

QUEUE = Principal(kind="client", bureau_id="D01", scopes=frozenset({"hall:queue"}))
"""The queue machine."""

_HALL = {
    "gao-yun": ("高云", "HALL.guide", ("GUIDE",)),
    "he-xin": ("何欣", "HALL.chief", ()),
    "xu-lan": ("徐兰", "HALL.window-24", ("WINDOW_CLERK",)),
    "double": ("双岗", "HALL.both", ("GUIDE", "WINDOW_CLERK")),
}
COMPLETE = {
    "fields": {
        "taxpayer": "Linjiang Foundry",
        "registration_no": "91330000MA000000X0",
        "invoice_kind": "ORDINARY",
        "monthly_copies": 60,
        "monthly_turnover": 48_000_000,
    },
    "documents": ["LICENCE_COPY", "INVOICE_BOOK", "BANK_STATEMENT"],
}


def hall_org() -> Org:
    """Linjiang with people in its hall; on duty in October 2026: Zhou Min, then Tang Li, then Huang Zhen."""
    org = linjiang()
    posts = {
        f"D01.{post}": Post(
            f"D01.{post}",
            "D01",
            "D01.HALL",
            post,
            PostKind.CHIEF if post == "HALL.chief" else PostKind.OFFICER,
            span=ALWAYS,
        )
        for _name, post, _roles in _HALL.values()
    }
    people = {f"D01.{code}": person("D01", code, *who) for code, who in _HALL.items()}
    return replace(
        org, posts={**org.posts, **posts}, persons={**org.persons, **people}, duties=tuple(_duties())
    )


def _duties() -> list[Duty]:
    days = [date(2026, 10, 1) + timedelta(days=day) for day in range(31)]
    order = ("zhou-min", "tang-li", "huang-zhen")
    return [Duty(day, rank, f"D01.{name}") for day in days for rank, name in enumerate(order, 1)]


async def seed_hall(db: Database) -> None:
    """Put the hall's people into the directory's replica."""
    async with db.transaction(system("D01")) as conn:
        await seed_replica(conn, hall_org())


async def publish_forms(bureau: WorkedBureau, *names: str) -> None:
    """Publish the forms that ship with the service, by file name."""
    for name in names:
        source = (Path(FOLDER) / "forms" / f"{name}.yaml").read_text(encoding="utf-8")
        await bureau.run(system("D01"), publish_form, PublishForm(source))


def presented(**changes: object) -> Mapping[str, object]:
    """A complete payload with changes."""
    return {**COMPLETE, **changes}
