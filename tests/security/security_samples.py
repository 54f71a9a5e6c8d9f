"""Who sees the objects that the stories made: one sample at least for every entity type of every subgraph.

A set names persons; the comment says what of the requirements puts them there. Nobody else of `security_cast.VIEWERS`
may learn more of an object than of one that does not exist.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from security_assessment import ASSESSORS
from security_cases import PANEL, RESPONDENTS
from security_cast import ORGS, PEOPLE, PROGRAMS, VIEWERS
from security_major_cases import COMMITTEE
from security_registry import PANEL as GRADERS


@dataclass(frozen=True)
class Sample:
    """An object of the story and everybody who sees it.

    `narrower` gives, by field, those of them to whom it shows something; a field that is not named there shows to all
    seers or, in the state of the story, to nobody. `arguments` are for fields that need some.
    """

    made: str
    absent: str
    seers: frozenset[str]
    narrower: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    arguments: Mapping[str, str] = field(default_factory=dict[str, str])


def names(*given: str) -> frozenset[str]:
    return frozenset(given)


HERE, ABOVE = frozenset(PEOPLE), frozenset(ORGS["C01"].persons)
# The directory is read by the own bureau and those in one line with it (I-003); its detail by the own bureau and R30.
IN_LINE = HERE | ABOVE | {"loader"}
DETAIL = HERE | {"C01.rollout", "loader"}

# Risk register read: B for R1, R4, R5, R8, R9; D and U for the chiefs and deputies of TO-5, whose post carries the
# point, and of POLICY, which owns the process; O for who holds the post.
REGISTER = names("huang-zhen", "ma-qing", "bai-xue", "luo-fang", "legal-clerk", "auditor")
READERS = REGISTER | {"pan-yu", "tang-li", "chen-gang", "zhou-min", "he-jun"}
GRADING = frozenset(GRADERS)
WATCHERS = REGISTER | {"pan-yu", "tang-li", "chen-gang", "zhou-min", "sun-hao"}
# Programme: R1, R2, R4 in full; R19, and R29, R30, head and discipline lead of the bureau above with small counts hidden.
OVERSEERS = names("huang-zhen", "zhou-min", "tang-li", "ma-qing")
ABOVE_D01 = names("gu-ping", "supervision-2", "C01.upper", "C01.rollout", "C01.city-head", "C01.city-lead")

# Matter handle and approve: who worked on it, the chiefs (R6, R7) and deputies (R2) of its units, R15 of its domain, R1.
MATTER = names(
    "wu-yan", "li-wei", "zhao-qiang", "lin-jie", "chen-gang", "sun-hao", "zhou-min", "tang-li", "qian-lu"
)
MATTER |= {"huang-zhen"}
# Alert read, G of MEDIUM (§5.2): subject, manager, deputy head, process owner, legal, discipline; R15 of the domain.
ALERT = names("lin-jie", "chen-gang", "zhou-min", "luo-fang", "ma-qing", "qian-lu")
# Inquiry: respondents, who proposed, R1 and R4 who open, R5 and R8 who prepare, the panel.
INQUIRY = frozenset(
    {*RESPONDENTS, "zhou-min", "huang-zhen", "ma-qing", "bai-xue", "luo-fang", "legal-clerk", *PANEL}
)
INCIDENT = INQUIRY | ALERT
# G of HIGH (§5.2): handler, deputy head, head and discipline lead, the chief as superior; R8 once a departure is asked.
HOLD = names("he-jun", "tang-li", "huang-zhen", "ma-qing", "pan-yu", "luo-fang", "legal-clerk")
# Rectify: the unit ordered; R1, R2 in charge, R4; legal and R9, who accept.
ABOVE_UNIT = names("huang-zhen", "tang-li", "ma-qing", "luo-fang", "legal-clerk", "auditor")

RUN = names(
    "luo-fang", "legal-clerk", "huang-zhen", "ma-qing", "bai-xue", "auditor", "gu-ping", "supervision-2"
)
RUN |= {"inspector", "inspector-2"}

# Supervised events: R17, here the members of the group; R1, R4, R5, R9 all of the bureau; R2 in charge of the unit.
SUPERVISION = names("bai-xue", "he-jun", "wu-yan", "gu-ping", "huang-zhen", "ma-qing", "auditor", "zhou-min")

ADJUDICATION = frozenset({*COMMITTEE.values(), "he-jun", "huang-zhen", "legal-clerk"})

# Sealed matrix, service complaint: R23 D, R4 B, R1 B, auditor B, R22 own calls, the subject after acceptance.
COMPLAINT = names("fan-ke", "ma-qing", "huang-zhen", "auditor", "operator-07", "wu-yan")

# Education view: R1, R4, R20, R21 the bureau; R2 D; R7 U; O.
LEARNING = names("huang-zhen", "ma-qing", "deng-yi", "xie-tao", "tang-li", "pan-yu", "he-jun")

TENURE = names("xie-tao", "huang-zhen", "ma-qing", "tang-li", "pan-yu", "he-jun")

# Score view: R1, R4, R19 B, R9 the ledger; then R6 U and R2 D of the unit, O of the person.
SCORES = names("huang-zhen", "ma-qing", "gu-ping", "supervision-2", "auditor")
YEAR = {"score": "(year: 2026)"}

SAMPLES: Mapping[tuple[str, str], tuple[Sample, ...]] = {
    ("directory", "Bureau"): (Sample("Bureau", "D09", IN_LINE),),
    ("directory", "Unit"): (Sample("Unit", "D01.NOTHING", IN_LINE),),
    ("directory", "Post"): (Sample("Post", "D01.POLICY.nothing", IN_LINE),),
    ("directory", "Person"): (
        Sample(
            "Person",
            "D01.nobody",
            IN_LINE,
            dict.fromkeys(("status", "enforcementQualified", "roles", "assignments"), DETAIL),
        ),
    ),
    ("risk_registry", "RiskPoint"): (
        # Heightened monitoring after a sealed signal: head and discipline lead (scenario 3).
        # R18 reads the dossier of the point that the panel is to grade.
        Sample(
            "RiskPoint",
            "D01.RP-NONE",
            READERS | {"panelist"},
            {"heightenedSince": names("huang-zhen", "ma-qing")},
        ),
    ),
    ("risk_registry", "GradingReview"): (
        # The ballot is blind: each sees the own vote; every member reads the point while it is to be graded.
        Sample(
            "GradingReview",
            "gr_none",
            GRADING | {"huang-zhen", "ma-qing"},
            {"votes": frozenset(GRADERS[:5]), "point": GRADING},
        ),
        Sample(
            "assessed review",
            "gr_none",
            frozenset(ASSESSORS) | {"huang-zhen", "ma-qing"},
            {"point": frozenset(ASSESSORS)},
        ),
    ),
    # The row of the ledger is for the same line as the alert; R9 reads it once the alert has its outcome.
    ("risk_registry", "Alert"): (Sample("Alert", "al_none", ALERT | {"auditor"}),),
    # Weaknesses: R1, R4, R5, R8, R9; the alert behind it goes by its own row.
    ("risk_registry", "RegulationGap"): (Sample("RegulationGap", "rg_none", REGISTER),),
    # Tenure & rotation: R21, R1 and R4 the bureau, R2 D, R7 U, O. Its owner says whether a person exists.
    ("risk_registry", "Person"): (Sample("Person", "D01.nobody", frozenset(VIEWERS), {"tenure": TENURE}),),
    # What is watched: those who oversee, R2, R6 and R7 among them; a draft: who keeps the rules.
    ("risk_registry", "Indicator"): (
        Sample("Indicator", "iv_none", WATCHERS),
        Sample("draft indicator", "iv_none", names("huang-zhen", "ma-qing", "luo-fang", "legal-clerk")),
    ),
    ("case_flow", "Matter"): (Sample("Matter", "mt_none", MATTER),),
    ("case_flow", "Alert"): (Sample("Alert", "al_none", ALERT, {"matter": ALERT & MATTER}),),
    ("case_flow", "Hold"): (
        Sample("Hold", "hd_none", HOLD, {"matter": names("he-jun", "pan-yu", "tang-li", "huang-zhen")}),
    ),
    ("case_flow", "Incident"): (Sample("Incident", "in_none", INCIDENT, {"matter": INCIDENT & MATTER}),),
    ("case_flow", "Inquiry"): (
        # Published to the unit (C-11): POLICY reads the decision, not what was said.
        Sample(
            "Inquiry",
            "iq_none",
            INQUIRY | {"approver"},
            dict.fromkeys(
                ("incident", "statements", "panel", "totals", "questions", "publicationReview"), INQUIRY
            ),
        ),
    ),
    # Released material is for everybody of the bureau (S1-078).
    ("case_flow", "WarningCase"): (Sample("WarningCase", "wc_none", HERE),),
    ("case_flow", "RectificationOrder"): (
        Sample(
            "RectificationOrder",
            "ro_none",
            ABOVE_UNIT | {"sun-hao", "li-wei", "zhao-qiang"},
            {"incident": (ABOVE_UNIT | {"sun-hao"}) - {"auditor"}},
        ),
        # A circular is a draft for R1 until it is issued.
        Sample("late order", "ro_none", ABOVE_UNIT | {"pan-yu", "he-jun"}, {"circular": names("huang-zhen")}),
    ),
    ("case_flow", "InspectionRun"): (
        # Sample & inspect: R8 leads, R1 and R4 order, R5, R9, R19 checks evidence, R16 who was drawn.
        Sample("InspectionRun", "ir_none", RUN),
    ),
    ("case_flow", "SupervisedEvent"): (Sample("SupervisedEvent", "se_none", SUPERVISION),),
    # R18, the dossier: who proposed it, the committee, its chair and its office.
    ("case_flow", "Adjudication"): (
        Sample(
            "Adjudication",
            "aj_none",
            ADJUDICATION,
            {"matter": names("he-jun", "huang-zhen", "qian-lu")},
        ),
    ),
    # To the bureau above: who prepared and sent it. About staff: discipline, and R28 once it was sent.
    ("case_flow", "Referral"): (
        Sample("Referral", "rf_none", names("pan-yu", "huang-zhen")),
        Sample("sealed referral", "rf_none", names("ma-qing", "bai-xue", "prosecutor")),
    ),
    # U and D: the unit that performs it, both chiefs, the leader in charge, the head; of a finding R9.
    ("case_flow", "WorkOrder"): (
        Sample("WorkOrder", "wo_none", names("chen-gang", "pan-yu", "he-jun", "tang-li", "huang-zhen")),
        Sample("finding", "wo_none", names("auditor", "pan-yu", "he-jun", "tang-li", "huang-zhen")),
    ),
    ("case_flow", "StaffCase"): (Sample("StaffCase", "sc_none", names("ma-qing", "bai-xue")),),
    # Leaders in full; R19 and the bureaus above without small counts: an hour's worth of figures is small all through.
    ("case_flow", "ProgrammeDashboard"): (
        Sample("ProgrammeDashboard", "D09:2026", OVERSEERS | ABOVE_D01, {"alertRates": OVERSEERS}),
    ),
    ("risk_registry", "ProgrammeDashboard"): (
        Sample("ProgrammeDashboard", "D09:2026", OVERSEERS | ABOVE_D01),
    ),
    ("education", "ProgrammeDashboard"): (Sample("ProgrammeDashboard", "D09:2026", OVERSEERS | ABOVE_D01),),
    ("complaints", "Complaint"): (Sample("Complaint", "cp_none", COMPLAINT, {"contact": names("fan-ke")}),),
    ("education", "EducationAssignment"): (
        Sample("EducationAssignment", "ea_none", LEARNING, {"attempts": names("he-jun")}),
    ),
    # Their owner says whether they exist; here every id has the same, empty answer.
    ("education", "Person"): (
        Sample("Person", "D01.nobody", frozenset(VIEWERS), {"educationAssignments": LEARNING}),
    ),
    ("education", "RiskPoint"): (
        Sample("RiskPoint", "D01.RP-NONE", frozenset(VIEWERS), {"lessons": LEARNING}),
    ),
    ("performance", "ScoreEntry"): (Sample("ScoreEntry", "se_none", SCORES | {"chen-gang", "zhou-min"}),),
    # No id of one bureau resolves in another (invariant 14).
    ("performance", "Unit"): (
        Sample(
            "Unit", "D01.NOTHING", HERE | set(PROGRAMS), {"score": SCORES | {"chen-gang", "zhou-min"}}, YEAR
        ),
    ),
    ("performance", "Person"): (
        Sample("Person", "D01.nobody", HERE | set(PROGRAMS), {"score": SCORES | {"lin-jie"}}, YEAR),
    ),
}
