"""Why a point is graded so and where evidence points: prior, shares, posterior, and the same in words (C-04)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from plumbline_org.grades import RiskGrade

from risk_registry.domain.evidence import Posterior, Prior, Weighed, at_least, posterior, proposal
from risk_registry.domain.evidence_facts import EvidenceKind, EvidenceScheme
from risk_registry.domain.grading import RANK, Scheme
from risk_registry.domain.siblings import Siblings, with_siblings
from risk_registry.domain.standing import Standing

WORD = {RiskGrade.LOW: "低", RiskGrade.MEDIUM: "中", RiskGrade.HIGH: "高"}


@dataclass(frozen=True)
class Piece:
    """One fact as it enters the estimate."""

    kind: EvidenceKind
    source_id: str
    occurred_on: date


@dataclass(frozen=True)
class Share:
    """What one fact added, in events; the piece is for the cleared alone."""

    share: float
    verified: bool
    piece: Piece


@dataclass(frozen=True)
class Chance:
    """P(the method's grade is `grade` or higher), before and after the evidence."""

    grade: RiskGrade
    prior: float
    posterior: float


@dataclass(frozen=True)
class Explanation:
    """Everything behind a grade on a day."""

    grade: RiskGrade
    decided: Standing
    likelihood: int
    severity: int
    panel: Prior
    siblings: Siblings | None
    prior: Prior
    found: Posterior
    shares: tuple[Share, ...]
    chances: tuple[Chance, ...]
    proposed: RiskGrade | None
    method: Scheme
    scheme: EvidenceScheme


def explain(
    decided: Standing,
    grade: RiskGrade,
    voted: tuple[int, int],
    panel: Prior,
    siblings: Siblings | None,
    pieces: Sequence[Piece],
    on: date,
    method: Scheme,
    scheme: EvidenceScheme,
) -> Explanation:
    """The estimate on a day from the evidence that came after the deciding standing.

    Siblings move the prior; without evidence of its own a point is never proposed for a higher grade.
    """
    prior = with_siblings(panel, siblings)
    weights = [scheme.weights[each.kind] for each in pieces]
    events = [
        Weighed(weight.weight, float((on - each.occurred_on).days), weight.verified)
        for each, weight in zip(pieces, weights, strict=True)
    ]
    exposure = float(max(0, (on - decided.valid_from).days))
    found = posterior(prior, events, exposure, scheme.rules)
    bare = Posterior(prior.mean * prior.years, prior.years, ())
    severity = voted[1]
    chances = tuple(
        Chance(
            each,
            at_least(bare, each, severity, method, scheme.rules),
            at_least(found, each, severity, method, scheme.rules),
        )
        for each in sorted(RANK, key=RANK.__getitem__)
    )
    shares = [
        Share(share, weight.verified, piece)
        for share, weight, piece in zip(found.shares, weights, pieces, strict=True)
    ]
    proposed = proposal(found, grade, severity, method, scheme.rules) if pieces else None
    return Explanation(
        grade, decided, voted[0], severity, panel, siblings, prior, found, tuple(shares), chances, proposed, method, scheme
    )  # fmt: skip


def words(of: Explanation) -> tuple[str, str]:
    """The explanation in Chinese and in English, from nothing but its own numbers."""
    rate = of.found.shape / of.found.rate
    rules = of.scheme.rules
    chances = [each for each in of.chances if RANK[each.grade] > RANK[of.grade]]
    chinese = [
        f"自{of.decided.valid_from}起为{WORD[of.grade]}等级，" + _by(of, "由集体评查确定", "由登记册载入"),
        f"（方法{of.method.version}，可能性{of.likelihood}，严重性{of.severity}）。",
        f"预计每年发生由{of.prior.mean:.2f}次变为{rate:.2f}次，依据{len(of.shares)}项证据（{of.scheme.version}）。",
        _siblings(
            of.siblings,
            "评查组估计每年{panel:.2f}次；{count}个以上单位的同一风险点合计每年{mean:.2f}次。",
            of.panel,
        ),
        *(f"达到{WORD[each.grade]}等级的概率为{each.posterior:.0%}。" for each in chances),
        f"概率达到{rules.propose_at:.0%}时只向评查提出建议，等级须经集体评查方可变动。",
    ]
    english = [
        f"{of.grade} since {of.decided.valid_from}, "
        + _by(of, "by collective review", "as the register came in"),
        f" (method {of.method.version}, likelihood {of.likelihood}, severity {of.severity}). ",
        f"The expected rate went from {of.prior.mean:.2f} to {rate:.2f} a year on {len(of.shares)} pieces of evidence "
        f"({of.scheme.version}). ",
        _siblings(
            of.siblings,
            "The panel's estimate is {panel:.2f} a year; the same point in {count} bureaus or more has {mean:.2f}. ",
            of.panel,
        ),
        *(f"The chance of {each.grade} or more is {each.posterior:.0%}. " for each in chances),
        f"From {rules.propose_at:.0%} on a higher grade is proposed to a panel; only a collective review moves a grade.",
    ]
    return "".join(chinese), "".join(english)


def _siblings(of: Siblings | None, said: str, panel: Prior) -> str:
    return said.format(panel=panel.mean, count=of.count, mean=of.mean) if of else ""


def _by(of: Explanation, review: str, register: str) -> str:
    return review if of.decided.scheme else register
