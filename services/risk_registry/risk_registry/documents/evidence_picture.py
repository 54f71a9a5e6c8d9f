"""An estimate as a picture: the yearly rate before and after, where the next grade begins, and the shares as bars."""

from math import exp, lgamma, log

from plumbline_org.grades import RiskGrade

from risk_registry.domain.explanation import Explanation
from risk_registry.domain.grading import RANK, SCALE

WIDTH, HEIGHT, LEFT, TOP, BAR = 480, 150, 30, 30, 14
STEPS = 120


def evidence_svg(of: Explanation) -> str:
    """Grey is the prior, red the posterior, dashed the rate from which the method gives a higher grade."""
    shape, rate = of.prior.mean * of.prior.years, of.prior.years
    top = max(of.scheme.rules.bands[-1], 2 * of.found.shape / of.found.rate)
    rates = [top * (step + 0.5) / STEPS for step in range(STEPS)]
    before = [_density(shape, rate, each) for each in rates]
    after = [_density(of.found.shape, of.found.rate, each) for each in rates]
    peak = max(*before, *after)
    parts = [_text(LEFT, 16, f"每年次数 events a year, 0…{top:.1f}"), _curve(before, peak, "#7f8c8d")]
    parts.append(_curve(after, peak, "#c0392b"))
    parts += [_threshold(band / top, grade) for grade, band in _thresholds(of)]
    largest = max((each.share for each in of.shares), default=1.0)
    for place, share in enumerate(sorted((each.share for each in of.shares), reverse=True)):
        y = TOP + HEIGHT + 20 + BAR * place
        width = 360 * share / largest
        parts.append(f'<rect x="{LEFT}" y="{y}" width="{width:.1f}" height="{BAR - 3}" fill="#e59866"/>')
        parts.append(_text(LEFT + 366, y + 10, f"{share:.3f}"))
    size = f'width="{WIDTH + 2 * LEFT}" height="{TOP + HEIGHT + 30 + BAR * len(of.shares)}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="Noto Sans CJK SC" font-size="11">'
    return "".join([head, *parts, "</svg>"])


def _density(shape: float, rate: float, x: float) -> float:
    return exp(shape * log(rate) + (shape - 1) * log(x) - rate * x - lgamma(shape)) if shape > 0 else 0.0


def _curve(heights: list[float], peak: float, colour: str) -> str:
    points = " ".join(
        f"{LEFT + WIDTH * (step + 0.5) / STEPS:.1f},{TOP + HEIGHT * (1 - height / peak if peak else 1):.1f}"
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


def _threshold(place: float, grade: RiskGrade) -> str:
    x = LEFT + WIDTH * place
    line = f'<line x1="{x:.1f}" y1="{TOP}" x2="{x:.1f}" y2="{TOP + HEIGHT}" stroke="#333" stroke-dasharray="4 3"/>'
    return line + _text(x + 3, TOP + 10, grade)


def _text(x: float, y: float, said: str) -> str:
    return f'<text x="{x:.1f}" y="{y}">{said}</text>'
