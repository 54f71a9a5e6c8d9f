"""What taxpayers ask most, answered in public: procedure, method, responsibility (S1-044)."""

from datetime import date

from plumbline_shared.errors import Invalid

from case_flow.domain.definition import Citation, Frozen, Text

MOST_QUESTION, MOST_ANSWER, MOST_RANK = 200, 2000, 1000


class HotIssueContent(Frozen, frozen=True):
    """A question with its answer; `items` are those whose guides tell more, `rank` orders the list from 1 on."""

    question: Text
    answer: Text
    citation: Citation
    items: tuple[str, ...] = ()
    rank: int = MOST_RANK


class HotIssue(Frozen, frozen=True):
    """One version of an issue, in force from a day on; a withdrawn one is shown no longer."""

    code: str
    version: int
    content: HotIssueContent
    from_on: date
    withdrawn: bool = False


def check_issue(code: str, content: HotIssueContent) -> None:
    """Raise Invalid for what nobody can read or find."""
    if not 1 <= len(code) <= 60:
        raise Invalid("a code has 1 to 60 characters", path=("input", "code"))
    for name, text, most in (
        ("question", content.question, MOST_QUESTION),
        ("answer", content.answer, MOST_ANSWER),
    ):
        if not all(0 < len(one.strip()) <= most for one in (text.zh, text.en)):
            raise Invalid(f"{name}: 1 to {most} characters in Chinese and in English", path=("input", name))
    if not content.citation.source.strip():
        raise Invalid("an answer names its basis", path=("input", "citation"))
    if not 1 <= content.rank <= MOST_RANK:
        raise Invalid(f"a rank is 1 to {MOST_RANK}", path=("input", "rank"))
