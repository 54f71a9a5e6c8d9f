"""The time limits of requirements §6.4 as data."""

from plumbline_shared.deadline import DayUnit, DeadlineRule

VERSION = "2026-05"
_SERVICE = "纳税服务投诉管理办法 (公告2019年第27号)"
_DISCIPLINE = "纪检监察机关处理检举控告工作规则 (2020)"


def _working(rule_id: str, length: int, citation: str) -> DeadlineRule:
    return DeadlineRule(rule_id, VERSION, DayUnit.WORKING_DAY, length, citation)


ACCEPT = _working("complaint.accept", 1, f"{_SERVICE}, acceptance; silence counts as accepted")
DECIDE = {
    "BEHAVIOUR": _working("complaint.decide.behaviour", 5, f"{_SERVICE}, words and behaviour"),
    "QUALITY": _working("complaint.decide.quality", 10, f"{_SERVICE}, quality of service"),
    "RIGHTS": _working("complaint.decide.rights", 10, f"{_SERVICE}, infringed rights"),
}
NOTICE = _working("report.notice", 15, f"{_DISCIPLINE}, named report: inform of acceptance")
RESULT = _working("report.result", 15, f"{_DISCIPLINE}, named report: result after closing")
REPORT_UP = _working("report.up", 5, f"{_DISCIPLINE} Art 15, person managed one level up")
