"""An estimate as a picture: the yearly rate before and after, where the next grade begins, and the shares as bars."""

from collections.abc import Iterator, Sequence
from math import exp, lgamma, log

from plumbline_org.grades import RiskGrade

from risk_registry.documents.svg import box, line, picture, text, wide
from risk_registry.documents.words import GRADE_WORDS
from risk_registry.domain.explanation import Explanation
from risk_registry.domain.grading import RANK, SCALE

WIDTH, HEIGHT, LEFT, TOP, ROW = 520, 150, 30, 62, 16
STEPS, TICKS, LONGEST, MOST_BARS = 160, 5, 360, 20
GREY, RED, BAR = "#7f8c8d", "#c0392b", "#e59866"
TITLE = "每年次数的估计 Estimated events a year"
LEGEND = ((GREY, "证据之前 before evidence"), (RED, "证据之后 after evidence"))


def evidence_svg(of: Explanation) -> str:
    """Grey is before, red after; a dashed line is the rate from which the method gives the higher grade it names."""
    shape, rate = of.prior.mean * of.prior.years, of.prior.years
    top = max(of.scheme.rules.bands[-1] * 1.1, 2 * of.found.shape / of.found.rate)
    rates = [top * (step + 0.5) / STEPS for step in range(STEPS)]
    before = [_density(shape, rate, each) for each in rates]
    after = [_density(of.found.shape, of.found.rate, each) for each in rates]
    peak = max(after)
    shares = sorted((each.share for each in of.shares), reverse=True)
    parts = [text(LEFT, 20, TITLE, bold=True), *_legend(), *_axis(top)]
    parts += [
        _curve(before, peak, GREY),
        _curve(after, peak, RED),
        *_marks(_thresholds(of), top),
        *_bars(shares),
    ]
    rows = min(len(shares), MOST_BARS) + (len(shares) > MOST_BARS) + (1 if shares else 0)
    return picture(WIDTH + 2 * LEFT, TOP + HEIGHT + 36 + ROW * rows, TITLE, parts)


def _density(shape: float, rate: float, x: float) -> float:
    return exp(shape * log(rate) + (shape - 1) * log(x) - rate * x - lgamma(shape)) if shape > 0 else 0.0


def _legend() -> Iterator[str]:
    for place, (colour, word) in enumerate(LEGEND):
        yield box(LEFT + 190 * place, 33, 16, 4, colour)
        yield text(LEFT + 190 * place + 22, 40, word)


def _axis(top: float) -> Iterator[str]:
    base = TOP + HEIGHT
    yield line(LEFT, base, LEFT + WIDTH, base, "#333")
    for tick in range(TICKS + 1):
        x = LEFT + WIDTH * tick / TICKS
        yield line(x, base, x, base + 4, "#333")
        yield text(x, base + 16, f"{top * tick / TICKS:.1f}", "middle")


def _curve(heights: Sequence[float], peak: float, colour: str) -> str:
    """Cut off at `peak`: a prior of less than one event has no highest point."""
    points = " ".join(
        f"{LEFT + WIDTH * (step + 0.5) / STEPS:.1f},{TOP + HEIGHT * (1 - min(1.0, height / peak) if peak else 1):.1f}"
        for step, height in enumerate(heights)
    )
    return f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>'


def _thresholds(of: Explanation) -> list[tuple[RiskGrade, float]]:
    """Each higher grade with the rate at which the method reaches it, where evidence can bring it there."""
    found: list[tuple[RiskGrade, float]] = []
    for grade in sorted(RANK, key=RANK.__getitem__)[RANK[of.grade] :]:
        reached = [each for each in SCALE if RANK[of.method.grade(each, of.severity)] >= RANK[grade]]
        if reached and reached[0] > SCALE.start:
            found.append((grade, of.scheme.rules.bands[reached[0] - 2]))
    return found


def _marks(thresholds: Sequence[tuple[RiskGrade, float]], top: float) -> Iterator[str]:
    """Each label on a row of its own, on the side where there is room."""
    for row, (grade, band) in enumerate(thresholds):
        x, y = LEFT + WIDTH * band / top, TOP + 10 + 14 * row
        word = f"{GRADE_WORDS[grade]} ≥ {band:g}"
        yield line(x, TOP, x, TOP + HEIGHT, "#333", "4 3")
        room = x + 4 + wide(word) <= LEFT + WIDTH
        yield text(x + 4, y, word) if room else text(x - 4, y, word, "end")


def _bars(shares: Sequence[float]) -> Iterator[str]:
    top = TOP + HEIGHT + 34
    if shares:
        yield text(LEFT, top + 4, "各条证据的份额 Share of each piece of evidence, in events", bold=True)
    for place, share in enumerate(shares[:MOST_BARS], start=1):
        y = top + ROW * place - 4
        yield box(LEFT, y, LONGEST * share / (shares[0] or 1), ROW - 4, BAR)
        yield text(LEFT + LONGEST + 8, y + 10, f"{share:.3f}")
    if rest := shares[MOST_BARS:]:
        y = top + ROW * (MOST_BARS + 1) + 6
        yield text(LEFT, y, f"其余 {len(rest)} 条，共 {sum(rest):.3f} · {len(rest)} more")
