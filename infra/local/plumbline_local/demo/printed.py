"""The report as a person reads it."""

import orjson
from rich.console import Console
from rich.markup import escape

from plumbline_local.demo.expectations import Expectation, Report

WIDEST = 110


def print_report(report: Report, console: Console) -> None:
    """One line an expectation; what differs shows both sides below it."""
    for line in report.expectations:
        for text in _lines(line):
            console.print(text, highlight=False, soft_wrap=True)
    held = sum(line.ok for line in report.expectations)
    colour = "green" if report.ok else "red"
    console.print(f"[bold {colour}]{held} of {len(report.expectations)} expectations held[/]")


def print_trees(trees: list[list[str]], console: Console) -> None:
    """Joined answers as the scenes drew them."""
    for lines in trees:
        for line in lines:
            console.print(f"  {escape(line)}", highlight=False, soft_wrap=True)


def _lines(line: Expectation) -> list[str]:
    title = f"[dim]{escape(line.id)}[/] {escape(line.what)}"
    if line.ok:
        return [f"  [green]✓[/] {title}: [cyan]{_short(line.expected)}[/]"]
    return [
        f"  [red]✗ {title}[/]",
        f"      expected {_short(line.expected, 600)}",
        f"      actual   {_short(line.actual, 600)}",
    ]


def _short(value: object, widest: int = WIDEST) -> str:
    text = value if isinstance(value, str) else orjson.dumps(value).decode()
    return escape(text if len(text) <= widest else f"{text[:widest]}…")
