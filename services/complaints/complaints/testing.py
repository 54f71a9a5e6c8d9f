"""Intakes to test with: the tip-off of scenario 3 and a complaint about the hall. All names are fictional."""

from collections.abc import Awaitable, Callable
from typing import Any

from plumbline_shared.principal import Principal

from complaints.domain.intake import Intake, Person, ServiceComplaint, StaffReport
from complaints.use_cases.file_intake import IntakeAnswer

PASSPHRASE = "correct horse battery staple"  # noqa: S105  of the fictional officers
HOTLINE = Principal("client", bureau_id="D01", scopes=frozenset({"complaints:intake"}))
KEY_HOLDERS = ("ma-qing", "huang-zhen", "bai-xue")

Officer = Callable[[str], Principal]
File = Callable[..., Awaitable[IntakeAnswer]]
Settle = Callable[[], Awaitable[int]]


def complaint(**changes: Any) -> Intake:
    """A complaint about the service at HALL."""
    fields: dict[str, Any] = {
        "bureau_id": "D01",
        "kind": "BEHAVIOUR",
        "unit_id": "D01.HALL",
        "text": "窗口人员态度差",
        "person_id": "D01.wu-yan",
        "contact": Person("张三", "13800000000"),
    }
    return ServiceComplaint(**fields | changes)


def tip_off(**changes: Any) -> Intake:
    """The tip-off of scenario 3: a named accountant about the chief of POLICY."""
    fields: dict[str, Any] = {
        "bureau_id": "D01",
        "text": "他收了红包",
        "subject_id": "D01.chen-gang",
        "risk_point_id": "D01.RP-RELIEF-APPR-03",
        "informant": Person("李会计", "13911112222"),
    }
    return StaffReport(**fields | changes)
